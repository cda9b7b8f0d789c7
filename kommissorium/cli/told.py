"""`kommissorium assess`, `status` and `report`: what was approved, or how it stands now."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils import timezone, translation

from kommissorium.cli.errors import Trouble
from kommissorium.committees.models import Committee
from kommissorium.compliance.actions.freezing import freeze_answer
from kommissorium.compliance.answer import Answer, later_facts
from kommissorium.compliance.documents import answer_json
from kommissorium.compliance.frozen import answered
from kommissorium.compliance.fulfilment import MARKS, in_words, reading_in_words
from kommissorium.compliance.history_queries import history_of
from kommissorium.compliance.models import FrozenAnswer
from kommissorium.core.json_schemas import with_schema
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import day
from kommissorium.registers.periods import quarter_named
from kommissorium.reports.actions.periodic_reports import Kind
from kommissorium.reports.models import BoardReport, QuarterlyStatus
from kommissorium.reports.models.periodic_reports import PeriodicReport
from kommissorium.reports.periodic_proposal import MEDIA_TYPES
from kommissorium.reports.proposals import BOARD, KIND

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
        answers = [
            _answer(committee, asked, known, is_kept=as_json)
            for committee in committees_named(name)
        ]
        if as_json:
            told = with_schema(ASSESSMENT, {"answers": list(map(answer_json, answers))})
            json.dump(told, sys.stdout, ensure_ascii=False, indent=2)
            print()
            return
        for answer in answers:
            _print(answer)


def _answer(committee: Committee, on: date, known: date, *, is_kept: bool) -> Answer:
    """Return the answer; `is_kept`: what is taken out as data is frozen."""
    history = history_of(committee, on)
    fulfilment, kept = answered(history, on, known)
    row = kept.row if kept else None
    if is_kept and row is None:
        row = freeze_answer(committee, on, by=None, why=FrozenAnswer.Why.DOWNLOAD)
    return Answer(committee, fulfilment, later_facts(history, on), frozen=row)


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


def status_edition(
    quarter: str, name: str | None, output: Path, *, without_closed: bool
) -> tuple[bytes, str]:
    """Return the status in the format of the output's suffix, in Danish, and a line about it.

    Raises Trouble for no such quarter, status or committee, and for another ending.
    """
    form = _form(output)
    with translation.override("da"):
        return _edition(KIND, _status(quarter, name), form, without_closed)


def report_edition(name: str | None, output: Path, *, without_closed: bool) -> tuple[bytes, str]:
    """Return the newest report to the executive board, like `status_edition`."""
    form = _form(output)
    with translation.override("da"):
        return _edition(BOARD, _newest(name), form, without_closed)


def _form(output: Path) -> str:
    form = output.suffix.removeprefix(".").lower()
    if form not in MEDIA_TYPES:
        raise Trouble(f"{output} ends in none of: .pdf, .docx, .json.")
    return form


def _edition(
    kind: Kind, found: PeriodicReport, form: str, without_closed: bool
) -> tuple[bytes, str]:
    data = kind.write(found, form, is_open=without_closed)
    told = f"approved by decision {found.decision.number}" if found.decision else "a draft"
    left_out = ", without what is closed" if without_closed else ""
    return data, f"{found.of.name}, {found}, {told}{left_out}"


def _status(text: str, name: str | None) -> QuarterlyStatus:
    try:
        quarter = quarter_named(text)
    except Refused:
        raise Trouble(f"{text} is no quarter. Write it like 2026-3.") from None
    there = QuarterlyStatus.objects.filter(year=quarter.year, number=quarter.number)
    found: list[QuarterlyStatus] = _rows(there, name)
    if not found:
        raise Trouble(f"No status of {quarter} is begun.")
    if len(found) > 1:
        raise Trouble("Several committees have one. Name one with --committee.")
    return found[0]


def _newest(name: str | None) -> BoardReport:
    """Return the newest report that was approved; where none was, the newest draft."""
    found: list[BoardReport] = _rows(BoardReport.objects.all(), name)
    if not found:
        raise Trouble("No report to the executive board is begun.")
    if len({one.of_id for one in found}) > 1:
        raise Trouble("Several committees have reports. Name one with --committee.")
    return next((one for one in found if one.is_approved), found[0])


def _rows(there: Any, name: str | None) -> list[Any]:
    rows = there.filter(of__in=committees_named(name)).exclude(state="dropped")
    return list(rows.select_related("of", "decision", "record", "open_record"))
