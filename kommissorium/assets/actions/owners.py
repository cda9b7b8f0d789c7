"""Appoint owners and let them go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.required_documents import follow_reviews
from kommissorium.assets.models import ROLES, Asset, Ownership
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused

MOST_AT_ONCE = 1000  # assets handed over in one act

type Given = tuple[Asset, str, Ownership | None]  # a role of an asset, and who is to have it now


@dataclass(frozen=True, slots=True)
class _Appointment:
    """The person, role and first day of an appointment, and who makes it.

    With `spares_owners` it is only for assets nobody who is still there owns.
    """

    person: Person
    begins: date
    by: Person
    spares_owners: bool = False


@transaction.atomic
def appoint(
    asset: Asset, role: str, person: Person, *, by: Person, from_date: date | None = None
) -> Ownership | None:
    """Give a person a role in an asset from the day on; the former holder loses it.

    None where the person has it already. Raises Refused for a person who has left, a role its
    kind does not have, an asset that has left, a day to come, and one before the last change.
    """
    made = _appoint(asset, role, _allowed(person, by, from_date))
    follow_reviews([asset.pk], by=by)
    return made


@transaction.atomic
def release(ownership: Ownership, *, by: Person, to_date: date | None = None) -> None:
    """End a role on the day (the last one, today when not given); the asset then has nobody.

    Raises Refused for one that has ended, a day to come and a day before it began.
    """
    if not Asset.can_be_added_by(by):
        raise PermissionDenied
    last = to_date or timezone.localdate()
    if last > timezone.localdate():
        raise Refused(to_date=_("The day has not come yet. Choose today or an earlier day."))
    if last < ownership.from_date:
        raise Refused(to_date=_("It had not begun on that day."))
    if not Ownership.objects.current().filter(pk=ownership.pk).update(to_date=last):
        raise Refused(_("It has been done already."))
    ownership.refresh_from_db()
    person = Person.objects.get(pk=ownership.person_id)
    facts = {"role": ownership.role, "person": str(person.pseudonym), "until": last}
    record("assets.owner_released", ownership.asset, by=by, facts=facts)
    follow_reviews([ownership.asset_id], by=by)


@transaction.atomic
def hand_over(
    ownerships: Sequence[Ownership], to: Person, *, by: Person, from_date: date | None = None
) -> int:
    """Hand roles over to a person, all or none; return how many changed hands.

    Raises Refused as appoint does, for a role that has ended or gone to somebody else since it
    was fetched, and for more than a thousand at once.
    """
    given = [(one.asset, one.role, one) for one in ownerships]
    return _appoint_all(given, _allowed(to, by, from_date))


@transaction.atomic
def appoint_to_many(
    assets: Sequence[Asset],
    to: Person,
    *,
    by: Person,
    role: str = "",
    from_date: date | None = None,
) -> int:
    """Make a person the owner of assets without one, all or none; return the number of assets.

    `role` "" is the one the kind of each asks for.

    Raises Refused as appoint does, for an asset that has an owner who is still there, and for
    more than a thousand at once.
    """
    given = [
        (asset, one, None) for asset in assets for one in ([role] if role else asset.wanted_roles)
    ]
    return _appoint_all(given, replace(_allowed(to, by, from_date), spares_owners=True))


def _appoint_all(given: Sequence[Given], wish: _Appointment) -> int:
    if len(given) > MOST_AT_ONCE:
        raise Refused(_("Hand over at most 1000 at a time."))
    made = []
    # In one order, so that two who hand over the same never wait for each other.
    for asset, role, expected in sorted(given, key=lambda one: (one[0].pk, one[1])):
        try:
            made.append(_appoint(asset, role, wish, expected))
        except Refused as refused:
            told = {field: f"{asset.name}: {why}" for field, why in refused.errors.items()}
            raise Refused(**told) from None
    follow_reviews({asset.pk for asset, _role, _expected in given}, by=wish.by)
    return sum(one is not None for one in made)


def _appoint(
    asset: Asset, role: str, wish: _Appointment, expected: Ownership | None = None
) -> Ownership | None:
    person, begins = wish.person, wish.begins
    held = _held(asset, role, begins)
    if expected is not None and (held is None or held.pk != expected.pk):
        raise Refused(_("The owner has been changed meanwhile. Choose again."))
    if held is not None:
        if held.person_id == person.pk:
            return None
        if wish.spares_owners and held.person.is_active:
            raise Refused(_("The owner has been changed meanwhile. Choose again."))
        _end(held, begins)
    made = Ownership.objects.create(asset=asset, role=role, person=person, from_date=begins)
    facts = {"role": role, "person": str(person.pseudonym), "from": begins}
    record("assets.owner_appointed", asset, by=wish.by, facts=facts)
    return made


def _allowed(person: Person, by: Person, from_date: date | None) -> _Appointment:
    """Return the appointment `by` asks for, if possible. Raises PermissionDenied, and Refused."""
    if not Asset.can_be_added_by(by):
        raise PermissionDenied
    if not Person.objects.active().filter(pk=person.pk).exists():
        raise Refused(person=_("%(name)s has left.") % {"name": person.name})
    begins = from_date or timezone.localdate()
    if begins > timezone.localdate():
        raise Refused(from_date=_("The day has not come yet. Choose today or an earlier day."))
    return _Appointment(person, begins, by)


def _held(asset: Asset, role: str, begins: date) -> Ownership | None:
    """Return the current holding, with the asset locked. Raises Refused if no role can be given."""
    # Of two who appoint at once the second waits for the asset and sees what the first did.
    now = Asset.objects.select_for_update().get(pk=asset.pk)
    if now.is_over:
        raise Refused(_("It has been taken out of the register and cannot be changed."))
    if role not in ROLES[now.kind]:
        raise Refused(role=_("This kind does not have that role."))
    rows = list(Ownership.objects.filter(asset=asset, role=role))
    if any(row.to_date and row.to_date > begins for row in rows):
        raise Refused(from_date=_("Somebody else had it until a later day."))
    return next((row for row in rows if row.to_date is None), None)


def _end(held: Ownership, begins: date) -> None:
    last = begins - timedelta(days=1)
    if last < held.from_date:
        if begins < held.from_date:
            raise Refused(from_date=_("Somebody else has had it since a later day."))
        last = held.from_date  # both on the day the one takes over from the other
    Ownership.objects.filter(pk=held.pk).update(to_date=last)
