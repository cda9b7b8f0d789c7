"""What a sheet of risks says, held against the scale and the registers. Writes nothing."""
