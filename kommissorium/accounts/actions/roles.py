"""Actions on roles in the whole organisation: give and end them, with a second person's yes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.actions.confirmations import note_confirmed
from kommissorium.accounts.actions.email_changes import invite_unproven
from kommissorium.accounts.actions.ending import end_of, end_open_sessions, moment_of
from kommissorium.accounts.actions.notices import tell
from kommissorium.accounts.actions.second_yes import ask_once, note_answer
from kommissorium.accounts.models import (
    Municipality,
    OrganisationRole,
    Person,
    RoleNomination,
    held_on,
)
from kommissorium.core.backdating import reason_for
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused

Kind = OrganisationRole.Kind
MISSED = (Kind.ADMINISTRATOR, Kind.COORDINATOR, Kind.EXECUTIVE)  # without one, much stands still


@transaction.atomic
def give_role(
    person: Person,
    kind: str,
    *,
    by: Person | None,
    from_date: date,
    to_date: date | None = None,
    because: str = "",
) -> OrganisationRole:
    """Give a role from a date on, which needs no second yes; `because` says why from one before
    today.

    Raises Refused when the person has it in that time, and for a day that is over without that.
    """
    if by and not OrganisationRole.can_be_given_by(by, kind):
        raise PermissionDenied
    if OrganisationRole.needs_second_yes(by):
        raise PermissionDenied
    refuse_role(person, kind, from_date, to_date)
    reason = reason_for(from_date, because)
    return write_role(
        person, kind, by=by, from_date=from_date, to_date=to_date, because=reason, asked_by=None
    )


def refuse_role(person: Person, kind: str, from_date: date, to_date: date | None) -> None:
    """Raise Refused for an end before the start, and when the person has the role in that time."""
    if to_date and to_date < from_date:
        raise Refused(to_date=_("The last day lies before the first."))
    overlap = Q(to_date=None) | Q(to_date__gte=from_date)
    if to_date:
        overlap &= Q(from_date__lte=to_date)
    if person.roles.filter(overlap, kind=kind).exists():
        raise Refused(kind=_("The person already has this role in that time."))


def write_role(
    person: Person,
    kind: str,
    *,
    by: Person | None,
    from_date: date,
    to_date: date | None,
    because: str,
    asked_by: Person | None,
) -> OrganisationRole:
    """Write a role and its event. The event says who asked for it, or that it was the set-up."""
    role = OrganisationRole.objects.create(
        person=person, kind=kind, from_date=from_date, to_date=to_date, from_because=because
    )
    facts = {"kind": kind, "from": from_date, "to": to_date, "because": because}
    event = record("accounts.role_given", person, by=by, facts=facts | how_agreed(by, asked_by))
    if by:
        tell(event, person)
    if by and asked_by:
        note_confirmed(person, by=by)
    return role


def how_agreed(by: Person | None, asked_by: Person | None) -> dict[str, Any]:
    """Return the facts of who agreed: two people, or one alone while all is being set up."""
    if asked_by:
        return {"asked_by": str(asked_by.pseudonym)}
    return {"in_setup": True} if by and Municipality.is_being_set_up() else {}


@transaction.atomic
def end_role(
    role: OrganisationRole,
    *,
    by: Person,
    to_date: date,
    because: str = "",
    at_once: bool = False,
) -> None:
    """Let a role end with a date; `because` says why with one before today.

    `at_once` ends it this moment, and the person's sessions, whatever the date. Raises Refused for
    the last one's who may not be missed, and for a day that is over without a reason.
    """
    if not OrganisationRole.can_be_given_by(by, role.kind):
        raise PermissionDenied
    if role.has_ended_by(timezone.localdate()):
        raise Refused(to_date=_("It has been done already."))
    if not at_once and to_date < role.from_date:
        raise Refused(to_date=_("The last day lies before the first."))
    if sentence := last_of_kind(role.person, role.kind):
        raise Refused(to_date=sentence)
    ends = end_of(to_date, because, at_once=at_once)
    OrganisationRole.objects.filter(pk=role.pk).update(**ends)
    if at_once:
        end_open_sessions(role.person)
    facts = {"kind": role.kind, "to": ends["to_date"], "because": ends["to_because"]}
    event = record("accounts.role_ended", role.person, by=by, facts=facts | moment_of(ends))
    tell(event, role.person)


def last_of_kind(person: Person, kind: str) -> str:
    """Return why the role cannot be taken from the person: nobody else has it for good; else ""."""
    today = timezone.localdate()
    if kind not in MISSED or kind not in person.roles_on(today):
        return ""
    lasting = OrganisationRole.objects.filter(
        held_on(today), kind=kind, to_date=None, person__is_active=True
    )
    if lasting.exclude(person=person).exists():
        return ""
    text = _("Nobody else has the role %(role)s for good. Give it to somebody else first.")
    return text % {"role": OrganisationRole.Kind(kind).label}


def last_of_any(person: Person) -> str:
    """Return why the person cannot be missed today: the last of a kind; else ""."""
    return next(filter(None, (last_of_kind(person, kind) for kind in MISSED)), "")


def give_or_ask(
    person: Person,
    kind: str,
    *,
    by: Person | None,
    from_date: date,
    to_date: date | None = None,
    because: str = "",
) -> OrganisationRole | RoleNomination:
    """Give a role, or ask for the second yes it needs."""
    if by and OrganisationRole.needs_second_yes(by):
        return nominate_for_role(
            person, kind, by=by, from_date=from_date, to_date=to_date, because=because
        )
    return give_role(person, kind, by=by, from_date=from_date, to_date=to_date, because=because)


@transaction.atomic
def nominate_for_role(
    person: Person,
    kind: str,
    *,
    by: Person,
    from_date: date,
    to_date: date | None = None,
    because: str = "",
) -> RoleNomination:
    """Ask for a role; somebody else says yes. Raises Refused as giving it does."""
    if not OrganisationRole.can_be_given_by(by, kind):
        raise PermissionDenied
    refuse_role(person, kind, from_date, to_date)
    nomination = RoleNomination(
        person=person,
        kind=kind,
        by=by,
        from_date=from_date,
        to_date=to_date,
        because=reason_for(from_date, because),
    )
    ask_once(nomination, _("This role waits for a second person's yes already."))
    facts = {"kind": kind, "from": from_date, "to": to_date, "because": nomination.because}
    tell(record("accounts.role_nominated", person, by=by, facts=facts), person, asks=nomination)
    return nomination


@transaction.atomic
def accept_role_nomination(nomination: RoleNomination, *, by: Person) -> OrganisationRole:
    """Say yes: the role begins, not before today. Raises Refused where it cannot be given any more."""
    note_answer(nomination, by=by, accepted=True)
    asker = nomination.by
    if not (asker.is_active and OrganisationRole.can_be_given_by(asker, nomination.kind)):
        sentence = _("%(name)s, who asked, may no longer give this role. Say no.")
        raise Refused(sentence % {"name": asker.name})
    person, kind = nomination.person, nomination.kind
    refuse_role(person, kind, nomination.begins, nomination.to_date)
    invite_unproven(person, by=by, asked_by=asker)
    return write_role(
        person,
        kind,
        by=by,
        from_date=nomination.begins,
        to_date=nomination.to_date,
        because=nomination.because,
        asked_by=asker,
    )


@transaction.atomic
def refuse_role_nomination(nomination: RoleNomination, *, by: Person) -> None:
    """Say no, or take back what one asked for."""
    note_answer(nomination, by=by, accepted=False)
    person, facts = nomination.person, {"kind": nomination.kind}
    tell(record("accounts.role_refused", person, by=by, facts=facts), person)
