"""The pages that all registers have in common."""
