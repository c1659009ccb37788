"""The page of periods: what is to be reported when, filled in, submitted, accepted."""
