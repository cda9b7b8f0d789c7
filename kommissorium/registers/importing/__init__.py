"""What a sheet that was handed in says, held against what a register holds. Writes nothing."""
