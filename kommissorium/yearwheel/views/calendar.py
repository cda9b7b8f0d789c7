"""A calendar feed of a person's own duties."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kommissorium.committees.models import Committee
from kommissorium.meetings.actions.feeds import hash_of
from kommissorium.meetings.models import CalendarFeed
from kommissorium.yearwheel.register_bundles import bundled
from kommissorium.yearwheel.views import wheels_of
from kommissorium.yearwheel.wheel import Wheel
from kommissorium.yearwheel.wheel_calendar import MEDIA_TYPE, wheel_calendar
from kommissorium.yearwheel.wheel_entries import OPEN_STATES, WheelEntry

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
