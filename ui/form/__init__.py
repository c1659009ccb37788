"""The form of a ledger, derived from its declaration: sections, fields, findings, saving."""
