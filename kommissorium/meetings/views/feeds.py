"""Calendar feeds of a person's meetings, behind secret addresses."""

from __future__ import annotations

from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Committee
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.forms import add_refusal
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import invalid, page
from kommissorium.meetings.actions.calendar_programs import hash_of, open_feed, revoke_feed
from kommissorium.meetings.calendar_entries import calendar_file
from kommissorium.meetings.forms.call import FeedForm
from kommissorium.meetings.models import CalendarFeed, Meeting

TEMPLATE = "meetings/calendar_feeds.html"
ICS = "text/calendar; charset=utf-8; method=PUBLISH"
# Calendars may keep what they got and ask whether it is new; nobody between may.
CACHING = "private, no-cache"
MOST_MEETINGS = 300


@require_GET
def calendar_feeds(request: HttpRequest) -> HttpResponse:
    """Show the addresses the person has open, and offer one more."""
    return page(request, TEMPLATE, _context(person_of(request)))


@require_POST
def calendar_feed_add(request: HttpRequest) -> HttpResponse:
    """Open an address and show it, this once."""
    person = person_of(request)
    form = _form(person, request)
    if form.is_valid():
        try:
            _feed, secret = open_feed(person, form.committee(), by=person)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            path = reverse("calendar_feed", args=[secret])
            address = f"{settings.SITE_URL}{path}"
            scheme = f"webcal://{urlsplit(settings.SITE_URL).netloc}{path}"
            shown = {"new_address": address, "new_webcal": scheme}
            wheel_path = reverse("wheel_calendar", args=[secret])
            shown["new_wheel_address"] = f"{settings.SITE_URL}{wheel_path}"
            return page(request, TEMPLATE, {**_context(person), **shown})
    return invalid(request, TEMPLATE, {**_context(person), "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_feed_revocation(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an address: calendars that use it get nothing more."""
    person = person_of(request)
    feed = get_object_or_404(person.calendar_feeds.open(), pk=pk)
    if request.method == "POST":
        revoke_feed(feed, by=person)
        messages.success(request, _("The address is closed."))
        return redirect("calendar_feeds")
    context = {
        "title": _("Close the address"),
        "text": _("Calendars that use it get nothing more. It cannot be opened again."),
        "submit_label": _("Close the address"),
        "cancel_url": reverse("calendar_feeds"),
        "danger": True,
        "breadcrumbs": [*_crumbs(here=False), Crumb(_("Close the address"))],
    }
    return page(request, "ui/confirm.html", context)


@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Hand out what the person may follow now. Raises Http404 for an address not in use."""
    feeds = CalendarFeed.objects.open().select_related("person", "committee")
    feed = feeds.filter(secret_hash=hash_of(secret)).first()
    if feed is None:
        raise Http404
    visible = Meeting.objects.visible_to(feed.person).filter(registered_at=None)
    visible = visible.select_related("committee")
    if feed.committee:
        visible = visible.filter(committee=feed.committee)
    meetings = sorted(
        visible.order_by("-starts_at", "-pk")[:MOST_MEETINGS], key=lambda one: one.starts_at
    )
    with translation.override(feed.person.language):
        name = feed.committee.name if feed.committee else _("Committee meetings")
        data = calendar_file(meetings, name)
    etag = f'"{sha256(data).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": CACHING}
    response = HttpResponse(data, content_type=ICS, headers=headers)
    return get_conditional_response(request, etag=etag, response=response) or response


def _form(person: Person, request: HttpRequest | None = None) -> FeedForm:
    committees = Committee.objects.visible_to(person)
    return FeedForm(request.POST if request else None, committees=committees)


def _context(person: Person) -> dict[str, object]:
    feeds = list(person.calendar_feeds.open().select_related("committee"))
    return {"form": _form(person), "feeds": feeds, "breadcrumbs": _crumbs(here=True)}


def _crumbs(*, here: bool) -> list[Crumb]:
    url = "" if here else reverse("calendar_feeds")
    return [Crumb(_("Meetings"), reverse("meetings")), Crumb(_("Your own calendar"), url)]
