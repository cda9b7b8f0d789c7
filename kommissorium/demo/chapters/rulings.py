"""Questions about the guidelines, and dispensations from them: one ran out and came back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from kommissorium.demo.agendas import write_item
from kommissorium.demo.chapters import Chapter
from kommissorium.demo.chapters.policies.chair import approve_as_chair, settled
from kommissorium.demo.chapters.readings import owners_guideline
from kommissorium.demo.sitting import put
from kommissorium.demo.story import Town
from kommissorium.demo.texts import rows
from kommissorium.measures.days import add_months
from kommissorium.policies.models import Document
from kommissorium.registers.actions.standard_proposals import change_draft
from kommissorium.rulings import interpretations
from kommissorium.rulings.actions.rulings import (
    apply_for_dispensation,
    ask_interpretation,
    end_dispensation,
    renew_dispensation,
)
from kommissorium.rulings.expiring import ExpiringDispensations
from kommissorium.rulings.models import Dispensation, Interpretation
from kommissorium.rulings.rules import heading_choices
from kommissorium.secretariat.actions.agendas import bring_back

QUESTIONS, DISPENSATIONS = "policies/questions.csv", "policies/dispensations.csv"
BEGUN = 75  # days after the start of a short story
RENEWED = "tablets"  # it ran out, stood on an agenda, and was renewed
RENEWED_AGO, HOLDS_ON = 8, 40  # months ago; days it still holds from today
RETURNED: Final = (
    "<p>Dispensationerne herunder er udløbet eller udløber inden for 60 dage efter mødet.</p>"
)
DECIDED = {
    interpretations.KIND.kind: "Udvalget besluttede, at reglen skal forstås sådan. Svaret står ved "
    "afsnittet.",
}


def tell_rulings(town: Town) -> None:
    """Tell of the questions and applications, and of the result of each."""
    days = town.almanac
    for row in rows(QUESTIONS):
        town.tell(settled(town, int(row["spurgt"]), "10.20", BEGUN), partial(_ask, town, row))
        if row["vej"] == "formand":
            town.tell(settled(town, int(row["afgjort"]), "12.40", BEGUN), partial(_rule, town, row))
        elif row["vej"]:
            ago = int(row["afgjort"])
            before = days.call_day(days.held_day(ago)) - timedelta(days=2)
            if days.has(ago):
                town.tell(days.moment(before, "9.20"), partial(_put, town, ago, row))
    for row in rows(DISPENSATIONS):
        town.tell(settled(town, int(row["søgt"]), "11.10", BEGUN), partial(_apply, town, row))
        town.tell(settled(town, int(row["givet"]), "12.50", BEGUN), partial(_grant, town, row))
        if row["afsluttet"]:
            town.tell(
                settled(town, int(row["afsluttet"]), "13.10", BEGUN), partial(_end, town, row)
            )
    town.tell(settled(town, RENEWED_AGO, "14.10", BEGUN), partial(_renew, town))
    _tell_returned(town)


def _tell_returned(town: Town) -> None:
    days = town.almanac
    for ago in range(days.span.first - 1, 0, -1):
        called = days.call_day(days.held_day(ago))
        town.tell(days.moment(called, "13.40"), partial(_write_returned, town, ago))
    yesterday = days.today - timedelta(days=1)
    town.tell(days.moment(yesterday, "11.40"), partial(_write_returned, town, 0))


def _ask(town: Town, row: Mapping[str, str]) -> None:
    document = _document()
    heading, by = _heading(document, row, town), town.person(row["spørger"])
    ask_interpretation(document, heading=heading, question=row["spørgsmål"], by=by)


def _ruled(town: Town, row: Mapping[str, str]) -> Interpretation:
    found = Interpretation.objects.get(question=row["spørgsmål"])
    values = {"question": found.question, "ruling": row["svar"]}
    by = town.coordinator()
    change_draft(interpretations.KIND, found, values, by=by, edit_version=found.edit_version)
    return found


def _rule(town: Town, row: Mapping[str, str]) -> None:
    approve_as_chair(town, _ruled(town, row))


def _put(town: Town, ago: int, row: Mapping[str, str]) -> None:
    put(town, ago, _ruled(town, row))


def _apply(town: Town, row: Mapping[str, str]) -> None:
    document = _document()
    granted = add_months(town.almanac.today, -int(row["givet"]))
    last = add_months(max(granted, town.almanac.day_it_is()), int(row["gælder"]))
    apply_for_dispensation(
        document,
        heading=_heading(document, row, town),
        values=_values(row, last),
        by=town.person(row["søger"]),
    )


def _values(row: Mapping[str, str], last: date) -> dict[str, Any]:
    words = {"place": "sted", "reason": "begrundelse", "measure": "tiltag"}
    told = {name: row[column] for name, column in words.items()}
    return {**told, "area": None, "asset": None, "last_day": last}


def _grant(town: Town, row: Mapping[str, str]) -> None:
    approve_as_chair(town, Dispensation.objects.get(place=row["sted"], state="draft"))


def _end(town: Town, row: Mapping[str, str]) -> None:
    found = Dispensation.objects.get(place=row["sted"])
    end_dispensation(found, because=row["afslutning"], by=town.person(row["søger"]))


def _renew(town: Town) -> None:
    row = next(one for one in rows(DISPENSATIONS) if one["nøgle"] == RENEWED)
    found = Dispensation.objects.get(place=row["sted"])
    last = town.almanac.today + timedelta(days=HOLDS_ON)
    by = town.person(row["søger"])
    made = renew_dispensation(found, values=_values(row, last), by=by)
    approve_as_chair(town, made)


def _write_returned(town: Town, ago: int) -> None:
    """Write the texts of the dispensations that come back by themselves."""
    by = town.keeper()
    if not by.is_coordinator:
        return
    bring_back(town.meetings[ago], by=by)
    kind = ExpiringDispensations.kind
    items = town.meetings[ago].items.filter(subject_kind=kind, presentation="")
    for item in items.select_related("clause", "meeting__committee"):
        write_item(town, item, (item.recommendation, RETURNED))


def _document() -> Document:
    found = owners_guideline()
    if found is None:
        raise LookupError("The guidelines for owners are not there yet")
    return found


def _heading(document: Document, row: Mapping[str, str], town: Town) -> str:
    """Return the heading that is meant, "" where the version of that day has none such."""
    wanted, there = row["afsnit"], dict(heading_choices(document, town.almanac.day_it_is()))
    return wanted if wanted in there else ""


CHAPTER = Chapter(tell_rulings, budget=800, decided=DECIDED)
