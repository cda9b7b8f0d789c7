"""Clauses and mandates as the rules read them, and a clause known again in another version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Protocol, TypeVar

MEMBER, AGENDA, OTHER = "member", "agenda", "other"  # kinds of clauses
CHAIR, DEPUTY, SECRETARY, ADVISER, PLAIN_MEMBER = (
    *("chair", "deputy_chair", "secretary"),
    *("adviser", "member"),
)
CHAIRING = (CHAIR, DEPUTY)
Saying = tuple[str, ...]


class Clause(Protocol):
    """A clause of a mandate: its words, and the numbers it asks for."""

    @property
    def pk(self) -> int: ...
    @property
    def mandate_id(self) -> int: ...
    @property
    def position(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def function(self) -> str: ...
    @property
    def measure(self) -> str: ...
    @property
    def cadence_months(self) -> int | None: ...
    @property
    def min_per_year(self) -> int | None: ...
    @property
    def max_per_year(self) -> int | None: ...
    @property
    def horizon_months(self) -> int | None: ...


C = TypeVar("C", bound=Clause)


@dataclass(frozen=True)
class Mandate:
    """An approved version of a mandate: the day of its approval, and the day it took effect."""

    key: int
    version: int
    approved_on: date
    effective_from: date | None


def saying(clause: Clause) -> Saying:
    """Return the text of the clause, in a form that can be compared.

    What is measured the same says the same. A member's row says its role and function; text
    without a measure says its words.
    """
    if clause.kind == MEMBER:
        return _of_member(clause.role, clause.function, clause.number)
    if clause.measure:
        return (clause.kind, clause.measure)
    return _of_text(clause.kind, clause.text)


@lru_cache(maxsize=1_000)
def _of_member(role: str, function: str, number: str) -> Saying:
    is_told_by_role = role in (*CHAIRING, SECRETARY)
    said = "" if is_told_by_role else function.casefold()
    return (MEMBER, role, said or ("" if is_told_by_role else number))


@lru_cache(maxsize=1_000)
def _of_text(kind: str, text: str) -> Saying:
    return (kind, " ".join(text.casefold().split()))


def same_clause(clause: Clause, clauses: Sequence[C]) -> C | None:
    """Return the clause of another version with the same text; of several, the one so numbered."""
    said = saying(clause)
    alike = [one for one in clauses if saying(one) == said]
    exact = [one for one in alike if one.number == clause.number]
    return next(iter(exact or alike), None)


def is_promise(clause: Clause) -> bool:
    """Return whether the clause promises something; other text of a mandate does not."""
    return clause.kind != OTHER or bool(clause.measure)
