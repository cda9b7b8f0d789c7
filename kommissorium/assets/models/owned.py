"""What assets have to do with each other, and whether they have the owners they need."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import held_on
from kommissorium.assets.models.assets import Asset, Ownership
from kommissorium.assets.models.attestation import Statement
from kommissorium.assets.models.kinds import WANTED_ROLES, Kind, PersonalData, Role
from kommissorium.measures.days import year_before


class Relation(models.Model):
    """A relation between two assets. Read from the first: it is `kind` the second."""

    class Kind(models.TextChoices):
        STORED_IN = "stored_in", _("is stored in")
        FEEDS = "feeds", _("gives data to")
        BACKED_UP_BY = "backed_up_by", _("is backed up by")
        RUNS_ON = "runs_on", _("runs on")

    from_asset = models.ForeignKey(Asset, models.PROTECT, related_name="relations_out")
    kind = models.CharField(_("relation"), max_length=15, choices=Kind.choices)
    to_asset = models.ForeignKey(Asset, models.PROTECT, related_name="relations_in")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_asset", "kind", "to_asset"], name="one_relation_of_a_kind"
            ),
            models.CheckConstraint(
                condition=~models.Q(from_asset=models.F("to_asset")),
                name="no_relation_to_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_asset_id} {self.kind} {self.to_asset_id}"


NO_PERSONAL_DATA: Final = f",{PersonalData.NONE},"


def owned(day: date) -> Q:
    """Return the condition that an asset has the owner its kind wants, and they have not left."""
    any_of = Q()
    for kind, roles in WANTED_ROLES.items():
        has: Any = Exists(_held(day).filter(role__in=roles, asset=OuterRef("pk")))
        any_of |= Q(kind=kind) & Q(has)
    return any_of


def confirmed(day: date) -> Q:
    """Return the condition that its owner has confirmed within twelve months that they are so."""
    any_of = Q()
    for kind, roles in WANTED_ROLES.items():
        held = _held(day).filter(confirmed_by_owner(day), role__in=roles, asset=OuterRef("pk"))
        any_of |= Q(kind=kind) & Q(Exists(held))
    return any_of


def confirmed_by_owner(day: date) -> Q:
    """Return the condition on a role that whoever has it has said within twelve months that it is
    theirs: that all is right, or what is to be corrected."""
    said = Statement.objects.filter(
        answer__in=(Statement.Answer.CORRECT, Statement.Answer.CHANGE),
        answered_at__date__range=(year_before(day), day),
        asked__person=OuterRef("person"),
        asset=OuterRef("asset"),
        role=OuterRef("role"),
    )
    return Q(Exists(said.order_by()))


def most_alike(day: date) -> int:
    """Return the most assets that one person was made the owner of on one day and has not
    confirmed."""
    wanted = Q()
    for kind, roles in WANTED_ROLES.items():
        wanted |= Q(asset__kind=kind, role__in=roles)
    rows = _held(day).filter(wanted, asset__in=Asset.objects.on(day))
    counted = rows.exclude(confirmed_by_owner(day)).values("person", "from_date")
    counted = counted.annotate(number=Count("asset", distinct=True)).order_by("-number")
    return next(iter(counted.values_list("number", flat=True)[:1]), 0)


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
