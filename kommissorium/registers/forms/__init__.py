"""The forms that all registers have in common."""
