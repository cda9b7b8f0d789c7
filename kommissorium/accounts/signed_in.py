"""Who is signed in, from a request; asks for password or second step again when it matters."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality, Person
from kommissorium.core.refusals import Refused

DIRECTORY: Final = "directory"  # how somebody signed in, as the library notes it in the session


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


def has_second_step_elsewhere(request: HttpRequest, person: Person) -> bool:
    """Return whether the directory that signed the person in said it had asked for a second step."""
    return any(proof.get("second_step") for proof in by_directory(request, person))


def ask_at_directory(request: HttpRequest, person: Person, *, soon: bool) -> None:
    """Have somebody asked who signed in by the directory and has neither password nor second step.

    Raises ReauthenticationRequired, and Refused where the directory is no longer theirs. `soon` lets
    those go on who have just signed in: so they get a second step.
    """
    proofs = by_directory(request, person)
    if not proofs or get_reauthentication_flows(person):
        return
    last = proofs[-1]
    is_new = time.time() - last["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    if is_new and (soon or last.get("reauthenticated")):
        return
    if person.is_linked:
        raise ReauthenticationRequired
    raise Refused(
        _(
            "Here you are asked for your password or your second step once more, and you have "
            "neither. Sign out, sign in again, and add a second step at once: My account."
        )
    )


def by_directory(request: HttpRequest, person: Person) -> list[dict[str, Any]]:
    """Return when the directory said in this session who one is, the newest last."""
    proofs = get_authentication_records(request, person)
    return [proof for proof in proofs if proof.get("method") == DIRECTORY]


def came_by_directory(request: HttpRequest, person: Person) -> bool:
    """Return whether the directory gave the newest proof in this session of who one is."""
    return (
        get_authentication_records(request, person)[-1:] == by_directory(request, person)[-1:] != []
    )


def broke_glass(request: HttpRequest, person: Person) -> bool:
    """Return whether the emergency login was used in this session: by a password or a passkey."""
    proofs = get_authentication_records(request, person)
    here = any(one.get("method") == "password" or one.get("passwordless") for one in proofs)
    return here and person.breaks_glass


def other_way_refused() -> str:
    """Return what is said to whoever would come in otherwise, where the directory is their only way."""
    name = settings.DIRECTORY.name if settings.DIRECTORY else ""
    return _("Here you sign in by %(name)s.") % {"name": name}


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
