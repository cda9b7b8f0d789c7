"""The executive board's own page: the report, the reports before, one's comment, and receipt."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kommissorium.accounts.models import Person, held_on
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Holding
from kommissorium.core.ui.form_pages import attempt
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import page
from kommissorium.reports.actions.board_notes import comment, confirm_receipt
from kommissorium.reports.board_forms import CommentForm
from kommissorium.reports.board_proposal import BOARD
from kommissorium.reports.models import BoardNote, BoardReport

PAGE = "reports/executive_report.html"


@require_GET
def executive_reports(request: HttpRequest) -> HttpResponse:
    """Show the newest report that the executive board was sent."""
    sent = _sent_to(person_of(request))
    return page(request, PAGE, _context(request, sent[0] if sent else None, sent))


@require_GET
def report_to_executive(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one of the reports that the executive board was sent."""
    sent = _sent_to(person_of(request))
    return page(request, PAGE, _context(request, _one(sent, pk), sent))


@require_POST
def executive_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that the report was received."""
    person = person_of(request)
    found = _one(_sent_to(person), pk)
    if not found.is_received_by(person):
        confirm_receipt(found, by=person)
    messages.success(request, _("Thank you. It is noted that you have received it."))
    return redirect("report_to_executive", found.pk)


@require_POST
def executive_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Comment on the report."""
    person = person_of(request)
    sent = _sent_to(person)
    found, form = _one(sent, pk), CommentForm(request.POST)
    if attempt(form, lambda: comment(found, form.cleaned_data["text"], by=person)) is None:
        context = _context(request, found, sent) | {"form": form}
        return page(request, PAGE, context, status=HTTPStatus.BAD_REQUEST)
    messages.success(request, _("Your comment stands with the report. The committee reads it."))
    return redirect("report_to_executive", found.pk)


def _sent_to(person: Person) -> list[BoardReport]:
    """Return the reports that were sent, the newest first. Raises Http404 for nobody of the board."""
    if not BoardNote.can_be_answered_by(person):
        raise Http404
    rows = BOARD.visible_to(person).filter(state="approved").prefetch_related("notes__by")
    return [one for one in rows if one.sent]


def _one(sent: list[BoardReport], pk: int) -> BoardReport:
    found = next((one for one in sent if one.pk == pk), None)
    if found is None:
        raise Http404
    return found


def _context(
    request: HttpRequest, report: BoardReport | None, sent: list[BoardReport]
) -> dict[str, Any]:
    person = person_of(request)
    sits = Holding.objects.filter(held_on(timezone.localdate()), person=person).exists()
    more: dict[str, Any] = {}
    if report:
        more = {
            "parts": BOARD.shown_parts(report, person),
            "is_whole": True,
            "title": BOARD.title_of(report),
            "is_received": report.is_received_by(person),
            "is_own": bool(report.sent and report.sent.by_id == person.pk),
        }
    return {
        "report": report,
        "others": [one for one in sent if report is None or one.pk != report.pk],
        "form": CommentForm(),
        "leads_to_statuses": sits,
        "breadcrumbs": [Crumb(_("Reports to the executive board"))],
        **more,
    }
