"""What the command cannot do."""

from __future__ import annotations


class Trouble(Exception):
    """One sentence that says why the command stops, with exit code 2."""
