"""Leaving and coming back: everything as one archive, and an archive as a database of either engine."""
