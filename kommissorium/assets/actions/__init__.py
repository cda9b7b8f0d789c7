"""All writes of the registers."""
