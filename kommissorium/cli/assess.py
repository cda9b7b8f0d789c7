"""`kommissorium assess`: is the mandate fulfilled, as the page tells it."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime

from django.utils import timezone, translation

from kommissorium.cli.errors import Trouble
from kommissorium.committees.models import Committee
from kommissorium.compliance.documents import answer_json
from kommissorium.compliance.fulfilment import Fulfilment, fulfilment_on
from kommissorium.compliance.history_queries import history_of
from kommissorium.compliance.wording import MARKS, in_words
from kommissorium.core.ui.localised import day

DATE_FORMS = ("%Y-%m-%d", "%d.%m.%Y")


def print_answers(on: str | None, name: str | None, *, as_json: bool) -> None:
    """Print the answer for all committees or the one named, in Danish as their papers are.

    Raises Trouble for what is no past date and for a name that is no committee's.
    """
    asked = _date(on) if on else timezone.localdate()
    with translation.override("da"):
        answers = [(one, fulfilment_on(history_of(one), asked)) for one in _committees(name)]
        if as_json:
            found = [answer_json(committee, fulfilment) for committee, fulfilment in answers]
            json.dump(found, sys.stdout, ensure_ascii=False, indent=2)
            print()
            return
        for committee, fulfilment in answers:
            _print(committee, fulfilment)


def _print(committee: Committee, fulfilment: Fulfilment) -> None:
    print(f"{committee.name}, {day(fulfilment.on)}")
    print(in_words(fulfilment))
    for one in fulfilment.findings:
        print(f"  {MARKS[one.state]} {one.clause.number:<4}{one.state.label}: {one.clause.text}")
        print(f"         {one.finding.sentence}")


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


def _committees(name: str | None) -> list[Committee]:
    found = list(Committee.objects.all())
    if name is not None:
        found = [one for one in found if one.name.casefold() == name.strip().casefold()]
        if not found:
            raise Trouble(f"There is no committee {name}.")
    if not found:
        raise Trouble("There is no committee yet.")
    return found
