"""Readers of a document: who is to confirm, who has, and how far each area is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import (
    OrganisationRole,
    Person,
    can_sign_in,
    danish_order,
    held_on,
)
from kommissorium.assets.models import Area, Ownership
from kommissorium.committees.models import Holding
from kommissorium.policies.models import Change, Document, Version
from kommissorium.readings.models import Audience, Group, Reading
from kommissorium.registers.lists.ordering import in_danish_order
from kommissorium.registers.numbers import parted


def readers_of(document: Document, day: date) -> QuerySet[Person]:
    """Return the people of the document's audience who have not left."""
    wanted = Q(pk__in=[])
    for one in document.audiences.select_related("area"):
        wanted |= _in_group(one.kind, one.area, day)
    people: QuerySet[Person] = Person.objects.active().filter(wanted)
    return people


def is_for(document: Document, person: Person, day: date) -> bool:
    """Return whether `person` is among those who are to read it."""
    return document.audiences.filter(_of_person(person, day)).exists()


def in_force_with_since(day: date) -> QuerySet[Any]:
    """Return the versions in force with `since`, the number from which on a reading counts.

    What is minor, or unchanged, asks nobody again: who has read the newest material version or
    a later one has read.
    """
    material = Version.objects.filter(
        document=OuterRef("document"),
        state="approved",
        change=Change.MATERIAL,
        in_force_from__lte=day,
        number__lte=OuterRef("number"),
    ).order_by("-number")
    since = Coalesce(Subquery(material.values("number")[:1]), F("number"))
    return Version.objects.in_force_on(day).annotate(since=since)


def readings_of(version: Any) -> QuerySet[Reading]:
    """Return the readings that count for a version that knows its `since`."""
    return Reading.objects.filter(
        version__document=version.document_id, version__number__gte=version.since
    )


def with_reading(version: Any, day: date) -> QuerySet[Any]:
    """Return the readers by name with `read_at`: None for whoever has not confirmed."""
    read = readings_of(version).filter(person=OuterRef("pk")).order_by("at")
    found = readers_of(version.document, day).annotate(read_at=Subquery(read.values("at")[:1]))
    return found.order_by(danish_order("name"), "pk")


@dataclass(frozen=True, slots=True)
class AreaFigure:
    """Readers of an area: how many, and how many have read. Small areas are counted as one."""

    name: str
    people: int
    read: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Progress of a document's readers; `areas` is empty where they are too few to show."""

    people: int
    read: int
    areas: Sequence[AreaFigure] = ()

    @property
    def lacking(self) -> int:
        return self.people - self.read


def figures_of(version: Any, day: date) -> Figures:
    """Return how far they are, by area; what would tell of fewer than five is told as one."""
    rows = list(with_reading(version, day).values_list("pk", "read_at"))
    homes = area_names([key for key, _read in rows], day)
    people = Counter(homes.get(key, "") for key, _read in rows)
    read = Counter(homes.get(key, "") for key, at in rows if at)
    return Figures(len(rows), read.total(), told_by_area(people, read))


def told_by_area(people: Mapping[str, int], read: Mapping[str, int]) -> list[AreaFigure]:
    """Return the figures of each area in Danish order, those that are hidden in one line."""
    shown, hidden = parted(sorted(people), people.__getitem__)
    if not shown:
        return []
    found = [
        AreaFigure(name or _("Without an area"), people[name], read.get(name, 0))
        for name in in_danish_order(shown)
    ]
    if hidden:
        of_hidden = sum(read.get(name, 0) for name in hidden)
        all_hidden = sum(people[name] for name in hidden)
        found.append(AreaFigure(_("Small areas together"), all_hidden, of_hidden))
    return found


def area_names(keys: Iterable[int], day: date) -> dict[int, str]:
    """Return the area of each person: the one they head, are said to work in, or own most in."""
    keys = set(keys)
    owned = Ownership.objects.on(day).filter(person__in=keys, asset__area__isnull=False)
    counted = Counter(owned.order_by().values_list("person", "asset__area__name"))
    homes = {person: name for (person, name), _n in sorted(counted.items(), key=_most)}
    named = Area.objects.in_use().values("name")
    working = Person.objects.filter(pk__in=keys, department__in=named)
    homes |= dict(working.values_list("pk", "department"))
    heads = Area.objects.in_use().filter(head__in=keys).order_by("-pk")
    return homes | dict(heads.values_list("head", "name"))


def _most(one: tuple[tuple[int, str], int]) -> tuple[int, str]:
    (_person, name), number = one
    return number, name


def _in_group(group: str, area: Area | None, day: date) -> Q:
    """Return the condition that a person belongs to a group, or to an area."""
    owned = Ownership.objects.on(day).filter(asset__ended_on=None, person=OuterRef("pk"))
    headed = Area.objects.in_use().filter(head=OuterRef("pk"))
    match group:
        case Group.OWNERS:
            return Q(Exists(owned.order_by()))
        case Group.HEADS:
            return Q(Exists(headed.order_by()))
        case Group.COMMITTEES:
            seated = Holding.objects.filter(held_on(day), person=OuterRef("pk"))
            return Q(Exists(seated.order_by()))
        case Group.EXECUTIVE:
            kind = OrganisationRole.Kind.EXECUTIVE
            held = OrganisationRole.objects.filter(held_on(day), kind=kind, person=OuterRef("pk"))
            return Q(Exists(held.order_by()))
        case Group.AREA if area:
            here = Q(Exists(owned.filter(asset__area=area).order_by())) | Q(department=area.name)
            return here | Q(Exists(headed.filter(pk=area.pk).order_by()))
    return can_sign_in()


def to_read(person: Person, day: date) -> list[Any]:
    """Return the versions in force that `person` is to read and has not; mostly one query."""
    asked = Audience.objects.filter(document=OuterRef("document"))
    read = Reading.objects.filter(
        person=person,
        version__document=OuterRef("document"),
        version__number__gte=OuterRef("since"),
    )
    unread = in_force_with_since(day).filter(
        Exists(asked), ~Exists(read.order_by()), document__is_retired=False
    )
    found = list(unread.select_related("document").order_by("document__title", "pk"))
    if not found:
        return []
    own = Audience.objects.filter(_of_person(person, day)).values_list("document", flat=True)
    mine = set(own)
    return [one for one in found if one.document_id in mine]


def _of_person(person: Person, day: date) -> Q:
    """Return the condition on an audience that it takes in `person` (two queries)."""
    several = [group for group in Group if group != Group.AREA]
    belongs: Any = {group.value: _in_group(group, None, day) for group in several}
    row = Person.objects.active().filter(pk=person.pk).annotate(**belongs).values(*belongs).first()
    owned = Ownership.objects.on(day).filter(person=person, asset__ended_on=None)
    areas = Area.objects.filter(
        Q(pk__in=owned.order_by().values("asset__area"))
        | Q(head=person, closed_on=None)
        | Q(name=person.department)
    )
    if row is None:  # who has left reads nothing
        return Q(pk__in=[])
    return Q(kind__in=[name for name, is_so in row.items() if is_so]) | Q(area__in=areas)


def owners_who_read(day: date) -> set[int]:
    """Return the keys of those who by the day had confirmed all that is laid down for owners."""
    for_owners = Audience.objects.filter(kind=Group.OWNERS, document=OuterRef("document"))
    versions = in_force_with_since(day).filter(Exists(for_owners), document__is_retired=False)
    until = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
    read = [
        set(readings_of(one).filter(at__lt=until).values_list("person", flat=True))
        for one in versions
    ]
    return set.intersection(*read) if read else set()
