"""Kommissorium runs an information security committee from its terms of reference."""

from __future__ import annotations

__version__ = "0.1.0"
