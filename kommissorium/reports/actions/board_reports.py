"""Compose the report to the executive board, compose it again, and write what its parts say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import day
from kommissorium.meetings.actions.committee_lock import lock_committee
from kommissorium.registers.actions.proposals import hold_draft, refuse_unless
from kommissorium.registers.actions.standard_proposals import record_draft
from kommissorium.registers.quarters import Quarter
from kommissorium.reports.actions.statuses import (
    PartText,
    changes_of,
    put_fresh,
    save_changes,
)
from kommissorium.reports.board_composing import compose_board_parts
from kommissorium.reports.board_proposal import BOARD
from kommissorium.reports.models import BoardReport, BoardReportPart


@transaction.atomic
def compose_board_report(committee: Committee, quarter: Quarter, *, by: Person) -> BoardReport:
    """Draft the report of a quarter. Raises Refused before it has ended, and for a second one."""
    _refuse_others(by)
    if not quarter.has_ended(timezone.localdate()):
        text = _("%(quarter)s has not ended. Its report can be composed from %(day)s.")
        values = {"quarter": quarter.label, "day": day(quarter.after.first)}
        raise Refused(quarter=text % values)
    lock_committee(committee)
    if BoardReport.objects.of_quarter(committee, quarter).exists():
        text = _("There is a report of %(quarter)s already. A quarter has one.")
        raise Refused(quarter=text % {"quarter": quarter.label})
    now = timezone.now()
    made: BoardReport = BoardReport.objects.create(
        of=committee,
        year=quarter.year,
        number=quarter.number,
        composed_at=now,
        made_by=by,
        made_at=now,
    )
    BoardReportPart.objects.bulk_create(_composed(made))
    record_draft(BOARD, made, by=by)
    return made


@transaction.atomic
def recompose_board_report(report: BoardReport, *, by: Person) -> None:
    """Compose a draft again: figures and sentences are new, what somebody wrote stays."""
    _refuse_others(by)
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
    _refuse_others(by)
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


def _refuse_others(by: Person) -> None:
    if not BoardReport.can_be_drafted_by(by):
        raise PermissionDenied
