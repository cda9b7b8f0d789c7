"""How duties were done: each week somebody goes through what is due, and says what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from kommissorium.accounts.models import Person
from kommissorium.demo.almanac import Almanac
from kommissorium.demo.story import Town
from kommissorium.demo.texts import rows, year_of
from kommissorium.yearwheel.actions import (
    GivenEvidence,
    accept_delegation,
    delegate,
    finish,
    hand_back,
    move,
    skip,
)
from kommissorium.yearwheel.models import Delegation, Evidence, Occurrence, Rhythm
from kommissorium.yearwheel.responsible import Holders

RESULTS = {
    "n": Occurrence.Result.NO_FAULT,
    "m": Occurrence.Result.MINOR,
    "c": Occurrence.Result.CRITICAL,
}
OF_A_PLAN = RESULTS | {"n": Occurrence.Result.DONE}  # no fault can be found in planning
SITE = "https://havneby.example/sager"
FILES = (".csv", ".txt")


@dataclass(frozen=True)
class Said:
    """The outcome of one occurrence; without evidence `shown` is empty."""

    result: str
    text: str
    shown: str

    def evidence(self, day: date, wanted: str) -> list[GivenEvidence]:
        """Return the evidence handed in: a small file by its name, else a case in the archive.

        Where the tables name nothing it is what the duty asks for.
        """
        shown = self.shown or wanted
        if not shown:
            return []
        if shown.endswith(FILES):
            written = f"{shown.rpartition('.')[0]};{day:%d-%m-%Y}\r\n{self.text}\r\n"
            data = f"\ufeff{written}".encode()
            return [GivenEvidence(Evidence.Kind.FILE, shown, data=data)]
        url = f"{SITE}/{day:%Y}-{day:%j}"
        return [GivenEvidence(Evidence.Kind.LINK, shown[:200], url=url)]


def said_of(days: Almanac, key: str, number: int, nominal: date) -> Said:
    """Return the outcome of the duty's occurrence: as the committee was told, where it was.

    The tables of the year wheel tell of each quarter of three years; the others go round.
    """
    if key.startswith("plan"):
        row = next(row for row in rows("plan.csv") if row["pligt"] == key)
        return Said(OF_A_PLAN[row["udfald"]], row["ord"], "")
    reported = [row for row in rows("wheel.csv") if row["pligt"] == key]
    told: list[Mapping[str, str]] = [row for row in rows("duties.csv") if row["pligt"] == key]
    quarter = str((nominal.month + 2) // 3)
    found = [row for row in reported if row["kvartal"] == quarter] or reported
    if found and (found is not reported or not told):
        year = year_of(days.told_at(nominal))
        result = RESULTS[found[0]["fejl"][year - 1]]
        return Said(result, found[0][f"resultat{year}"], found[0]["bevis"])
    row = told[(number - 1) % len(told)]
    return Said(RESULTS[row["fejl"]], row["ord"], row["bevis"])


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


AHEAD = timedelta(days=28)  # what is due by then is looked at
MOST = 4  # as many are finished in a week
LATEST = 5  # days ago was the last round
QUIET_WEEKS = (28, 29, 30, 31, 52)


def tell_rounds(town: Town) -> None:
    """Tell of a round each week, on one day or another, except in July and at Christmas."""
    days = town.almanac
    last = days.today - timedelta(days=LATEST)
    for number, monday in enumerate(_mondays(days.start + timedelta(days=14), last)):
        day = min(monday + timedelta(days=number * 3 % 5), last)
        hour = f"{10 + number % 4}.{15 + number % 3 * 10}"
        town.tell(days.moment(day, hour), partial(_round, town))


def _mondays(first: date, last: date) -> Iterator[date]:
    monday = first - timedelta(days=first.weekday())
    while monday <= last:
        if monday.isocalendar().week not in QUIET_WEEKS:
            yield monday
        monday += timedelta(days=7)


def _round(town: Town) -> None:
    today, left = town.almanac.day_it_is(), MOST
    # What a register waits for is done in the register, what the committee decides at its meetings.
    waiting = Occurrence.objects.open().filter(due__lte=today + AHEAD, source=None)
    waiting = waiting.exclude(duty__by_decision=True)
    along = ("duty__committee", "duty__responsible_person", "delegate")
    found = list(waiting.select_related(*along).order_by("due", "pk"))
    holders = Holders([row.duty for row in found], today)
    for row in found:
        left -= Turn(town, row, today, holders.of(row.duty, today)).is_taken()
        if not left:
            break
