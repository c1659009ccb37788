"""Where records are kept: connection, keys, migrations, store, change log and search; imports ipdesk only."""
