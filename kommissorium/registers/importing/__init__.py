"""Comparison of an uploaded sheet with the contents of a register. Writes nothing."""
