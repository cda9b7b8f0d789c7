"""`kommissorium status`: the status of a quarter, as approved or marked as a draft."""

from __future__ import annotations

from pathlib import Path

from django.utils import timezone, translation

from kommissorium.cli.assess import committees_named
from kommissorium.cli.errors import Trouble
from kommissorium.core.refusals import Refused
from kommissorium.registers.quarters import Quarter
from kommissorium.reports.documents import EDITIONS
from kommissorium.reports.models import QuarterlyStatus
from kommissorium.reports.proposal import KIND


def status_edition(quarter: str, name: str | None, output: Path) -> tuple[bytes, str]:
    """Return the status as the ending of the output wants it, in Danish, and a line that says what.

    Raises Trouble for no such quarter, status or committee, and for another ending.
    """
    form = output.suffix.removeprefix(".").lower()
    if form not in {"pdf", *EDITIONS}:
        raise Trouble(f"{output} ends in none of: .pdf, .docx, .json.")
    with translation.override("da"):
        found = _status(quarter, name)
        data = _pdf(found) if form == "pdf" else EDITIONS[form][0](KIND.kept_content(found))
    approved = f"approved by decision {found.decision.number}" if found.decision else "a draft"
    return data, f"{found.of.name}, {found}, {approved}"


def _pdf(found: QuarterlyStatus) -> bytes:
    if found.record and found.record.pdf:
        return bytes(found.record.pdf)
    return KIND.pdf(KIND.content(found), made_at=timezone.localtime())


def _status(text: str, name: str | None) -> QuarterlyStatus:
    try:
        quarter = Quarter.parse(text)
    except Refused:
        raise Trouble(f"{text} is no quarter. Write it like 2026-3.") from None
    there = QuarterlyStatus.objects.filter(year=quarter.year, number=quarter.number)
    rows = there.exclude(state="dropped").select_related("of", "decision", "record")
    found = list(rows.filter(of__in=committees_named(name)))
    if not found:
        raise Trouble(f"No status of {quarter} is begun.")
    if len(found) > 1:
        raise Trouble("Several committees have one. Name one with --committee.")
    return found[0]
