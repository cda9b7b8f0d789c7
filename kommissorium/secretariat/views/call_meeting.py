"""Call a meeting, and see what has changed since."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Committee
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.forms import add_refusal
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import invalid, page
from kommissorium.meetings.actions.call import last_day_of_call
from kommissorium.meetings.forms.call import CallForm
from kommissorium.meetings.models import Meeting
from kommissorium.secretariat.actions.cycle import call
from kommissorium.secretariat.call_preview import CallPreview, call_preview
from kommissorium.secretariat.changes_since_call import changes_since_call
from kommissorium.secretariat.live_facts import live_facts


@require_http_methods(["GET", "POST"])
def meeting_call(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the call will do, and call the meeting."""
    person = person_of(request)
    found = _meeting(request, pk)
    _require_callable(found, keeps=found.is_kept)
    last_day = last_day_of_call(found)
    is_late = timezone.localdate() > last_day
    form = CallForm(request.POST if request.method == "POST" else None, is_late=is_late)
    ahead = call_preview(found)
    if form.is_bound and form.is_valid():
        try:
            call(found, by=person, late_because=form.cleaned_data.get("late_because", ""))
        except Refused as refused:
            add_refusal(form, refused)
        else:
            _tell(request, ahead)
            return redirect(found)
    context: dict[str, Any] = {
        "meeting": found,
        "form": form,
        "last_day": last_day,
        "is_late": is_late,
        "preview": ahead,
        "breadcrumbs": [*_crumbs(found), Crumb(_("Call the meeting"))],
    }
    return (invalid if form.is_bound else page)(request, "secretariat/call.html", context)


@require_GET
def meeting_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what has changed since the call, in what the reader may see."""
    found = _meeting(request, pk)
    context = {
        "meeting": found,
        "changed": changes_since_call(found, person_of(request)),
        "breadcrumbs": [*_crumbs(found), Crumb(_("Changed since the call"))],
    }
    return page(request, "secretariat/changes.html", context)


@require_GET
def meeting_registers(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the registers say now under each item the reader may see, until the call."""
    found = _meeting(request, pk)
    context = {
        "meeting": found,
        "told": live_facts(found, person_of(request)),
        "breadcrumbs": [*_crumbs(found), Crumb(_("What the registers say now"))],
    }
    return page(request, "secretariat/live_facts.html", context)


def _meeting(request: HttpRequest, pk: int) -> Any:
    """Return the meeting, and as `is_kept` whether the reader prepares its committee."""
    person = person_of(request)
    kept = Committee.objects.prepared_by(person).filter(pk=OuterRef("committee"))
    visible = Meeting.objects.visible_to(person).annotate(is_kept=Exists(kept))
    visible = visible.filter(registered_at=None)
    return get_object_or_404(visible.select_related("committee", "call__record"), pk=pk)


def _require_callable(meeting: Meeting, *, keeps: bool) -> None:
    """Raise PermissionDenied if one does not keep the meeting, Refused when it is past that."""
    if not keeps:
        raise PermissionDenied
    if meeting.state == Meeting.State.PLANNED:
        return
    if meeting.state == Meeting.State.CANCELLED:
        raise Refused(_("The meeting is cancelled and cannot be called."))
    text = _("The meeting has been called already, as number %(number)s.")
    raise Refused(text % {"number": meeting.label})


def _tell(request: HttpRequest, ahead: CallPreview) -> None:
    count = len(ahead.mailed)
    text = ngettext(
        "The meeting is called. The agenda goes to %(count)d person.",
        "The meeting is called. The agenda goes to %(count)d people.",
        count,
    )
    messages.success(request, text % {"count": count})
    for person in ahead.departed:
        text = _("%(name)s has left and gets no mail. Give their place to somebody else.")
        messages.warning(request, text % {"name": person.name})
    for person in ahead.without_mail:
        text = _("%(name)s has no e-mail address. Hand the agenda over on paper.")
        messages.warning(request, text % {"name": person.name})


def _crumbs(meeting: Meeting) -> list[Crumb]:
    return [
        Crumb(_("Meetings"), reverse("meetings")),
        Crumb(str(meeting), meeting.get_absolute_url()),
    ]
