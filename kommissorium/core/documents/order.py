"""The folder that a program in a process of its own works in: what to do, and what it leaves."""

from __future__ import annotations

from typing import Final

ORDER: Final = "order.json"
RESULT: Final = "result.pdf"
