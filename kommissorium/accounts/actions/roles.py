"""Actions on roles in the whole organisation: give and end them."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import OrganisationRole, Person, held_on
from kommissorium.core.backdating import reason_for
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused


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
    """Give a role from a date on; `because` says why from one before today.

    Raises Refused when the person has it in that time, and for a day that is over without that.
    """
    if by and not OrganisationRole.can_be_given_by(by, kind):
        raise PermissionDenied
    if to_date and to_date < from_date:
        raise Refused(to_date=_("The end lies before the start."))
    overlap = Q(to_date=None) | Q(to_date__gte=from_date)
    if to_date:
        overlap &= Q(from_date__lte=to_date)
    if person.roles.filter(overlap, kind=kind).exists():
        raise Refused(kind=_("The person already has this role in that time."))
    reason = reason_for(from_date, because)
    role = OrganisationRole.objects.create(
        person=person, kind=kind, from_date=from_date, to_date=to_date, from_because=reason
    )
    facts = {"kind": kind, "from": from_date, "to": to_date, "because": reason}
    record("accounts.role_given", person, by=by, facts=facts)
    return role


@transaction.atomic
def end_role(role: OrganisationRole, *, by: Person, to_date: date, because: str = "") -> None:
    """Let a role end with a date; `because` says why with one before today.

    Raises Refused for the last administrator's, and for a day that is over without a reason.
    """
    if not OrganisationRole.can_be_given_by(by, role.kind):
        raise PermissionDenied
    if role.has_ended_by(timezone.localdate()):
        raise Refused(to_date=_("The role has ended already."))
    if to_date < role.from_date:
        raise Refused(to_date=_("The end lies before the start."))
    if role.kind == OrganisationRole.Kind.ADMINISTRATOR and is_last_administrator(role.person):
        raise Refused(to_date=last_administrator())
    reason = reason_for(to_date, because)
    OrganisationRole.objects.filter(pk=role.pk).update(to_date=to_date, to_because=reason)
    facts = {"kind": role.kind, "to": to_date, "because": reason}
    record("accounts.role_ended", role.person, by=by, facts=facts)


def is_last_administrator(person: Person) -> bool:
    """Return whether nobody would be administrator for good without this person."""
    today, kind = timezone.localdate(), OrganisationRole.Kind.ADMINISTRATOR
    if kind not in person.roles_on(today):
        return False
    lasting = OrganisationRole.objects.filter(
        held_on(today), kind=kind, to_date=None, person__is_active=True
    )
    return not lasting.exclude(person=person).exists()


def last_administrator() -> str:
    """Return the sentence that refuses to take the last administrator away."""
    return _("This is the last administrator. Make somebody else administrator first.")
