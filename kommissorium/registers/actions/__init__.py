"""Writes that registers have in common."""
