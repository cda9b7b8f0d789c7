"""The first page: the next meeting, what waits, the calendar and the mandate."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee, Mandate
from kommissorium.core.ui.responses import page
from kommissorium.meetings.models import Meeting
from kommissorium.meetings.reach import reaches
from kommissorium.secretariat.views import signed_in
from kommissorium.secretariat.waiting import waiting_for


@dataclass(frozen=True)
class InForce:
    """A committee and the mandate it works by today; None where there is none."""

    committee: Committee
    mandate: Mandate | None


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show a person the day's work."""
    person = signed_in(request)
    meeting = Meeting.objects.visible_to(person).coming().select_related("committee").first()
    items = list(meeting.items.all()) if meeting else []
    context = {
        "meeting": meeting,
        "items": items,
        "shows_closed": bool(
            meeting
            and any(item.is_closed for item in items)
            and meeting.committee.shows_closed_to(person)
        ),
        "waiting": waiting_for(person),
        "reaches": reaches(person),
        "in_force": mandates_in_force(person),
    }
    return page(request, "secretariat/overview.html", context)


def mandates_in_force(person: Person) -> list[InForce]:
    """Return the committees with the mandate in force today, in two queries.

    Everybody may read an approved mandate; those who follow committees see theirs alone.
    """
    today = timezone.localdate()
    approved = Mandate.objects.approved().filter(effective_from__lte=today)
    newest = Prefetch("mandates", approved.order_by("-effective_from", "-version"), to_attr="begun")
    visible = Committee.objects.visible_to(person).prefetch_related(newest)
    committees = list(visible) or list(Committee.objects.prefetch_related(newest))
    return [
        InForce(committee, next(iter(getattr(committee, "begun", [])), None))
        for committee in committees
    ]
