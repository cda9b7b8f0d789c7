"""What waits for a person, and what a municipality still lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee, Mandate
from kommissorium.meetings.models import AgendaItem, Meeting, horizon
from kommissorium.meetings.planning import horizon_warning
from kommissorium.meetings.reach import demanded_months


@dataclass(frozen=True)
class Waiting:
    """One thing to do: a sentence, and the button that leads to where it is done."""

    text: str
    action: str
    url: str
    urgent: bool = False


def waiting_for(person: Person) -> list[Waiting]:
    """Return what waits for a person, the most urgent first."""
    found = _drafts(person)
    for committee in Committee.objects.prepared_by(person)[:3]:
        found += lacks(committee)
        found += _unwritten(committee)
    return sorted(found, key=lambda thing: not thing.urgent)


def lacks(committee: Committee, on: date | None = None) -> list[Waiting]:
    """Return what a committee lacks: mandate, seats, people in them, and a calendar (K2)."""
    on = on or timezone.localdate()
    mandate = committee.mandate_on(on)
    found = []
    if mandate is None and not committee.mandates.filter(approved_at=None).exists():
        url = reverse("mandate_read", args=[committee.pk])
        text = _("%(name)s has no approved mandate.") % {"name": committee.name}
        found.append(Waiting(text, _("Read in the mandate"), url, urgent=True))
    found += _vacancies(committee, on)
    warning = horizon_warning(horizon(committee, on), demanded_months(committee, on), on)
    if warning:
        url = reverse("meetings_plan", args=[committee.pk])
        found.append(Waiting(warning, _("Plan the year"), url, urgent=True))
    return found


def _vacancies(committee: Committee, on: date) -> list[Waiting]:
    seats = list(committee.seats.on(on).with_holders(on))
    url = committee.get_absolute_url()
    if not seats:
        text = _("%(name)s has no seats.") % {"name": committee.name}
        return [Waiting(text, _("Make the seats"), url)]
    vacant = [seat for seat in seats if seat.holder is None]
    if not vacant:
        return []
    names = ", ".join(str(seat.function or seat.get_role_display()) for seat in vacant[:3])
    more = ngettext("%(number)d seat is vacant: ", "%(number)d seats are vacant: ", len(vacant))
    return [Waiting(more % {"number": len(vacant)} + names, _("Fill the seats"), url)]


def _drafts(person: Person) -> list[Waiting]:
    drafts = Mandate.objects.visible_to(person).filter(approved_at=None).select_related("committee")
    return [
        Waiting(
            _("A draft of the mandate waits: %(title)s.") % {"title": draft.title},
            _("Look at it"),
            reverse("mandate_edit", args=[draft.pk]),
            urgent=True,
        )
        for draft in drafts[:3]
    ]


def _unwritten(committee: Committee) -> list[Waiting]:
    meeting = Meeting.objects.filter(committee=committee).coming().first()
    if meeting is None:
        return []
    counts = meeting.items.aggregate(
        all=Count("pk"),
        empty=Count(
            "pk", filter=Q(type=AgendaItem.Type.DECISION, presentation="", recommendation="")
        ),
    )
    if not counts["empty"]:
        return []
    text = ngettext(
        "%(number)d item for decision has no text for the next meeting.",
        "%(number)d items for decision have no text for the next meeting.",
        counts["empty"],
    ) % {"number": counts["empty"]}
    return [Waiting(text, _("Open the agenda"), meeting.get_absolute_url())]
