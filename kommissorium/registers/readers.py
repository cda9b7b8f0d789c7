"""Who reads what was laid before a committee: that committee, and whoever reads all of them."""

from __future__ import annotations

from django.db.models import Q

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.registers.mails import is_dpo


def laid_before(person: Person, *columns: str) -> Q:
    """Return the condition that `person` reads it: those of a committee named by one of the columns,
    and of all, coordinators, auditors, the executive board and the data protection officer.
    """
    if person.is_coordinator or person.is_auditor or person.is_executive or is_dpo(person):
        return ~Q(pk__in=[])
    own = Committee.objects.visible_to(person).values("pk")
    found = Q(pk__in=[])
    for column in columns:
        found |= Q(**{f"{column}__in": own})
    return found
