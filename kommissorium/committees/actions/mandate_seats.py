"""The seats that a mandate names and the committee lacks, made at once."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.actions.seats import ONLY_ONE, add_seat, begin, lasting
from kommissorium.committees.models import Mandate
from kommissorium.core.refusals import Refused


@transaction.atomic
def seats_from_mandate(mandate: Mandate, *, by: Person, from_date: date) -> int:
    """Make the seats the mandate names that the committee lacks; return their number.

    A seat is known again by role and function, so that doing it twice makes none twice.
    An open row of the mandate's table is no seat until somebody names it. Raises Refused for
    a draft.
    """
    committee = mandate.committee
    begin(committee, by)
    if not mandate.is_approved:
        raise Refused(_("Approve the terms of reference first. Then the seats can be made."))
    known = {(s.role, s.function.casefold()) for s in committee.seats.filter(lasting(from_date))}
    single = {role for role, _function in known} & ONLY_ONE
    made = 0
    for clause in mandate.clauses.filter(kind="member").exclude(role=""):
        key = (clause.role, clause.function.casefold())
        if (
            key in known
            or clause.role in single
            or not (clause.function or clause.role in ONLY_ONE)
        ):
            continue
        add_seat(
            committee,
            by=by,
            role=clause.role,
            function=clause.function,
            from_date=from_date,
            number=clause.number,
        )
        known.add(key)
        single |= {clause.role} & ONLY_ONE
        made += 1
    return made
