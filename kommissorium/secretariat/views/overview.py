"""The overview, the first page: what waits, calendar and mandate; or a new municipality's steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Committee
from kommissorium.compliance.front import mandate_fronts
from kommissorium.core.ui.responses import page
from kommissorium.core.ui.todo import Todo
from kommissorium.meetings.actions.call import last_day_of_call
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.registers.front import FRONTS
from kommissorium.registers.links import OFFERED
from kommissorium.registers.protocol import Register
from kommissorium.secretariat.actions.owed import ask_for_owed
from kommissorium.secretariat.committee_status import CommitteeStatus, committee_statuses
from kommissorium.secretariat.getting_started import first_steps
from kommissorium.secretariat.owed import (
    can_be_asked_for,
    can_be_asked_for_by,
    debtors_of,
    kept_owed_to,
    owed_to,
)
from kommissorium.secretariat.put_off import in_use
from kommissorium.secretariat.todo import unwritten
from kommissorium.secretariat.waiting import waiting_of
from kommissorium.secretariat.week import week_of


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show a person the day's work."""
    person = person_of(request)
    meeting = _next_meeting(person)
    items = list(meeting.items.all()) if meeting else []
    found = committee_statuses(person)
    waiting = waiting_of(request, person, found)
    led = [status.committee for status in found if status.is_led_by(person)]
    template, more = "secretariat/overview.html", {}
    if person.is_coordinator:
        template, more = "secretariat/monday.html", _monday(person, meeting, items, waiting)
    elif led or person.is_executive:
        template, more = "secretariat/front.html", _front(person, found, led)
    context = {
        **more,
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
        "led": led,
    }
    return page(request, template, context)


def _monday(
    person: Person, meeting: Meeting | None, items: Sequence[AgendaItem], waiting: Sequence[Todo]
) -> dict[str, Any]:
    """Return what a coordinator begins the week with: their hours, others' debts, the next call."""
    owed = kept_owed_to(person)
    is_planned = meeting is not None and meeting.state == Meeting.State.PLANNED
    call_by = last_day_of_call(meeting) if meeting and is_planned else None
    week, call = week_of(waiting), reverse("meeting_call", args=[meeting.pk]) if meeting else ""
    return {
        "week": week,
        "owed": owed,
        "debtors": debtors_of(owed),
        "may_ask": any(map(can_be_asked_for, owed)),
        "call_by": call_by,
        "call_left": (call_by - timezone.localdate()).days if call_by else 0,
        "call": next((one for one in week.later if one.url == call), None),
        "unwritten": unwritten(items),
    }


def _front(
    person: Person, found: Sequence[CommitteeStatus], led: Sequence[Committee]
) -> dict[str, Any]:
    """Return the pictures of who leads: of the registers in use, and of the mandates in force.

    A chair has those of the committees they lead, the executive board those of all.
    """
    today = timezone.localdate()
    asked = [FRONTS.offers[one.code] for one in in_use() if one.code in FRONTS.offers]
    pictures = [draw(person, today) for draw in asked]
    committees = [one.committee for one in found if one.mandate]
    if not person.is_executive:
        committees = [one for one in committees if one in led]
    return {"pictures": pictures, "mandates": mandate_fronts(committees, today)}


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask all who owe something for it, by one mail each."""
    person = person_of(request)
    if not can_be_asked_for_by(person):
        raise Http404
    number = ask_for_owed(by=person)
    text = ngettext("%(number)d mail is on its way.", "%(number)d mails are on their way.", number)
    messages.success(request, text % {"number": number})
    return redirect("overview")


@require_POST
def ask_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask one who owes something for it, by one mail; who owes nothing is not found."""
    person = person_of(request)
    debtor = next((one for one in debtors_of(owed_to(person)) if one.person.pk == pk), None)
    if debtor is None:
        raise Http404
    name = {"name": debtor.person.name}
    if ask_for_owed(by=person, whom=pk):
        messages.success(request, _("A mail to %(name)s is on its way.") % name)
    elif debtor.was_asked:
        messages.info(request, _("%(name)s was asked today already.") % name)
    else:
        messages.error(request, _("No mail reaches %(name)s.") % name)
    return redirect("overview")


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
