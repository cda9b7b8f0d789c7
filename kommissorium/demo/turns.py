"""One occurrence of a duty on a day of the story, and somebody's act about it then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kommissorium.accounts.models import Person
from kommissorium.demo.conclusions import said_of
from kommissorium.demo.story import Town
from kommissorium.demo.texts import rows
from kommissorium.yearwheel.actions import (
    accept_delegation,
    delegate,
    finish,
    hand_back,
    move,
    skip,
)
from kommissorium.yearwheel.models import Delegation, Occurrence, Rhythm

EARLIEST, SPREAD = -7, 9  # days from what is due to when it is done, where nothing is told
LEFT = timedelta(days=60)  # what the table lets be due lately was forgotten so long
LATE, SKIPPED, MOVED, GIVEN, RETURNED = "sent", "springes", "flyttes", "gives", "retur"
PLEASE = "Vil du tage den denne gang?"


@dataclass(frozen=True)
class Turn:
    """An occurrence, the present day, and the person responsible on that day: perhaps nobody."""

    town: Town
    row: Occurrence
    today: date
    responsible: Person | None

    @property
    def key(self) -> str:
        return self.town.duties[self.row.duty_id]

    def is_taken(self) -> bool:
        """Do what is to be done about it today; return whether that was to finish it."""
        told = self._told()
        if told["hvad"] == MOVED and not self.row.was_moved:
            self._move(int(told["dage"]), told["tekst"])
        elif told["hvad"] == SKIPPED and self.today >= self.row.due:
            self._skip(told["tekst"])
        elif told["hvad"] in (GIVEN, RETURNED) and self._hands_over(told):
            return False
        elif told["hvad"] != SKIPPED and self.today >= self._ready(told):
            return self._finish()
        return False

    def _told(self) -> Mapping[str, str]:
        """Return the tables' facts about this one; most have none."""
        if self.key.startswith("plan"):
            row = next(row for row in rows("plan.csv") if row["pligt"] == self.key)
            if row["udfald"] == "x":
                return {"hvad": SKIPPED, "tekst": row["ord"]}
            if row["udfald"]:
                return {"hvad": LATE, "dage": row["efter"]}
        name = (self.key, str(self.row.number))
        found = (row for row in rows("detours.csv") if (row["pligt"], row["gang"]) == name)
        return next(found, {"hvad": ""})

    def _ready(self, told: Mapping[str, str]) -> date:
        """Return the day from which somebody gets it done; some improvements still wait."""
        if self.key.startswith("plan") and told["hvad"] != LATE:
            return date.max
        if self.row.rhythm == Rhythm.MEETING:
            return self.row.due + timedelta(days=1)
        if told["hvad"] == LATE:
            return self.row.due + timedelta(days=int(told["dage"]))
        spread = EARLIEST + (len(self.key) * 7 + self.row.number * 5) % SPREAD
        own = [row["først"] for row in rows("own.csv") if row["pligt"] == self.key]
        if own and own[0].startswith("-") and self.row.due > self.town.almanac.today - LEFT:
            return date.max
        # What the table sets so many days from today is never done before its day.
        return self.row.due + timedelta(days=max(spread, 0) if own else spread)

    def _finish(self) -> bool:
        """Let its owner finish it; nobody does while it has no owner."""
        who = self.row.delegate or self.responsible
        if who is None:
            return False
        said = said_of(self.town.almanac, self.key, self.row.number, self.row.nominal)
        finish(
            self.row,
            by=who if who.is_active and who.has_login else self.town.keeper(),
            result=said.result,
            conclusion=said.text,
            evidence=said.evidence(self.today, self.row.duty.evidence_wanted),
        )
        return True

    def _move(self, days: int, because: str) -> None:
        to = self.town.almanac.workday(self.row.due + timedelta(days=days))
        move(self.row, by=self.town.keeper(), to=to, because=because)

    def _skip(self, because: str) -> None:
        skip(self.row, by=self.town.keeper(), because=because)

    def _hands_over(self, told: Mapping[str, str]) -> bool:
        """Ask, get a yes and perhaps get it back, a round apart; return whether it is awaited."""
        asked = self.row.delegations.select_related("to_person", "occurrence__duty").first()
        if asked is None:
            to = self.town.person(told["hvem"])
            note = PLEASE if told["hvad"] == RETURNED else told["tekst"]
            return self._ask(to, note)
        asked.occurrence = self.row
        if not asked.is_accepted:
            accept_delegation(asked, by=asked.to_person)
            return True
        if told["hvad"] == RETURNED and asked.ending == Delegation.Ending.NONE:
            hand_back(asked, by=asked.to_person, because=told["tekst"])
            return True
        return False

    def _ask(self, to: Person, note: str) -> bool:
        who = self.responsible
        if who is None or who == to or not to.is_active:
            return False
        delegate(self.row, by=who if who.has_login else self.town.keeper(), to=to, note=note)
        return True
