"""Forms about incidents."""
