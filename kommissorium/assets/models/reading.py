"""The right to read the registers of the whole municipality."""

from __future__ import annotations

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee


def reads_whole_register(person: Person) -> bool:
    """Return whether `person` may read all assets, their suppliers and how complete they are.

    Coordinators, auditors, members of the executive board, and whoever sits in a committee today,
    or is a deputy there.
    """
    return Committee.are_followed_by(person)
