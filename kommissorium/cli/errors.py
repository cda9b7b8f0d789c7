"""The exception that ends the command with a message."""

from __future__ import annotations


class Trouble(Exception):
    """One sentence that says why the command stops, with exit code 2."""
