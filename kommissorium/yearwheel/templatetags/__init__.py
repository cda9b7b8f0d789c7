"""Template filters of the year wheel."""
