"""Statuses and reports to the executive board in every state, for whoever tries them."""

from __future__ import annotations

from django.utils import timezone

from kommissorium.conftest import Cast
from kommissorium.core.files.actions import store_file
from kommissorium.measures.periods import Quarter
from kommissorium.meetings.actions.decisions import decide_as_chair
from kommissorium.meetings.closing_grounds import ground_text
from kommissorium.meetings.models import Decision
from kommissorium.registers.periods import Year
from kommissorium.reports.actions.board_notes import confirm_receipt, note_sent
from kommissorium.reports.actions.board_requests import Request, write_requests
from kommissorium.reports.actions.periodic_reports import (
    Kind,
    PartText,
    close_part,
    compose_report,
    take_word_back,
    write_parts,
)
from kommissorium.reports.documents import report_word
from kommissorium.reports.models import BoardReport, QuarterlyStatus, YearReview
from kommissorium.reports.models.periodic_reports import PeriodicReport
from kommissorium.reports.proposals import BOARD, KIND, REVIEW

WEIGHING = {
    **dict.fromkeys(("security", "usability"), "unchanged"),
    "economy": "neutral",
    "proportion": "fitting",
    **{f"{name}_text": "" for name in ("security", "usability", "economy", "proportion")},
}


def ended(ago: int = 1) -> Quarter:
    """Return the quarter that ended last, or that ended so many quarters ago."""
    quarter = Quarter.of(timezone.localdate())
    for _number in range(ago):
        quarter = quarter.before
    return quarter


def composed(cast: Cast, ago: int = 1) -> QuarterlyStatus:
    return compose_report(KIND, cast.committee, ended(ago), by=cast.coordinator)


def write(cast: Cast, status: QuarterlyStatus, **texts: str) -> None:
    """Write parts as they are now; "" says that there is nothing to tell."""
    versions = dict(status.parts.values_list("code", "edit_version"))
    typed = {
        code: PartText(text, is_empty=not text, edit_version=versions[code])
        for code, text in texts.items()
    }
    write_parts(KIND, status, typed, by=cast.coordinator)


def drafted(cast: Cast, ago: int = 1) -> QuarterlyStatus:
    """Compose a status and fill in all that is written by hand: the projects in words."""
    status = composed(cast, ago)
    empty = {one.code: "" for one in status.parts.all() if one.lacks_words}
    write(cast, status, **empty | {"projects": "Alle er grønne."})
    return status


def proposed(cast: Cast, ago: int = 1) -> QuarterlyStatus:
    status = drafted(cast, ago)
    KIND.propose(status, cast.committee, by=cast.coordinator)
    return status


def decision_on(cast: Cast, status: QuarterlyStatus, outcome: str = "approved") -> Decision:
    return decide_as_chair(
        cast.committee,
        by=cast.chair,
        title=f"Status {status} {outcome}",
        text="<p>Godkendt.</p>",
        why_now="Kvartalet er gået.",
        is_impartial=True,
        weighing=WEIGHING,
        outcome=outcome,
        subject=(KIND.kind, str(status.pk), status.get_absolute_url()),
    )


def taken_back(cast: Cast, ago: int = 1) -> QuarterlyStatus:
    """Propose a status beside which the Word file stands that was edited."""
    status = drafted(cast, ago)
    file = store_file(report_word(KIND.content(status)), "status.docx")
    take_word_back(KIND, status, {}, file, tells_the_same=True, by=cast.coordinator)
    KIND.propose(status, cast.committee, by=cast.coordinator)
    return status


def approved(cast: Cast, ago: int = 1) -> QuarterlyStatus:
    status = proposed(cast, ago)
    KIND.approve(status, decision_on(cast, status), by=cast.chair)
    return status


# Reports to the executive board


def board_composed(cast: Cast, ago: int = 1) -> BoardReport:
    return compose_report(BOARD, cast.committee, ended(ago), by=cast.coordinator)


def board_write(cast: Cast, report: BoardReport, **texts: str) -> None:
    """Write parts as they are now; "" says that there is nothing to tell."""
    versions = dict(report.parts.values_list("code", "edit_version"))
    typed = {
        code: PartText(text, is_empty=not text, edit_version=versions[code])
        for code, text in texts.items()
    }
    write_parts(BOARD, report, typed, by=cast.coordinator)


def board_drafted(cast: Cast, ago: int = 1) -> BoardReport:
    """Compose a report and fill in all that is written by hand."""
    report = board_composed(cast, ago)
    empty = {one.code: "" for one in report.parts.all() if one.lacks_words}
    board_write(cast, report, **empty | {"asks": "Der ønskes 200.000 kr. til backup."})
    return report


