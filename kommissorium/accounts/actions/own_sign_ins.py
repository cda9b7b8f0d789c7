"""A person's own sign-ins: where they are, and ended by that person one by one or all but this."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY as METHODS
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import DIRECTORY
from kommissorium.core.evidence.actions import record

STARTED, SEEN, BROWSER = "started_at", "seen_at", "browser"  # in the session
OTHERS: Final = "others"  # all sign-ins but this one
# What a browser and its system call themselves; the first that is there is meant.
BROWSERS: Final = {"Edg": "Edge", "Firefox": "", "OPR": "Opera", "Chrome": "", "Safari": ""}
SYSTEMS: Final = {"Windows": "", "Android": "", "iPhone": "", "iPad": "", "Mac OS": "", "Linux": ""}


@dataclass(frozen=True)
class SignIn:
    """A sign-in that lasts; by its name nobody can take it over."""

    name: str
    browser: str
    started: datetime
    seen: datetime
    is_this: bool


def browser_of(agent: str) -> str:
    """Return the browser and the system that a browser says it is, as "Firefox, Windows"."""
    found = (
        next((shown or name for name, shown in names.items() if re.search(rf"\b{name}", agent)), "")
        for names in (BROWSERS, SYSTEMS)
    )
    return ", ".join(filter(None, found))


def sign_ins_of(person: Person, this: str | None) -> list[SignIn]:
    """Return where a person is signed in, the newest first; `this` is the key of the own session."""
    found = [
        SignIn(
            _name(key),
            str(kept.get(BROWSER) or _("Unknown browser")),
            datetime.fromisoformat(kept[STARTED]),
            datetime.fromisoformat(kept.get(SEEN, kept[STARTED])),
            key == this,
        )
        for key, kept in _sessions(person)
        if STARTED in kept
    ]
    return sorted(found, key=lambda one: one.started, reverse=True)


@transaction.atomic
def end_sign_ins(person: Person, which: str, *, this: str | None) -> int:
    """End a person's sign-in of that name, or all OTHERS than this; return how many there were."""
    keys = [
        key
        for key, _kept in _sessions(person)
        if (key != this if which == OTHERS else _name(key) == which)
    ]
    if keys:
        Session.objects.filter(pk__in=keys).delete()
        record("accounts.sign_ins_ended", person, by=person, facts={"number": len(keys)})
    return len(keys)


@transaction.atomic
def end_with_directory(person: Person) -> int:
    """End what somebody began by the directory who has signed out there; return how many there were."""
    keys = [
        key
        for key, kept in _sessions(person)
        if any(proof.get("method") == DIRECTORY for proof in kept.get(METHODS, []))
    ]
    if keys:
        Session.objects.filter(pk__in=keys).delete()
        record("accounts.directory_left", person, by=None, facts={"number": len(keys)})
    return len(keys)


def _sessions(person: Person) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield key and content of every session that is still good for the person."""
    bound = person.get_session_auth_hash()
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator(500):
        kept = session.get_decoded()
        if kept.get(SESSION_KEY) == str(person.pk) and constant_time_compare(
            kept.get(HASH_SESSION_KEY, ""), bound
        ):
            yield session.pk, kept


def _name(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:32]
