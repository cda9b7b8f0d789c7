"""A committee's year as a list, or as a card per month; and a calendar feed of one's duties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date
from hashlib import sha256
from itertools import groupby
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_safe

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Committee
from kommissorium.core.ui.responses import page
from kommissorium.meetings.actions.calendar_programs import hash_of
from kommissorium.meetings.models import CalendarFeed
from kommissorium.yearwheel.forms import WheelFilter
from kommissorium.yearwheel.models import Delegation, Duty, Occurrence, Rhythm
from kommissorium.yearwheel.register_bundles import Folded, bundled, folded
from kommissorium.yearwheel.views import crumbs, wheel_committee, wheels_of
from kommissorium.yearwheel.wheel import Wheel, problems
from kommissorium.yearwheel.wheel_calendar import MEDIA_TYPE, wheel_calendar
from kommissorium.yearwheel.wheel_entries import OPEN_STATES, WheelEntry, narrow, readable

LIST, CARDS = "list", "months"
SHOWN_OWN = 50


@dataclass(frozen=True)
class Month:
    """A month and what is due in it, apart what registers have put there."""

    first: date
    entries: Sequence[WheelEntry]
    folded: Folded | None
    is_now: bool
    is_open: bool

    @property
    def told(self) -> str:
        """Return how much is due in the month, and how much of it is late."""
        inside = [*self.entries, *(self.folded.entries if self.folded else [])]
        number = sum(entry.number for entry in inside)
        late = sum(entry.number for entry in inside if entry.state == "overdue")
        on_wheel = ngettext("%(number)s on the wheel", "%(number)s on the wheel", number)
        told = [on_wheel % {"number": number}]
        if late:
            told.append(
                ngettext("%(number)s overdue", "%(number)s overdue", late) % {"number": late}
            )
        return ", ".join(told)


@require_GET
def yearwheel(request: HttpRequest) -> HttpResponse:
    """Show whose wheels there are and what is the person's own; one wheel alone opens at once."""
    person = person_of(request)
    committees: Sequence[Any] = list(wheels_of(person))
    if len(committees) == 1:
        return redirect("wheel", committees[0].pk, timezone.localdate().year)
    asked = Delegation.objects.live().filter(to_person=person).values("occurrence")
    own = Q(duty__responsible_person=person) | Q(pk__in=asked)
    shown = Occurrence.objects.open().filter(own).select_related("duty", "meeting")[:SHOWN_OWN]
    context = {"committees": committees, "mine": list(shown), "today": timezone.localdate()}
    return page(request, "yearwheel/yearwheel.html", context)


@require_GET
def wheel_year(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """Show what is on the wheel in a year, whatever the year is."""
    if not 1 <= year <= MAXYEAR:
        raise Http404
    committee, person = wheel_committee(request, pk), person_of(request)
    may_keep = committee.follows and Duty.can_be_added_by(person, committee)
    wheel = Wheel(committee)
    found = wheel.entries(date(year, 1, 1), date(year, 12, 31))
    entries = readable(found, person, follows=committee.follows)
    narrowed = WheelFilter(request.GET, entries)
    shown = bundled(narrow(entries, narrowed.filters), narrowed.filters.person)
    context = {
        "committee": committee,
        "year": year,
        "today": wheel.today,
        "view": CARDS if request.GET.get("view") == CARDS else LIST,
        "months": _months(shown, year, wheel.today),
        "narrowed": narrowed,
        "count": sum(entry.number for entry in shown),
        "late": sum(entry.number for entry in shown if entry.state == "overdue"),
        "has_duties": bool(wheel.duties),
        "may_keep": may_keep,
        "selectable": {
            one.occurrence
            for one in shown
            if one.can_be_chosen and (may_keep or one.concerns(person))
        },
        "events": _events(wheel, person, follows=committee.follows),
        "problems": problems(wheel) if may_keep else [],
        "neighbours": _neighbours(committee.pk, year),
        "breadcrumbs": crumbs(f"{committee.name}: {year}"),
    }
    return page(request, "yearwheel/year.html", context)


def _months(entries: Sequence[WheelEntry], year: int, today: date) -> list[Month]:
    by_month = {
        month: list(group) for month, group in groupby(entries, key=lambda entry: entry.due.month)
    }
    return [
        Month(
            date(year, month, 1),
            [entry for entry in by_month.get(month, []) if not entry.register_title],
            folded(by_month.get(month, [])),
            is_now=(today.year, today.month) == (year, month),
            is_open=month == (today.month if today.year == year else 1),
        )
        for month in range(1, 13)
    ]


def _events(wheel: Wheel, person: Person, *, follows: bool) -> list[tuple[Any, str]]:
    """Return the duties that wait for something to happen, each with who answers for it."""
    found = []
    for duty in wheel.duties:
        if duty.is_over or duty.is_of_register or duty.rhythm != Rhythm.EVENT:
            continue
        who = wheel.holders.of(duty, wheel.today)
        if follows or (who is not None and who.pk == person.pk):
            found.append((duty, who.name if who else _("None")))
    return found


def _neighbours(pk: int, year: int) -> dict[str, tuple[int, str]]:
    near = {"previous": year - 1, "next": year + 1}
    return {
        name: (one, reverse("wheel_year", args=[pk, one]))
        for name, one in near.items()
        if 1 <= one <= MAXYEAR
    }


# Calendars may keep what they got and ask whether it is new; nobody between may.
CACHING = "private, no-cache"
YEARS_BACK, YEARS_AHEAD = 1, 2


@require_safe
def wheel_calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Hand out what waits for the person, and all that waits where they prepare the meetings.

    It is the address of a calendar of meetings with another beginning, and closes with it.
    Raises Http404 for an address not in use.
    """
    feeds = CalendarFeed.objects.open().select_related("person", "committee")
    feed = feeds.filter(secret_hash=hash_of(secret)).first()
    if feed is None:
        raise Http404
    with translation.override(feed.person.language):
        name = f"{_('Year wheel')}: {feed.committee.name}" if feed.committee else _("Year wheel")
        data = wheel_calendar(_entries(feed), name)
    etag = f'"{sha256(data).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": CACHING}
    response = HttpResponse(data, content_type=MEDIA_TYPE, headers=headers)
    return get_conditional_response(request, etag=etag, response=response) or response


def _entries(feed: CalendarFeed) -> list[WheelEntry]:
    committees = wheels_of(feed.person)
    if feed.committee:
        committees = committees.filter(pk=feed.committee.pk)
    prepared = set(Committee.objects.prepared_by(feed.person).values_list("pk", flat=True))
    wheels = Wheel(*committees)
    kept = {duty.pk for duty in wheels.duties if duty.committee_id in prepared}
    this = timezone.localdate().year
    first, last = date(this - YEARS_BACK, 1, 1), date(this + YEARS_AHEAD, 12, 31)
    return bundled(
        [
            entry
            for entry in wheels.entries(first, last)
            if entry.state in OPEN_STATES | {"projected"}
            and (entry.duty in kept or entry.concerns(feed.person))
        ]
    )
