"""Answers to a meeting: the list, one's own answer, and answers from calendar files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.documents.calendar import MOST_REPLY_BYTES
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.forms import add_refusal
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import invalid, page
from kommissorium.core.ui.todo import way_back
from kommissorium.meetings.actions.answers import answer, refuse_unanswerable
from kommissorium.meetings.actions.calendar_programs import take_replies
from kommissorium.meetings.answer_page import answer_table
from kommissorium.meetings.entitled_people import deputy_on_list
from kommissorium.meetings.forms.call import AnswerForm, RepliesForm
from kommissorium.meetings.models import Attendance, Meeting


@require_GET
def meeting_answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who is called, what they answered and who leads."""
    found = meeting_of(request, pk)
    if found.registered_at:
        return redirect(found)  # nobody was called
    table = answer_table(found, person_of(request))
    context = {"meeting": found, "table": table, "breadcrumbs": crumbs(found)}
    return page(request, "meetings/answers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def attendance_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer for oneself, or note somebody's answer as the secretary."""
    person, found = person_of(request), attendance_of(request, pk)
    own = found.person_id == person.pk
    if not own and not found.meeting.committee.can_be_prepared_by(person):
        raise PermissionDenied
    refuse_unanswerable(found.meeting)
    deputy = deputy_on_list(found)
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        initial=_as_answered(found, deputy),
        deputy=deputy.person.name if deputy else "",
    )
    if form.is_valid():
        way = Attendance.Way.PAGE if own else Attendance.Way.SECRETARY
        try:
            answer(found, by=person, way=way, **form.values())
        except Refused as refused:
            add_refusal(form, refused)
        else:
            _thank(request, found, deputy)
            return redirect(
                way_back(request) or reverse("meeting_answers", args=[found.meeting_id])
            )
    title = _("Answer the invitation") if own else _("Note an answer")
    context = {
        "form": form,
        "title": title,
        "attendance": found,
        "meeting": found.meeting,
        "own": own,
        "cancel_url": reverse("meeting_answers", args=[found.meeting_id]),
        "breadcrumbs": crumbs(found.meeting, title),
    }
    return (invalid if form.is_bound else page)(request, "meetings/answer_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def replies_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the answers in calendar files and say what was done with each."""
    found = prepared_meeting(request, pk)
    refuse_unanswerable(found)
    posted = request.method == "POST"
    form = RepliesForm(request.POST if posted else None, request.FILES if posted else None)
    title = _("Read answers out of calendar files")
    context: dict[str, Any] = {
        "form": form,
        "meeting": found,
        "breadcrumbs": crumbs(found, title),
        "title": title,
    }
    if form.is_valid():
        files = [(file.name or "", _content(file)) for file in form.cleaned_data["replies"]]
        try:
            context["reports"] = take_replies(found, files, by=person_of(request))
        except Refused as refused:
            add_refusal(form, refused)
        else:
            context["form"] = RepliesForm()
            return page(request, "meetings/replies.html", context)
    return (invalid if form.is_bound else page)(request, "meetings/replies.html", context)


def meeting_of(request: HttpRequest, pk: int) -> Meeting:
    """Return a meeting the person may see. Raises Http404."""
    visible = Meeting.objects.visible_to(person_of(request)).select_related("committee")
    return get_object_or_404(visible, pk=pk)


def prepared_meeting(request: HttpRequest, pk: int) -> Meeting:
    """Return a meeting whose list the person keeps. Raises Http404 or PermissionDenied."""
    found = meeting_of(request, pk)
    if not found.committee.can_be_prepared_by(person_of(request)):
        raise PermissionDenied
    return found


def attendance_of(request: HttpRequest, pk: int) -> Attendance:
    """Return one who is called to a meeting the person may see. Raises Http404."""
    visible = Attendance.objects.visible_to(person_of(request))
    return get_object_or_404(visible.select_related("person", "seat", "meeting__committee"), pk=pk)


def crumbs(meeting: Meeting, here: str = "") -> list[Crumb]:
    """Return the path to the answers of a meeting, or to a page below them."""
    path = [Crumb(_("Meetings"), reverse("meetings"))]
    path.append(Crumb(str(meeting), meeting.get_absolute_url()))
    answers_url = reverse("meeting_answers", args=[meeting.pk]) if here else ""
    path.append(Crumb(_("Answers"), answers_url))
    return [*path, Crumb(here)] if here else path


def _as_answered(attendance: Attendance, deputy: Attendance | None) -> dict[str, Any]:
    return {
        "answer": attendance.answer or None,
        "apology": attendance.apology,
        "deputy": bool(deputy and deputy.stands_in),
    }


def _content(file: UploadedFile[bytes]) -> bytes:
    """Return the file's bytes, one more than can be an answer where there are more."""
    content: bytes = file.read(MOST_REPLY_BYTES + 1)
    return content


def _thank(request: HttpRequest, attendance: Attendance, deputy: Attendance | None) -> None:
    values = {"name": attendance.person.name, "answer": attendance.get_answer_display()}
    messages.success(request, _("Noted: %(name)s – %(answer)s.") % values)
    if deputy is None:
        return
    deputy.refresh_from_db(fields=["stands_in_since"])
    if deputy.stands_in and not deputy.person.email:
        text = _("%(name)s has no e-mail address. Tell them that they stand in.")
        messages.warning(request, text % {"name": deputy.person.name})
