"""Who reads the registers of the whole municipality."""

from __future__ import annotations

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee


def reads_whole_register(person: Person) -> bool:
    """Return whether `person` may read all assets, their suppliers and how complete they are.

    Coordinators, auditors, members of the executive board, and whoever sits in a committee.
    """
    if person.is_coordinator or person.is_auditor or person.is_executive:
        return True
    return sits(person)


def sits(person: Person) -> bool:
    """Return whether `person` sits in a committee today, or is a deputy there; asked once."""
    known: bool | None = getattr(person, "_sits_in_a_committee", None)
    if known is None:
        known = Committee.objects.seated(person).exists()
        person._sits_in_a_committee = known  # type: ignore[attr-defined]  # noqa: SLF001
    return known
