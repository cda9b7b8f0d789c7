"""Template filters of incidents."""
