"""Collects seats and clauses, numbered, with their measures and cadences."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from kommissorium.committees.reader import kinds, measure_words
from kommissorium.committees.reader.cadence import (
    NEVER,
    Cadence,
    find_cadence,
    find_horizon,
)
from kommissorium.committees.reader.members import SeatAsRead, is_empty_lead
from kommissorium.committees.reader.model import LETTERS, MemberRow, ReadClause
from kommissorium.measures.codes import Measure

UNPLACED: Final = frozenset({"", "unknown", "other"})
_MOST_LEADING: Final = 8
_ARTICLE: Final = re.compile(r"(?<=[lnrt])(?:en|n)$|(?<=[fd])en$")
_ENDING: Final = re.compile(r"\s*[,;]\s*(?:and|og|och|samt|or|eller)?$")


def _without_article(function: str) -> str:
    """Return a function in small letters, its title without the article that ends it."""
    title, joint, rest = function.casefold().partition(" ")
    return f"{_ARTICLE.sub('', title)}{joint}{rest}"


class Gathered:
    """The seats, clauses and headings found so far."""

    def __init__(self, *, nordic: bool) -> None:
        self.nordic = nordic
        self.headings: list[str] = []
        self.seats: list[MemberRow] = []
        self.clauses: list[ReadClause] = []
        self._counts: dict[str, int] = {}
        self.functions: set[str | None] = set()
        self._places: dict[str, int] = {}
        self._leading: list[str] = []

    def says_when(self, sentence: str) -> bool:
        """Return whether a sentence names a cadence, or how far ahead."""
        return (
            find_cadence(sentence, nordic=self.nordic) != NEVER
            or find_horizon(sentence, nordic=self.nordic) is not None
        )

    def cadence(self, sentence: str) -> Cadence:
        return find_cadence(sentence, nordic=self.nordic)

    def add_seats(self, seats: list[SeatAsRead]) -> None:
        for found in seats:
            self.functions.add(found.function)
            leads = found.role in {"chair", "secretary"} and len(self._leading) < _MOST_LEADING
            if leads and found.function:
                self._leading.append(found.function.casefold())
            place = self._seated(found)
            if place is not None:
                role = found.role if found.role != "member" else self.seats[place].role
                self.seats[place] = replace(self.seats[place], role=role)
                self._add("other", found.text)
                continue
            number = self._add("member", found.text, Measure.SEAT_FILLED)
            self.seats.append(MemberRow(number, found.role, found.function, found.text))

    def _seated(self, found: SeatAsRead) -> int | None:
        """Return the seat of somebody named again: as a member, or with a role of their own."""
        if found.function is None or found.role == "adviser":
            return None
        place = self._places.setdefault(_without_article(found.function), len(self.seats))
        role = self.seats[place].role if place < len(self.seats) else found.role
        return place if role != found.role and "member" in {role, found.role} else None

    def _acts_for_it(self, text: str) -> str:
        """Return the function at the start of a text whose holder leads the committee, or writes."""
        opening = text[:120].casefold()
        named = next((name for name in self._leading if opening.startswith(name)), "")
        return text[: len(named)]

    def add_lead(self, lead: str, *, members: bool = False) -> None:
        """Keep a lead-in: as a heading when it says nothing but that a list follows."""
        if is_empty_lead(lead) if members else kinds.is_bare_lead(lead):
            self.headings.append(lead)
        else:
            self._add("other", lead)

    def add_other(self, text: str) -> None:
        """Keep text that fits nowhere else, with the cadence it names."""
        self._add("other", text, None, self.cadence(text))

    def add_by_kind(self, text: str, kind: str, *, item: bool, inherited: Cadence = NEVER) -> None:
        """Keep a clause; `kind` may be unknown, `inherited` is the cadence of the lead-in."""
        if kind == "meeting":
            return self.add_meeting(text, headed=True)
        if kind in UNPLACED:
            kind = kinds.duty_kind(text, item=item, acting=self._acts_for_it(text))
        measure = None
        if kind == "agenda":
            measure = measure_words.agenda_measure(text)
        elif kind in {"responsibility", "task"}:
            measure = measure_words.duty_measure(text)
        cadence = self.cadence(text)
        self._add(kind, text, measure, inherited if cadence == NEVER else cadence)
        return None

    def add_meeting(self, text: str, *, headed: bool) -> None:
        """Keep a meeting rule; `headed` when it stands under a heading about meetings."""
        horizon = find_horizon(text, nordic=self.nordic)
        cadence = self.cadence(text)
        part = kinds.meeting_part(text)
        if self.cadence(part) != cadence:
            part = text
        measure = measure_words.meeting_measure(
            text if horizon else part,
            recurs=cadence != NEVER and kinds.tells_how_often_it_meets(text, headed=headed),
            horizon=horizon is not None,
        )
        kept = horizon if measure == Measure.CALENDAR_HORIZON else None
        self._add("meeting", text, measure, cadence, kept)

    def _add(
        self,
        kind: str,
        text: str,
        measure: Measure | None = None,
        cadence: Cadence = NEVER,
        horizon: int | None = None,
    ) -> str:
        self._counts[kind] = self._counts.get(kind, 0) + 1
        number = f"{LETTERS[kind]}{self._counts[kind]}"
        text = text[:-40] + _ENDING.sub("", text[-40:])
        clause = ReadClause(
            number, kind, text, measure, cadence.months, cadence.least, cadence.most, horizon
        )
        self.clauses.append(clause)
        return number
