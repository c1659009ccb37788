"""Reports: looked at as pages, printed, saved."""
