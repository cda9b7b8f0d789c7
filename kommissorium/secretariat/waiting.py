"""What waits for a person, and what a committee still lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee, Mandate, Seat
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.meetings.reach import Reach, reaches

SHOWN_SEATS = 3


@dataclass(frozen=True)
class Standing:
    """How a committee stands today: its calendar, mandate and seats."""

    reach: Reach
    mandate: Mandate | None  # in force
    draft: Mandate | None
    seats: Sequence[Seat]

    @property
    def committee(self) -> Committee:
        return self.reach.committee

    @property
    def vacant(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.holder is None]

    def is_led_by(self, person: Person) -> bool:
        """Return whether `person` leads it today, or in the chair's absence. Asks nothing."""
        chairing = (seat for seat in self.seats if seat.role in Seat.CHAIRING)
        return any(one.person_id == person.pk for seat in chairing for one in seat.current)

    def shows_closed_to(self, person: Person) -> bool:
        """Return what Committee.shows_closed_to says, from the seats of today. Asks nothing."""
        seated = any(one.person_id == person.pk for seat in self.seats for one in seat.current)
        may_audit = person.is_auditor and self.committee.auditors_see_closed
        return person.is_coordinator or seated or may_audit


@dataclass(frozen=True)
class Waiting:
    """One thing to do: a sentence, and the button that leads to where it is done."""

    text: str
    action: str
    url: str
    urgent: bool = False


def standings(person: Person, on: date | None = None) -> list[Standing]:
    """Return how the committees a person follows stand; four queries, however many they are."""
    on = on or timezone.localdate()
    found = reaches(person, on)
    keys = [reach.committee.pk for reach in found]
    mandates = list(
        Mandate.objects.filter(committee__in=keys)
        .filter(Q(approved_at=None) | Q(effective_from__lte=on))
        .defer("source_text")
        .order_by("-effective_from", "-version")
    )
    seats = list(Seat.objects.filter(committee__in=keys).on(on).with_holders(on)) if keys else []
    return [
        Standing(
            reach,
            mandate=_first(mandates, reach.committee, approved=True),
            draft=_first(mandates, reach.committee, approved=False),
            seats=[seat for seat in seats if seat.committee_id == reach.committee.pk],
        )
        for reach in found
    ]


def waiting_for(
    found: Sequence[Standing], meeting: Meeting | None, items: Sequence[AgendaItem]
) -> list[Waiting]:
    """Return what waits for who sees these standings, the most urgent first.

    `meeting` is the next one, `items` its agenda. Only those who prepare are asked for anything.
    """
    things: list[Waiting] = []
    for standing in found:
        if standing.reach.may_plan:
            things += _draft(standing)
            things += lacks(standing)
            if meeting and meeting.committee_id == standing.committee.pk:
                things += _unwritten(meeting, items)
    return sorted(things, key=lambda thing: not thing.urgent)


def lacks(standing: Standing) -> list[Waiting]:
    """Return what a committee lacks: mandate, seats, people in them, and a calendar (K2)."""
    committee = standing.committee
    things = []
    if standing.mandate is None and standing.draft is None:
        url = reverse("mandate_read", args=[committee.pk])
        text = _("%(name)s has no approved mandate.") % {"name": committee.name}
        things.append(Waiting(text, _("Read in the mandate"), url, urgent=True))
    things += _vacancies(standing)
    if standing.reach.warning:
        url = reverse("meetings_plan", args=[committee.pk])
        text = f"{committee.name}: {standing.reach.warning}"
        things.append(Waiting(text, _("Plan the year"), url, urgent=True))
    return things


def _first(mandates: Sequence[Mandate], committee: Committee, *, approved: bool) -> Mandate | None:
    own = (one for one in mandates if one.committee_id == committee.pk)
    return next((one for one in own if one.is_approved == approved), None)


def _vacancies(standing: Standing) -> list[Waiting]:
    url = standing.committee.get_absolute_url()
    if not standing.seats:
        text = _("%(name)s has no seats.") % {"name": standing.committee.name}
        return [Waiting(text, _("Make the seats"), url)]
    vacant = standing.vacant
    if not vacant:
        return []
    shown = [str(seat.function or seat.get_role_display()) for seat in vacant[:SHOWN_SEATS]]
    names = ", ".join(shown) + (" …" if len(vacant) > SHOWN_SEATS else "")
    number = ngettext("%(number)d seat is vacant: ", "%(number)d seats are vacant: ", len(vacant))
    return [Waiting(number % {"number": len(vacant)} + names, _("Fill the seats"), url)]


def _draft(standing: Standing) -> list[Waiting]:
    if standing.draft is None:
        return []
    text = _("A draft of the mandate waits: %(title)s.") % {"title": standing.draft.title}
    url = reverse("mandate_edit", args=[standing.draft.pk])
    return [Waiting(text, _("Look at it"), url, urgent=True)]


def _unwritten(meeting: Meeting, items: Sequence[AgendaItem]) -> list[Waiting]:
    empty = [
        item
        for item in items
        if item.type == AgendaItem.Type.DECISION and not (item.presentation or item.recommendation)
    ]
    if not empty:
        return []
    text = ngettext(
        "%(number)d item for decision has no text for the next meeting.",
        "%(number)d items for decision have no text for the next meeting.",
        len(empty),
    ) % {"number": len(empty)}
    return [Waiting(text, _("Open the agenda"), meeting.get_absolute_url())]
