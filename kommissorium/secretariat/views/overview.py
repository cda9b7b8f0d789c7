"""The overview, the first page: what waits, calendar and mandate; or a new municipality's steps."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.responses import page
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.registers.links import OFFERED
from kommissorium.registers.protocol import Register
from kommissorium.secretariat.committee_status import CommitteeStatus, committee_statuses
from kommissorium.secretariat.getting_started import first_steps
from kommissorium.secretariat.put_off import in_use
from kommissorium.secretariat.waiting import waiting_of


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show a person the day's work."""
    person = person_of(request)
    meeting = _next_meeting(person)
    items = list(meeting.items.all()) if meeting else []
    found = committee_statuses(person)
    waiting = waiting_of(request, person, found)
    context = {
        "first_steps": first_steps(person).besides({one.url for one in waiting}),
        "meeting": meeting,
        "items": items,
        "shows_closed": _shows_closed(meeting, items, person, found),
        "waiting": waiting,
        "late": sum(one.is_late for one in waiting),
        "followed": found,
        "own_registers": _without_line(person) if not found and not person.is_coordinator else [],
        "offers": list(OFFERED.ask_all()),
        "asks_rules": not found and not person.is_coordinator,
        "led": [status.committee for status in found if status.is_led_by(person)],
    }
    return page(request, "secretariat/overview.html", context)


def _next_meeting(person: Person) -> Meeting | None:
    """Return the person's next meeting, planned or called; one query."""
    to_come = Meeting.objects.visible_to(person).filter(
        ends_at__gte=timezone.now(), state__in=[Meeting.State.PLANNED, Meeting.State.CALLED]
    )
    return to_come.select_related("committee").order_by("starts_at", "pk").first()


def _without_line(person: Person) -> list[Register]:
    """Return the registers that are not in the menu of a person who follows no committee."""
    return [one for one in in_use() if one.menu.is_shown_to(person) and not one.menu.for_everybody]


def _shows_closed(
    meeting: Meeting | None,
    items: Sequence[AgendaItem],
    person: Person,
    found: Sequence[CommitteeStatus],
) -> bool:
    if meeting is None or not any(item.is_closed for item in items):
        return False
    own = (one for one in found if one.committee.pk == meeting.committee_id)
    return any(one.shows_closed_to(person) for one in own)


@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """Show every first step, done or not."""
    found = first_steps(person_of(request))
    if not found.steps:
        raise Http404
    return page(request, "secretariat/begin.html", {"first_steps": found, "shows_all": True})
