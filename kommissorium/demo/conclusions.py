"""The outcome of each time a duty was done: the result, the words and the evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kommissorium.demo.almanac import Almanac
from kommissorium.demo.texts import rows
from kommissorium.demo.words import year_of
from kommissorium.yearwheel.actions import GivenEvidence
from kommissorium.yearwheel.models import Evidence, Occurrence

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
