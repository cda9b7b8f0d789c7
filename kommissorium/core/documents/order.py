"""The work folder of a program in a process of its own: its order, and its results."""

from __future__ import annotations

from typing import Final

ORDER: Final = "order.json"
RESULT: Final = "result.pdf"
