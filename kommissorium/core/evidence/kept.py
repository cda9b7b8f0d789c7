"""Answers that are kept in the memory of the process until something is done.

Whatever is done leaves an event, so an answer holds as long as the chain has the same end, on the
same day and in the same language; for what the clock alone changes it is asked anew after five
minutes. Nothing needs to be marked, so nothing can be forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import get_language

from kommissorium.core.evidence.models import Event

LASTS: Final = timedelta(minutes=5)

type End = tuple[int, str]  # of the chain: number and hash of its last event


def end_of_chain() -> End:
    """Return the end of the chain (one query). Ask before what is to be kept: what is done
    meanwhile is a later event."""
    return Event.objects.order_by("-seq").values_list("seq", "hash").first() or (0, "")


@dataclass(frozen=True, slots=True)
class Kept[V]:
    """An answer, when it was given, in which language, and the end of the chain before."""

    value: V
    at: datetime
    language: str | None
    end: End

    @property
    def is_young(self) -> bool:
        """Return whether the clock and the language leave it as it is."""
        now = timezone.now()
        is_of_today = timezone.localdate(self.at) == timezone.localdate(now)
        return is_of_today and now - self.at < LASTS and self.language == get_language()


class KeptAnswers[K, V]:
    """Answers of one kind by their keys; all are forgotten when there are more than `most`."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._kept: dict[K, Kept[V]] = {}
        _ALL.append(self)

    def answer(self, key: K, ask: Callable[[], V]) -> V:
        """Return what is kept by the key, or what `ask` says now: nobody may change it."""
        end, kept = end_of_chain(), self.young(key)
        if kept is None or kept.end != end:
            kept = Kept(ask(), timezone.now(), get_language(), end)
            if len(self._kept) >= self.most:
                self._kept.clear()
            self._kept[key] = kept
        return kept.value

    def young(self, key: K) -> Kept[V] | None:
        """Return what is kept by the key, if clock and language leave it as it is. Asks nothing."""
        kept = self._kept.get(key)
        return kept if kept and kept.is_young else None

    def forget(self) -> None:
        """Ask anew: for tests that write rows without an event."""
        self._kept.clear()


_ALL: Final[list[KeptAnswers[Any, Any]]] = []


def forget_kept() -> None:
    """Ask everything anew: for tests that write rows without an event."""
    for answers in _ALL:
        answers.forget()