def board_proposed(cast: Cast, ago: int = 1) -> BoardReport:
    report = board_drafted(cast, ago)
    BOARD.propose(report, cast.committee, by=cast.coordinator)
    return report


def board_approved(cast: Cast, ago: int = 1) -> BoardReport:
    report = board_proposed(cast, ago)
    decision = decide_as_chair(
        cast.committee,
        by=cast.chair,
        title=f"Rapport {report}",
        text="<p>Godkendt.</p>",
        why_now="Kvartalet er gået.",
        is_impartial=True,
        weighing=WEIGHING,
        outcome="approved",
        subject=(BOARD.kind, str(report.pk), report.get_absolute_url()),
    )
    BOARD.approve(report, decision, by=cast.chair)
    return BoardReport.objects.with_way().get(pk=report.pk)


ASKED = (
    Request("At bevillige 280.000 kr. til logning.", 280_000, "Ellers står risikoen hele året."),
    Request("At udpege en ejer af Fagsystem Vej.", None, "Ellers er systemet uden ejer."),
)


def board_asking(cast: Cast, ago: int = 1) -> BoardReport:
    """Send a report with two requests."""
    report = board_drafted(cast, ago)
    version = report.parts.get(code="asks").edit_version
    write_requests(report, ASKED, version, by=cast.coordinator)
    approve(cast, BOARD, report)
    note_sent(
        BoardReport.objects.get(pk=report.pk),
        by=cast.coordinator,
        on=timezone.localdate(),
        how="Med dagsordenen",
    )
    return BoardReport.objects.with_way().get(pk=report.pk)


def board_sent(cast: Cast, ago: int = 1) -> BoardReport:
    report = board_approved(cast, ago)
    note_sent(report, by=cast.coordinator, on=timezone.localdate(), how="Med dagsordenen")
    return BoardReport.objects.with_way().get(pk=report.pk)


def board_received(cast: Cast, ago: int = 1) -> BoardReport:
    report = board_sent(cast, ago)
    confirm_receipt(report, by=cast.executive)
    return BoardReport.objects.with_way().get(pk=report.pk)


# Editions without what is closed

GROUND = ground_text("ofl-31", "viser svage steder")


def close(
    cast: Cast, kind: Kind, told: PeriodicReport, closes: str = "whole", **parts: str
) -> None:
    """Close parts of a draft, with a text each that is in them."""
    versions = dict(told.parts.values_list("code", "edit_version"))
    texts = {code: PartText(text, edit_version=versions[code]) for code, text in parts.items()}
    write_parts(kind, told, texts, by=cast.coordinator)
    for code in parts:
        close_part(kind, told, code, closes, GROUND, by=cast.coordinator)


def approve(cast: Cast, kind: Kind, told: PeriodicReport) -> PeriodicReport:
    """Put a draft before the committee, and have its chair decide on it."""
    kind.propose(told, cast.committee, by=cast.coordinator)
    decision = decide_as_chair(
        cast.committee,
        by=cast.chair,
        title=kind.title_of(told),
        text="<p>Godkendt.</p>",
        why_now="Tiden er gået.",
        is_impartial=True,
        weighing=WEIGHING,
        outcome="approved",
        subject=(kind.kind, str(told.pk), told.get_absolute_url()),
    )
    kind.approve(told, decision, by=cast.chair)
    return kind.model.objects.get(pk=told.pk)


# The year's report


def last_year() -> Year:
    return Year(timezone.localdate().year - 1)


def review_drafted(cast: Cast, year: Year | None = None) -> YearReview:
    """Compose a year's report of one approved status at least, and fill in what is by hand."""
    year = year or last_year()
    there = {one.number: one.state for one in QuarterlyStatus.objects.filter(year=year.year)}
    if "approved" not in there.values():
        quarter = next(one for one in reversed(year.quarters) if one.number not in there)
        status = compose_report(KIND, cast.committee, quarter, by=cast.coordinator)
        empty = {one.code: "" for one in status.parts.all() if one.lacks_words}
        write(cast, status, **empty | {"projects": "Alle er grønne."})
        approve(cast, KIND, status)
    made = compose_report(REVIEW, cast.committee, year, by=cast.coordinator)
    versions = {one.code: one.edit_version for one in made.parts.all() if one.lacks_words}
    texts = {code: PartText("", is_empty=True, edit_version=one) for code, one in versions.items()}
    texts["outputs"] = PartText("Der købes en ny firewall.", edit_version=versions["outputs"])
    write_parts(REVIEW, made, texts, by=cast.coordinator)
    return made
