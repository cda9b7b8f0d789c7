"""`kommissorium status` and `report`: the approved document, or a draft that is marked as one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils import translation

from kommissorium.cli.assess import committees_named
from kommissorium.cli.errors import Trouble
from kommissorium.core.refusals import Refused
from kommissorium.registers.quarters import Quarter
from kommissorium.reports.actions.periodic_reports import Kind
from kommissorium.reports.board_proposal import BOARD
from kommissorium.reports.models import BoardReport, QuarterlyStatus
from kommissorium.reports.models.periodic_reports import PeriodicReport
from kommissorium.reports.periodic_proposal import MEDIA_TYPES
from kommissorium.reports.proposal import KIND


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
        quarter = Quarter.parse(text)
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
