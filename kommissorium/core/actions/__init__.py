"""Helpers shared by the actions of all rooms."""
