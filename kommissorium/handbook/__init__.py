"""The reading room: what is in force of the policies, for every employee."""
