"""Who is signed in, from a request; asks for password or second step again when it matters."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from kommissorium.accounts.models import Municipality, Person


def person_of(request: HttpRequest) -> Person:
    """Return the person signed in. Raises PermissionDenied for nobody: the middleware stops it."""
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user


def municipality_of(request: HttpRequest) -> Municipality:
    """Return the municipality that the sign-in middleware has fetched for the person signed in."""
    return getattr(request, "municipality", None) or Municipality.current()


def _is_wanted(_request: HttpRequest) -> bool:
    # In the demonstration nobody has a password to prove anything by.
    return not in_demonstration()


def _is_wanted_some_time_after(request: HttpRequest) -> bool:
    proofs = get_authentication_records(request, person_of(request))
    newest = max((proof["at"] for proof in proofs), default=0.0)
    return _is_wanted(request) and time.time() - newest >= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def _is_wanted_by_now(request: HttpRequest) -> bool:
    # Who sets up a municipality has just chosen a password, and has nothing to take over yet.
    return _is_wanted(request) and not Municipality.is_being_set_up()


def in_demonstration() -> bool:
    """Return whether this is a demonstration, by its settings and by its data."""
    return settings.DEMO and Municipality.current().is_demo


def step_up[**P](
    view: Callable[P, HttpResponseBase],
) -> Callable[P, HttpResponseBase]:
    """Let a view ask for password or second step again if the last time was five minutes ago."""
    guarded: Callable[P, HttpResponseBase] = reauthentication_required(enabled=_is_wanted)(view)
    return guarded


def step_up_some_time_after[**P](
    view: Callable[P, HttpResponseBase],
) -> Callable[P, HttpResponseBase]:
    """Let a view ask as step_up does, but that a sign-in of the last five minutes is proof enough:
    what somebody signs who came by a mail and has just signed in."""
    guarded: Callable[P, HttpResponseBase] = reauthentication_required(
        enabled=_is_wanted_some_time_after
    )(view)
    return guarded


def step_up_once_set_up[**P](
    view: Callable[P, HttpResponseBase],
) -> Callable[P, HttpResponseBase]:
    """Let a step of the set-up assistant ask as step_up does, once the set-up is finished."""
    guarded: Callable[P, HttpResponseBase] = reauthentication_required(enabled=_is_wanted_by_now)(
        view
    )
    return guarded
