"""Writes of this room: answers are frozen, and never changed."""
