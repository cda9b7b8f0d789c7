"""The person to ask for a decision between meetings: the chair, or their stand-in."""

from __future__ import annotations

from datetime import date

from kommissorium.accounts.models import Person, held_on
from kommissorium.committees.models import Committee, Holding, Seat


def who_chairs(committee: Committee, on: date, *, but: Person | None = None) -> list[Person]:
    """Return the person who chairs the committee on the date and can be reached by mail.

    Where that is nobody, or only `but`, who asks: the deputy chair, and the deputy of the
    chair's own seat.
    """
    held = Holding.objects.filter(
        held_on(on), seat__committee=committee, seat__role__in=Seat.CHAIRING
    )
    reached = held.filter(person__is_active=True, person__email__isnull=False)
    rows = list(reached.select_related("person", "seat").order_by("seat__position", "pk"))
    found = [row for row in rows if but is None or row.person_id != but.pk]
    chairs = [
        row
        for row in found
        if row.seat.role == Seat.Role.CHAIR and row.capacity == Holding.Capacity.HOLDER
    ]
    return list({row.person_id: row.person for row in chairs or found}.values())
