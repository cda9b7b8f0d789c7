"""The command `kommissorium`."""

from __future__ import annotations

from kommissorium.cli.main import main

__all__ = ["main"]
