"""Comparison of a sheet of risks with the scale and the registers. Writes nothing."""
