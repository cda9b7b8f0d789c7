"""What registers keep in common."""
