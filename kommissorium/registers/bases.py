"""What a committee approved in one register that another one stands on, as a policy does on risks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from kommissorium.core.evidence.models import Record


@dataclass(frozen=True, slots=True)
class Basis:
    """Frozen records that others name, the newest first, and what they say.

    `changes` tells in sentences what is different from the first record to the second.
    """

    records: Callable[[], QuerySet[Record]]
    title: Callable[[Record], str]
    begins: Callable[[Record], date]
    changes: Callable[[Record, Record], list[str]]
