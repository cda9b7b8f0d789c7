"""`kommissorium report`: the newest report to the executive board, as approved or as a draft."""

from __future__ import annotations

from pathlib import Path

from django.utils import timezone, translation

from kommissorium.cli.assess import committees_named
from kommissorium.cli.errors import Trouble
from kommissorium.reports.board_proposal import BOARD
from kommissorium.reports.board_views import written
from kommissorium.reports.documents import EDITIONS
from kommissorium.reports.models import BoardReport


def report_edition(name: str | None, output: Path) -> tuple[bytes, str]:
    """Return the report as the ending of the output wants it, in Danish, and a line that says what.

    Raises Trouble for no such report or committee, and for another ending.
    """
    form = output.suffix.removeprefix(".").lower()
    if form not in {"pdf", *EDITIONS}:
        raise Trouble(f"{output} ends in none of: .pdf, .docx, .json.")
    with translation.override("da"):
        found = _newest(name)
        data = _pdf(found) if form == "pdf" else written(found, form)[0]
    approved = f"approved by decision {found.decision.number}" if found.decision else "a draft"
    return data, f"{found.of.name}, {found}, {approved}"


def _pdf(found: BoardReport) -> bytes:
    if found.record and found.record.pdf:
        return bytes(found.record.pdf)
    return BOARD.pdf(BOARD.content(found), made_at=timezone.localtime())


def _newest(name: str | None) -> BoardReport:
    """Return the newest report that was approved; where none was, the newest draft."""
    rows = BoardReport.objects.filter(of__in=committees_named(name)).exclude(state="dropped")
    found = list(rows.select_related("of", "decision", "record"))
    if not found:
        raise Trouble("No report to the executive board is begun.")
    if len({one.of_id for one in found}) > 1:
        raise Trouble("Several committees have reports. Name one with --committee.")
    return next((one for one in found if one.is_approved), found[0])
