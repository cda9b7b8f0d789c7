"""Pages of the reports to the executive board: for those who write them, and the board's own."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.models import Person, held_on
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Committee, Holding
from kommissorium.core.mail.set_up import mail_is_set_up
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import attempt, edit_page, typed
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import page
from kommissorium.measures.periods import Quarter
from kommissorium.registers.periods import quarter_named
from kommissorium.registers.views.proposals import proposal_path
from kommissorium.reports.actions.board_notes import (
    comment,
    confirm_receipt,
    correct_note,
    note_received,
    note_sent,
    note_treated,
    send_board_report,
)
from kommissorium.reports.forms import FORMS, CommentForm, NoteForm, TreatedForm
from kommissorium.reports.models import BoardNote, BoardReport
from kommissorium.reports.models.board_reports import ASKS
from kommissorium.reports.proposals import BOARD
from kommissorium.reports.request_forms import AnswerForm
from kommissorium.reports.views import compose_page, found_by, report_page
from kommissorium.tasks.models import Task

Kind = BoardNote.Kind


@require_GET
def board_reports(request: HttpRequest) -> HttpResponse:
    """Show the reports of the committees that the reader follows, and how far each is."""
    return page(request, "reports/board_reports.html", _list(request))


@require_POST
def board_report_new(request: HttpRequest) -> HttpResponse:
    """Compose the report of a quarter; what cannot be is said above the list."""
    return compose_page(request, BOARD, quarter_named, "reports/board_reports.html", _list)


@require_GET
def board_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a report: its two pages, and what became of it."""
    found = _report(request, pk)
    return report_page(request, BOARD, found, "reports/board_report.html", **_shown(request, found))


@require_POST
def board_report_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a report to the executive board by mail."""
    found, person = _report(request, pk), person_of(request)
    _refuse_who_may_not_note(person)
    try:
        send_board_report(found, by=person)
    except Refused as refused:
        context = {"refused": str(refused), **_shown(request, found)}
        answer = report_page(request, BOARD, found, "reports/board_report.html", **context)
        answer.status_code = 400
        return answer
    said = _("It is sent. Each of the executive board gets it by mail.")
    if not mail_is_set_up():
        said = _(
            "It stands on the page of the executive board. The mails wait until mail is set up."
        )
    messages.success(request, said)
    return redirect(found)


@require_http_methods(["GET", "POST"])
def board_note_new(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Note that a report was sent, received or treated."""
    found, person = _report(request, pk), person_of(request)
    if kind not in FORMS:
        raise Http404
    _refuse_who_may_not_note(person)
    form = _note_form(request, found, kind)
    titles = {
        Kind.SENT: _("Note how it was sent"),
        Kind.RECEIVED: _("Note who received it"),
        Kind.TREATED: _("Note what the board did with it"),
    }
    return edit_page(
        request,
        form,
        lambda: _note(found, kind, form, person),
        done=_("It is noted."),
        after=found,
        title=titles[Kind(kind)],
        cancel_url=found.get_absolute_url(),
        breadcrumbs=proposal_path(BOARD, found, titles[Kind(kind)]),
    )


