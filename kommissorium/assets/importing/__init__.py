"""What a sheet that was handed in says, held against what the registers hold. Writes nothing."""
