"""The page on which a period is put away and an archive is looked at."""
