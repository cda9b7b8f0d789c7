"""Compose the report to the executive board, compose it again, and write what its parts say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.actions import record
from kommissorium.registers.actions.proposals import hold_draft, refuse_unless
from kommissorium.registers.actions.standard_proposals import record_draft
from kommissorium.registers.quarters import Quarter
from kommissorium.reports.actions.statuses import (
    PartText,
    begin,
    changes_of,
    put_fresh,
    refuse_others,
    save_changes,
)
from kommissorium.reports.board_composing import compose_board_parts
from kommissorium.reports.board_proposal import BOARD
from kommissorium.reports.models import BoardReport, BoardReportPart


@transaction.atomic
def compose_board_report(committee: Committee, quarter: Quarter, *, by: Person) -> BoardReport:
    """Draft the report of a quarter. Raises Refused before it has ended, and for a second one."""
    made = begin(BoardReport, committee, quarter, by=by)
    BoardReportPart.objects.bulk_create(_composed(made))
    record_draft(BOARD, made, by=by)
    return made


@transaction.atomic
def recompose_board_report(report: BoardReport, *, by: Person) -> None:
    """Compose a draft again: figures and sentences are new, what somebody wrote stays."""
    refuse_others(BoardReport, by)
    hold_draft(report)
    put_fresh({one.code: one for one in report.parts.all()}, _composed(report))
    BoardReport.objects.filter(pk=report.pk).update(composed_at=timezone.now())
    record("reports.board_report_recomposed", report, by=by, facts=BOARD.told(report))


@transaction.atomic
def write_board_report(
    report: BoardReport, texts: Mapping[str, PartText], *, by: Person
) -> Sequence[str]:
    """Write what parts of a draft say, by their codes; return the codes of those that changed.

    Raises Conflict and Refused as the parts of a status do.
    """
    refuse_others(BoardReport, by)
    refuse_unless(BoardReport.objects.get(pk=report.pk), BoardReport.State.DRAFT)
    there = {one.code: one for one in BoardReportPart.objects.filter(report=report)}
    changes = changes_of(there, texts)
    if not changes:
        return []
    hold_draft(report)
    save_changes(there, changes)
    facts = {**BOARD.told(report), "parts": sorted(changes)}
    record("reports.board_report_written", report, by=by, facts=facts)
    return list(changes)


def _composed(report: BoardReport) -> list[BoardReportPart]:
    before = BoardReport.objects.of_quarter(report.of, report.quarter.before)
    rows = BoardReportPart.objects.filter(report__in=before.filter(state="approved").values("pk"))
    last = {one.code: one.text for one in rows if one.code in BoardReportPart.by_hand}
    found = []
    for place, part in enumerate(compose_board_parts(report.of, report.quarter)):
        said = {"last": last[part.code]} if last.get(part.code) else {}
        found.append(
            BoardReportPart(
                report=report,
                code=part.code,
                place=place,
                heading=part.heading,
                content=part.data | said,
                proposed=part.sentence,
            )
        )
    return found