@require_http_methods(["GET", "POST"])
def board_note_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what was noted wrongly; the first note is kept."""
    person = person_of(request)
    reports = BOARD.visible_to(person).values("pk")
    rows = BoardNote.objects.filter(report__in=reports).exclude(kind=Kind.COMMENT)
    note = get_object_or_404(rows.select_related("report__of", "person"), pk=pk)
    _refuse_who_may_not_note(person)
    form = FORMS[note.kind](typed(request), note=note)

    def save() -> BoardNote:
        values = form.cleaned_data
        return correct_note(note, values, by=person, because=values["because"])

    title = _("Correct what was noted")
    return edit_page(
        request,
        form,
        save,
        done=_("It is corrected. What was noted first is kept."),
        after=note.report,
        title=title,
        cancel_url=note.report.get_absolute_url(),
        breadcrumbs=proposal_path(BOARD, note.report, title),
    )


def _shown(request: HttpRequest, report: BoardReport) -> dict[str, Any]:
    person = person_of(request)
    tasks = Task.objects.visible_to(person).filter(born_kind=BOARD.kind, born_id=str(report.pk))
    corrected = {one.corrects_id for one in report.notes.all()}
    return {
        "way": report.way,
        "wrong": [one for one in report.notes.all() if one.pk in corrected or one.is_taken_back],
        "wishes": list(tasks.select_related("owner")),
        "may_note": BoardNote.can_be_written_by(person) and report.is_approved,
        "next_note": _next_note(report),
        "asks_url": reverse("board_requests", args=[report.pk]),
        "boxed": boxed(report, person),
    }


def _next_note(report: BoardReport) -> str:
    """Return what is noted next of an approved report; "" where all is noted."""
    notes = {Kind.SENT: report.sent, Kind.RECEIVED: report.received, Kind.TREATED: report.treated}
    return next((str(kind) for kind, note in notes.items() if note is None), "")


def _note_form(request: HttpRequest, report: BoardReport, kind: str) -> NoteForm:
    data = typed(request)
    if kind == Kind.TREATED:
        form: NoteForm = TreatedForm(data, is_received=report.received is not None)
    else:
        form = FORMS[kind](data)
    form.initial.setdefault("on", timezone.localdate())
    return form


def _note(report: BoardReport, kind: str, form: NoteForm, person: Person) -> BoardNote:
    values: Mapping[str, Any] = form.cleaned_data
    because = values["because"]
    if isinstance(form, TreatedForm):
        return note_treated(report, form.treatment(), by=person, because=because)
    act = note_sent if kind == Kind.SENT else note_received
    return act(report, by=person, on=values["on"], how=values["how"], because=because)


def _list(request: HttpRequest) -> dict[str, Any]:
    person = person_of(request)
    if not Committee.are_followed_by(person):
        raise Http404
    visible = BOARD.visible_to(person).exclude(state="dropped")
    rows = list(visible.prefetch_related("notes__by"))
    ended = Quarter.of(timezone.localdate()).before
    there = {one.of_id for one in rows if one.period == ended}
    may_draft = BoardReport.can_be_drafted_by(person)
    committees = list(Committee.objects.visible_to(person).order_by("pk")) if may_draft else []
    return {
        "rows": rows,
        "ended": ended,
        "to_compose": [one for one in committees if one.pk not in there],
        "may_draft": may_draft,
        "breadcrumbs": [
            Crumb(_("Reports"), reverse("statuses")),
            Crumb(_("Reports to the executive board")),
        ],
    }


def _report(request: HttpRequest, pk: int) -> BoardReport:
    return found_by(request, BOARD, pk, "notes__by", "requests__answers__person")


def _refuse_who_may_not_note(person: Person) -> None:
    if not BoardNote.can_be_written_by(person):
        raise PermissionDenied


PAGE = "reports/executive_report.html"


@require_GET
def executive_reports(request: HttpRequest) -> HttpResponse:
    """Show the newest report that the executive board was sent."""
    sent = sent_to(person_of(request))
    return page(request, PAGE, executive_context(request, sent[0] if sent else None, sent))


@require_GET
def report_to_executive(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one of the reports that the executive board was sent."""
    sent = sent_to(person_of(request))
    return page(request, PAGE, executive_context(request, one_sent(sent, pk), sent))


@require_POST
def executive_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that the report was received."""
    person = person_of(request)
    found = one_sent(sent_to(person), pk)
    if not found.is_received_by(person):
        confirm_receipt(found, by=person)
    messages.success(request, _("Thank you. It is noted that you have received it."))
    return redirect("report_to_executive", found.pk)


@require_POST
def executive_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Comment on the report."""
    person = person_of(request)
    sent = sent_to(person)
    found, form = one_sent(sent, pk), CommentForm(request.POST)
    if attempt(form, lambda: comment(found, form.cleaned_data["text"], by=person)) is None:
        context = executive_context(request, found, sent) | {"form": form}
        return page(request, PAGE, context, status=HTTPStatus.BAD_REQUEST)
    messages.success(request, _("Your comment stands with the report. The committee reads it."))
    return redirect("report_to_executive", found.pk)


def sent_to(person: Person) -> list[BoardReport]:
    """Return the reports that were sent, the newest first. Raises Http404 for nobody of the board."""
    if not BoardNote.can_be_answered_by(person):
        raise Http404
    found = BOARD.visible_to(person).filter(state="approved")
    rows = found.prefetch_related("notes__by", "requests__answers__person")
    return [one for one in rows if one.sent]


def one_sent(sent: list[BoardReport], pk: int) -> BoardReport:
    if found := [one for one in sent if one.pk == pk]:
        return found[0]
    raise Http404


def executive_context(
    request: HttpRequest, report: BoardReport | None, sent: list[BoardReport]
) -> dict[str, Any]:
    person, more = person_of(request), dict[str, Any]()
    sits = Holding.objects.filter(held_on(timezone.localdate()), person=person).exists()
    if report:
        more = {
            "parts": BOARD.shown_parts(report, person),
            "is_whole": True,
            "title": BOARD.title_of(report),
            "is_received": report.is_received_by(person),
            "is_own": bool(report.sent and report.sent.by_id == person.pk),
            "may_answer": person.pk not in (report.made_by_id, report.sent and report.sent.by_id),
            "answer_form": AnswerForm(),
            "boxed": boxed(report, person),
        }
    return {
        "report": report,
        "others": [one for one in sent if report is None or one.pk != report.pk],
        "form": CommentForm(),
        "leads_to_statuses": sits,
        "breadcrumbs": [Crumb(_("Reports to the executive board"))],
        **more,
    }


def boxed(report: BoardReport, person: Person) -> dict[str, Any]:
    """Return the rows of the box of requests; nothing for a report that has none."""
    parts = BOARD.shown_parts(report, person)
    if not any(one.pictures for one in parts):
        return {}
    reads = any(one.code == ASKS and one.text for one in parts)
    return {"rows": BOARD.requests_of(report) if reads else [], "is_there": True}
