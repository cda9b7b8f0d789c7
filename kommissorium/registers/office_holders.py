"""Office holders that registers address beside owners: coordinators, DPOs and chairs."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from kommissorium.accounts.models import OrganisationRole, Person, held_on
from kommissorium.committees.models import Clause, Committee, Holding


def is_dpo(person: Person) -> bool:
    """Return whether `person` is the data protection officer: by role, and by an adviser's seat.

    The role alone opens nothing, here as elsewhere.
    """
    if OrganisationRole.Kind.DPO not in person.current_roles:
        return False
    return _seats().filter(person=person, seat__role=Clause.Role.ADVISER).exists()


def is_chair(person: Person) -> bool:
    """Return whether `person` leads a committee, or stands in for whoever does."""
    return Committee.objects.led_by(person).exists()


def coordinators() -> QuerySet[Person]:
    found: QuerySet[Person] = Person.objects.active().with_role(
        OrganisationRole.Kind.COORDINATOR, timezone.localdate()
    )
    return found


def officers() -> QuerySet[Person]:
    """Return the data protection officers."""
    advisers = _seats().filter(seat__role=Clause.Role.ADVISER).values("person")
    found: QuerySet[Person] = Person.objects.active().with_role(
        OrganisationRole.Kind.DPO, timezone.localdate()
    )
    return found.filter(pk__in=advisers)


def chairs() -> QuerySet[Person]:
    """Return who chairs a committee."""
    held = _seats().filter(seat__role=Clause.Role.CHAIR, capacity=Holding.Capacity.HOLDER)
    found: QuerySet[Person] = Person.objects.active().filter(pk__in=held.values("person"))
    return found


def _seats() -> QuerySet[Holding]:
    today = timezone.localdate()
    return Holding.objects.filter(held_on(today), held_on(today, "seat__"))
