"""The attachments of a record: listed in its form, added, looked at, saved, deleted."""
