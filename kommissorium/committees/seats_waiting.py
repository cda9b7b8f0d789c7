"""Seats that wait for a second person's yes, in words: for the committee's page and the overview."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.waiting import Waiting, line_of
from kommissorium.committees.models import Committee, Holding
from kommissorium.committees.seat_nominations import SeatNomination
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.todo import Todo


def seats_waiting_for(reader: Person, committee: Committee | None = None) -> list[Waiting]:
    """Return the seats that wait and the reader may answer, of one committee or of all."""
    rows = SeatNomination.objects.filter(answered_at=None).select_related(
        "person", "by", "seat__committee"
    )
    if committee:
        rows = rows.filter(seat__committee=committee)
    found: list[Waiting] = []
    for row in rows:
        url = reverse("seat_nomination", args=[row.pk])
        found += line_of(row, nomination_in_words(row), url, reader)
    return found


def nomination_in_words(nomination: SeatNomination) -> str:
    """Return the person, the seat, the committee and the day of a nomination, in words."""
    values = {
        "name": nomination.person.name,
        "seat": nomination.seat,
        "committee": nomination.seat.committee.name,
        "date": day(nomination.begins),
    }
    if nomination.capacity == Holding.Capacity.DEPUTY:
        return _("%(name)s is to be deputy for %(seat)s in %(committee)s from %(date)s.") % values
    return _("%(name)s is to take the seat %(seat)s in %(committee)s from %(date)s.") % values


def todos(person: Person) -> Iterator[Todo]:
    """Yield the seats that wait for this person's yes."""
    for one in seats_waiting_for(person):
        if one.can_accept:
            yield Todo(one.text, _("Say yes or no"), one.url, urgent=True)
