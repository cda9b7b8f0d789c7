"""Helpers that actions of all rooms share."""
