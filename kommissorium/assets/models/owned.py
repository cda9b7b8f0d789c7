"""Query conditions for whether assets have the owners they need."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from kommissorium.accounts.models import held_on
from kommissorium.assets.models.assets import Ownership
from kommissorium.assets.models.kinds import WANTED_ROLES, Kind, PersonalData, Role
from kommissorium.assets.models.relations import Relation

NO_PERSONAL_DATA: Final = f",{PersonalData.NONE},"


def owned(day: date) -> Q:
    """Return the condition that an asset has the owner its kind wants, and they have not left."""
    any_of = Q()
    for kind, roles in WANTED_ROLES.items():
        has: Any = Exists(_held(day).filter(role__in=roles, asset=OuterRef("pk")))
        any_of |= Q(kind=kind) & Q(has)
    return any_of


def unclassified() -> Q:
    """Return the condition that its personal data or its criticality is not filled in.

    These are what is demanded of an asset by.
    """
    return Q(personal_data="") | Q(criticality="")


def needs_data_owner() -> Q:
    """Return the condition that it needs a data owner besides its own: a system with personal data.

    One that is not classified counts as one: what is left empty spares nobody.
    """
    return Q(kind=Kind.SYSTEM) & (unclassified() | ~Q(personal_data=NO_PERSONAL_DATA))


def has_data_owner(day: date) -> Q:
    """Return the condition that it has a data owner, or that a data set stored in it has one."""
    own = _held(day).filter(role=Role.DATA_OWNER, asset=OuterRef("pk"))
    # It begins at the relations of the one system, which are few.
    theirs = {"role": Role.DATA_OWNER, "asset__kind": Kind.DATA_SET}
    stored = Relation.objects.filter(
        Exists(_held(day).filter(**theirs, asset=OuterRef("from_asset"))),
        Q(from_asset__ended_on=None) | Q(from_asset__ended_on__gt=day),
        from_asset__registered_on__lte=day,
        kind=Relation.Kind.STORED_IN,
        to_asset=OuterRef("pk"),
    )
    return Q(Exists(own)) | Q(Exists(stored.order_by()))


def without_data_owner(day: date) -> Q:
    """Return the condition that it needs a data owner and has none."""
    return needs_data_owner() & ~has_data_owner(day)


def _held(day: date) -> QuerySet[Ownership]:
    """Return the roles that people have on the day.

    A person who has left counts as an owner until the day their login was closed; that day is
    not kept, so only today's answer takes it into account.
    """
    held = Ownership.objects.filter(held_on(day)).order_by()
    return held.filter(person__is_active=True) if day >= timezone.localdate() else held
