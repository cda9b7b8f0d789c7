"""Create and revoke the secret addresses of people's calendar feeds."""

from __future__ import annotations

import secrets
from hashlib import sha256

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.meetings.models import CalendarFeed

SECRET_BYTES = 32
MOST_FEEDS = 20


@transaction.atomic
def open_feed(
    person: Person, committee: Committee | None, *, by: Person
) -> tuple[CalendarFeed, str]:
    """Return a new feed and its secret, which is kept nowhere: only its hash is.

    Without a committee it is of all the person may follow at any time. Raises Refused for more
    than 20 open ones.
    """
    if by != person:
        raise PermissionDenied
    if committee and not Committee.objects.visible_to(person).filter(pk=committee.pk).exists():
        raise PermissionDenied
    if person.calendar_feeds.open().count() >= MOST_FEEDS:
        text = _("You have %(most)d addresses already. Close one first.") % {"most": MOST_FEEDS}
        raise Refused(text)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    feed = CalendarFeed.objects.create(
        person=person, committee=committee, secret_hash=hash_of(secret)
    )
    record("meetings.feed_opened", feed, by=by)
    return feed, secret


@transaction.atomic
def revoke_feed(feed: CalendarFeed, *, by: Person) -> None:
    """Revoke an address, so that it no longer answers. Twice does nothing more."""
    if feed.person_id != by.pk:
        raise PermissionDenied
    if CalendarFeed.objects.filter(pk=feed.pk, revoked_at=None).update(revoked_at=timezone.now()):
        record("meetings.feed_revoked", feed, by=by)


def hash_of(secret: str) -> str:
    """Return what is kept of a secret."""
    return sha256(secret.encode()).hexdigest()
