"""An imported sheet compared with what the registers hold. Writes nothing."""
