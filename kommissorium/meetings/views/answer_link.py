"""Answer by the link in a mail, without signing in. Shows nobody but the person themself."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kommissorium.core.refusals import Refused
from kommissorium.core.ui.responses import page
from kommissorium.meetings.actions.answers import answer
from kommissorium.meetings.emails import attendance_of
from kommissorium.meetings.entitled_people import deputy_on_list
from kommissorium.meetings.forms.call import ANSWERS, ApologyForm
from kommissorium.meetings.models import Attendance, Meeting

TEMPLATE = "meetings/answer_by_link.html"
COMMENTED = (Attendance.Answer.TENTATIVE, Attendance.Answer.DECLINED)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show when and where with three buttons; only pressing one changes anything."""
    found = attendance_of(token)
    if found is None:
        raise Http404
    attendance, is_still_then = found
    language = _language(request, attendance)
    with translation.override(language):
        request.LANGUAGE_CODE = language
        if request.method == "POST":
            response = _take(request, attendance, is_moved=not is_still_then)
        else:
            response = _shown(request, attendance, is_moved=not is_still_then)
        if isinstance(response, TemplateResponse):
            response.render()
    response.headers["Content-Language"] = language
    return response


def _language(request: HttpRequest, attendance: Attendance) -> str:
    """Return the language that was chosen on such a page, else that of the person."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else attendance.person.language


def _take(request: HttpRequest, attendance: Attendance, *, is_moved: bool) -> HttpResponse:
    # What was shown when the button was pressed: the meeting may have been moved since.
    if request.POST.get("moment") != _moment(attendance.meeting):
        return _shown(request, attendance, is_moved=True, status=HTTPStatus.BAD_REQUEST)
    form = ApologyForm(request.POST) if "details" in request.POST else None
    if form and not form.is_valid():
        status = HTTPStatus.BAD_REQUEST
        return _shown(request, attendance, is_moved=is_moved, form=form, status=status)
    details = form.cleaned_data if form else {}
    try:
        answer(
            attendance,
            by=attendance.person,
            answer=request.POST.get("answer", ""),
            way=Attendance.Way.LINK,
            apology=details.get("apology", ""),
            deputy=details.get("deputy") if form else None,
        )
    except Refused as refused:
        sentences = list(refused.errors.values())
        status = HTTPStatus.BAD_REQUEST
        return _shown(request, attendance, is_moved=is_moved, refusals=sentences, status=status)
    return redirect(request.path)


def _shown(
    request: HttpRequest,
    attendance: Attendance,
    *,
    is_moved: bool,
    form: ApologyForm | None = None,
    refusals: list[str] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    meeting = attendance.meeting
    if not meeting.takes_answers:
        return page(request, TEMPLATE, {"meeting": meeting}, status=HTTPStatus.GONE)
    chosen = "" if is_moved else request.GET.get("answer", "")
    context: dict[str, Any] = {
        "meeting": meeting,
        "attendance": attendance,
        "moment": _moment(meeting),
        "is_moved": is_moved,
        "chosen": chosen if chosen in dict(ANSWERS) else "",
        "refusals": refusals or [],
    }
    if attendance.answer in COMMENTED:
        context["details"] = form or _details(attendance)
    return page(request, TEMPLATE, context, status=status)


def _details(attendance: Attendance) -> ApologyForm:
    declined = attendance.answer == Attendance.Answer.DECLINED
    deputy = deputy_on_list(attendance) if declined else None
    initial = {"apology": attendance.apology, "deputy": bool(deputy and deputy.stands_in)}
    form = ApologyForm(initial=initial)
    if deputy is None:
        del form.fields["deputy"]
    return form


def _moment(meeting: Meeting) -> str:
    return meeting.starts_at.isoformat()
