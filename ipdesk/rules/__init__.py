"""The rules of validation_rules.csv, grouped by what they look at; ``ipdesk.checks`` runs them."""
