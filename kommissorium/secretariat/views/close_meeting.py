"""Close a meeting: what is missing or may be forgotten, and the button."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import invalid, page
from kommissorium.meetings.actions.open_and_close import lacks_before_ending, leader_among
from kommissorium.meetings.conduct_page import away, people_at, unnoted, warnings_before_ending
from kommissorium.meetings.models import Meeting
from kommissorium.secretariat.actions.cycle import end


@require_http_methods(["GET", "POST"])
def meeting_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the meeting, once nothing is lacking any more."""
    person = person_of(request)
    visible = Meeting.objects.visible_to(person).select_related("committee")
    meeting = get_object_or_404(visible, pk=pk)
    if not meeting.committee.can_be_prepared_by(person):
        raise PermissionDenied
    if meeting.state != Meeting.State.CALLED:
        return _not_now(request, meeting)
    refused = ""
    if request.method == "POST":
        try:
            end(meeting, by=person)
        except Refused as reason:
            refused = " ".join(reason.errors.values())
        else:
            messages.success(request, _("The meeting is closed. Now the minutes can be sent out."))
            return redirect(meeting)
    context = _context(meeting, refused)
    return (invalid if refused else page)(request, "secretariat/meeting_end.html", context)


def _context(meeting: Meeting, refused: str) -> dict[str, Any]:
    people = people_at(meeting)
    lacks = lacks_before_ending(meeting)
    return {
        "meeting": meeting,
        "lacks": lacks,
        # What the list says already need not be said twice.
        "refused": "" if lacks else refused,
        "warnings": warnings_before_ending(meeting),
        "unnoted": unnoted(people),
        "leader": leader_among(people),
        "present": [one for one in people if one.is_present],
        "absent": away(people),
        "breadcrumbs": [
            Crumb(_("Meetings"), reverse("meetings")),
            Crumb(str(meeting), meeting.get_absolute_url()),
            Crumb(_("Hold the meeting"), reverse("conduct", args=[meeting.pk])),
            Crumb(_("Close the meeting")),
        ],
    }


def _not_now(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    text = (
        _("Call the meeting before you hold it.")
        if meeting.state == Meeting.State.PLANNED
        else _("The meeting has been closed already.")
    )
    messages.info(request, text)
    return redirect(meeting)
