"""Pages of what a report asks the executive board for: the author's form, and the board's answer."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.form_pages import attempt, edit_page, typed
from kommissorium.core.ui.responses import page
from kommissorium.registers.views.proposals import proposal_path
from kommissorium.reports.actions.board_requests import answer_request, write_requests
from kommissorium.reports.board_views import PAGE, executive_context, one_sent, sent_to
from kommissorium.reports.models import BoardReport
from kommissorium.reports.models.board_reports import ASKS
from kommissorium.reports.proposals import BOARD
from kommissorium.reports.request_forms import AnswerForm, RequestsForm
from kommissorium.reports.views import drafted_by


@require_http_methods(["GET", "POST"])
def board_requests(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what a draft asks the executive board for; what waits for it is proposed."""
    _kind, found = drafted_by(request, BOARD.slug, pk)
    part = found.parts.filter(code=ASKS).first() if isinstance(found, BoardReport) else None
    if not isinstance(found, BoardReport) or part is None:
        raise Http404
    form = RequestsForm(typed(request), proposed=_proposed(found), edit_version=part.edit_version)
    if part.is_empty:
        form.initial["nothing"] = True
    title = _("What we ask the executive board for")

    def save() -> None:
        version = form.cleaned_data["edit_version"]
        write_requests(found, form.requests(), version, by=person_of(request))

    return edit_page(
        request,
        form,
        save,
        done=_("It is saved."),
        after=found,
        title=title,
        cancel_url=found.get_absolute_url(),
        breadcrumbs=proposal_path(BOARD, found, title),
    )


def _proposed(report: BoardReport) -> list[dict[str, Any]]:
    """Return what is written, else what the text says, else what the registers would ask for."""
    parts = BOARD.told_parts(report)
    if rows := [one.data for one in report.requests.all()]:
        return rows
    if text := next((one.text for one in parts if one.code == ASKS and one.text), ""):
        return [{"text": text[:240]}]
    if any(one.code == ASKS and one.is_empty for one in parts):
        return []
    return [one for part in parts for one in part.pictures.get("requests", ())]


@require_POST
def executive_answer(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """Answer a request as a member of the executive board."""
    person = person_of(request)
    sent = sent_to(person)
    found, form = one_sent(sent, pk), AnswerForm(request.POST)
    if attempt(form, lambda: answer_request(found, place, **form.cleaned_data, by=person)) is None:
        context = executive_context(request, found, sent)
        context |= {"answered": place, "answer_form": form}
        return page(request, PAGE, context, status=HTTPStatus.BAD_REQUEST)
    messages.success(request, _("Your answer stands with the report. The committee is told."))
    return redirect("report_to_executive", found.pk)
