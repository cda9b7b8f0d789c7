"""The reading room: the policies in force, for every employee."""
