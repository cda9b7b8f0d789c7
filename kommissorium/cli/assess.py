"""`kommissorium assess`: is the mandate fulfilled, as the page tells it."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime

from django.utils import timezone, translation

from kommissorium.cli.errors import Trouble
from kommissorium.committees.models import Committee
from kommissorium.compliance.answer import Answer
from kommissorium.compliance.documents import answer_json
from kommissorium.compliance.fulfilment import fulfilment_on
from kommissorium.compliance.history_queries import history_of
from kommissorium.compliance.later_facts import later_facts
from kommissorium.compliance.wording import MARKS, in_words, reading_in_words
from kommissorium.core.json_schemas import with_schema
from kommissorium.core.ui.localised import day

ASSESSMENT = "kommissorium-assessment-1"
DATE_FORMS = ("%Y-%m-%d", "%d.%m.%Y")


def print_answers(
    on: str | None, name: str | None, *, as_json: bool, as_known_today: bool = False
) -> None:
    """Print the answer for all committees or the one named, in Danish as their papers are.

    A past date is answered as it was known then, unless `as_known_today`. Raises Trouble for what is no past date and for a name that is no committee's.
    """
    asked = _date(on) if on else timezone.localdate()
    known = timezone.localdate() if as_known_today else asked
    with translation.override("da"):
        answers = [_answer(committee, asked, known) for committee in committees_named(name)]
        if as_json:
            told = with_schema(ASSESSMENT, {"answers": list(map(answer_json, answers))})
            json.dump(told, sys.stdout, ensure_ascii=False, indent=2)
            print()
            return
        for answer in answers:
            _print(answer)


def _answer(committee: Committee, on: date, known: date) -> Answer:
    history = history_of(committee, on)
    return Answer(committee, fulfilment_on(history, on, known), later_facts(history, on))


def _print(answer: Answer) -> None:
    fulfilment = answer.fulfilment
    print(f"{answer.committee.name}, {day(fulfilment.on)}")
    print(f"{reading_in_words(fulfilment)}. {in_words(fulfilment)}")
    for one in fulfilment.findings:
        print(f"  {MARKS[one.state]} {one.clause.number:<4}{one.state.label}: {one.clause.text}")
        print(f"         {one.finding.sentence}")
        if one.today:
            print(f"         I dag: {one.today.state.label}. {one.today.sentence}")


def _date(text: str) -> date:
    for form in DATE_FORMS:
        try:
            found = datetime.strptime(text, form).date()  # noqa: DTZ007 a day has no zone
        except ValueError:
            continue
        if found > timezone.localdate():
            raise Trouble(f"{text} is to come. Give today or a day before it.")
        return found
    raise Trouble(f"{text} is no date. Write it like 2026-11-25 or 25.11.2026.")


def committees_named(name: str | None) -> list[Committee]:
    """Return the committee of that name, all for None. Raises Trouble where there is none."""
    found = list(Committee.objects.all())
    if name is not None:
        found = [one for one in found if one.name.casefold() == name.strip().casefold()]
        if not found:
            raise Trouble(f"There is no committee {name}.")
    if not found:
        raise Trouble("There is no committee yet.")
    return found
