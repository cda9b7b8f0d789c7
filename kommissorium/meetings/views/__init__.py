"""Pages about meetings, and helpers that several of them need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.actions.readings import note_reading
from kommissorium.accounts.models import Reading
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Committee
from kommissorium.core.files.file_types import FileRefused, media_type
from kommissorium.core.ui.navigation import Crumb
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.meetings.year_plan import obstacle, weeks


def preparable(request: HttpRequest, pk: int) -> Committee:
    """Return the committee: 404 if one may not see it, 403 if one may not prepare meetings."""
    person = person_of(request)
    committee = get_object_or_404(Committee.objects.visible_to(person), pk=pk)
    if not committee.can_be_prepared_by(person):
        raise PermissionDenied
    return committee


def warn_of_obstacles(
    request: HttpRequest, committee: Committee, planned: Sequence[Meeting]
) -> None:
    """Say which of the meetings lie on days one would rather not meet; they are planned still."""
    avoided = weeks(committee.avoided_weeks)
    for meeting in planned:
        day = timezone.localdate(meeting.starts_at)
        if text := obstacle(day, avoided):
            messages.warning(request, f"{day.day}.{day.month}.{day.year}: {text}")


def take_files(form: forms.Form) -> bool:
    """Refuse files that may not come in, before anything is written."""
    for file in form.cleaned_data["attachments"]:
        try:
            media_type(file.read(), file.name)
        except FileRefused as refused:
            form.add_error("attachments", f"{file.name}: {refused}")
        file.seek(0)
    return form.is_valid()


def note_item(request: HttpRequest, item: AgendaItem) -> None:
    """Note that the reader sees an item, where it is closed."""
    if item.is_closed:
        note_reading(item, by=person_of(request), what=Reading.What.CLOSED)


def note_items(request: HttpRequest, meeting: Meeting, items: Iterable[AgendaItem]) -> None:
    """Note that the reader sees these items of the meeting, where one of them is closed."""
    if any(item.is_closed for item in items):
        note_reading(meeting, by=person_of(request), what=Reading.What.CLOSED)


def meeting_crumbs(meeting: Meeting) -> list[Crumb]:
    """Return the path to what belongs to a meeting."""
    return [
        Crumb(_("Meetings"), reverse("meetings")),
        Crumb(str(meeting), meeting.get_absolute_url()),
    ]
