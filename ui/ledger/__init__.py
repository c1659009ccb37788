"""The ledger on the screen: rows fetched on paint, columns that leave by priority, search, filters, history."""
