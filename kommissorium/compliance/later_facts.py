"""Facts written after a day about that day or earlier: why two readings of it differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.committees.models import Clause
from kommissorium.compliance.history import History, approved_on
from kommissorium.compliance.terms import (
    HOLDING_UNDONE,
    ROLE_ENDED,
    ROLE_GIVEN,
    SEAT_ENDED,
    SEAT_LEFT,
    SEAT_TAKEN,
)
from kommissorium.core.ui.localised import day
from kommissorium.registers.past import PastEvent


@dataclass(frozen=True, slots=True)
class LaterFact:
    """A fact written on a day after the one asked about; `by` is a name, "" for the program."""

    noted_on: date
    text: str
    by: str = ""
    because: str = ""
    event: int | None = None


def later_facts(history: History, on: date) -> list[LaterFact]:
    """Return the facts written after the day about it or earlier, in the order of writing."""
    events = [*history.seat_events, *history.role_events]
    told = [event for event in events if event.noted.on > on and _tells_of(event) <= on]
    names = _names(event.noted.by for event in told)
    found = [*_of_mandates(history, on), *_of_meetings(history, on), *_of_weighings(history, on)]
    for event in told:
        text, because = _in_words(event, history), event.facts.get("because", "")
        by = names.get(event.noted.by, "")
        found.append(LaterFact(event.noted.on, text, by, because, event.noted.seq))
    return sorted(found, key=lambda fact: (fact.noted_on, fact.event or 0))


def _names(pseudonyms: Iterable[str]) -> dict[str, str]:
    wanted = set(pseudonyms) - {"", "system"}
    if not wanted:
        return {}
    people = Person.objects.filter(pseudonym__in=wanted)
    return {str(pseudonym): name for pseudonym, name in people.values_list("pseudonym", "name")}


def _tells_of(event: PastEvent) -> date:
    """Return the first day an event tells of; a seat's new name tells of the day it was written."""
    name = "to" if event.act in (SEAT_ENDED, SEAT_LEFT, ROLE_ENDED) else "from"
    told = event.facts.get(name)
    return date.fromisoformat(told) if told else event.noted.on


def _of_mandates(history: History, on: date) -> Iterator[LaterFact]:
    for mandate in history.all_mandates:
        begins = mandate.effective_from
        if begins and begins <= on < approved_on(mandate):
            text = _("Version %(version)s of the mandate takes effect on %(day)s.")
            values = {"version": mandate.version, "day": day(begins)}
            because = mandate.from_because
            by = mandate.approved_by.name if mandate.approved_by else ""
            yield LaterFact(approved_on(mandate), text % values, by, because)


def _of_meetings(history: History, on: date) -> Iterator[LaterFact]:
    for meeting in history.meetings:
        if meeting.day > on:
            continue
        values = {"number": meeting.label, "day": day(meeting.day)}
        if meeting.registered_on:
            if meeting.registered_on > on:
                text = _("The meeting of %(day)s is registered.") % values
                yield LaterFact(meeting.registered_on, text, meeting.minuted_by)
            continue
        if meeting.closed_on and meeting.closed_on > on:
            text = _("Meeting %(number)s of %(day)s is noted as held.") % values
            yield LaterFact(meeting.closed_on, text)
        if meeting.minuted_on and meeting.minuted_on > on:
            text = _("The minutes of meeting %(number)s of %(day)s are sent out.") % values
            yield LaterFact(meeting.minuted_on, text, meeting.minuted_by)


def _of_weighings(history: History, on: date) -> Iterator[LaterFact]:
    for decision in history.decisions:
        noted = decision.weighed_later_on
        if noted and decision.on <= on < noted:
            text = _("What was weighed in decision %(number)s is noted.")
            yield LaterFact(noted, text % {"number": decision.number})


def _in_words(event: PastEvent, history: History) -> str:
    facts = event.facts
    values = {"day": day(_tells_of(event))}
    if event.act in (ROLE_GIVEN, ROLE_ENDED):
        values["what"] = str(OrganisationRole.Kind(facts["kind"]).label)
    else:
        number = history.seat_numbers.get(facts["seat"], "")
        role = str(Clause.Role(facts["role"]).label)
        values["what"] = " ".join(filter(None, [number, role, facts["function"]]))
    if event.act == HOLDING_UNDONE:
        text = _("%(what)s: that it was held from %(day)s is taken back.")
    elif event.act in (SEAT_TAKEN, ROLE_GIVEN):
        text = _("%(what)s: held from %(day)s.")
    elif event.act in (SEAT_ENDED, SEAT_LEFT, ROLE_ENDED):
        text = _("%(what)s: until %(day)s.")
    else:
        text = _("%(what)s: the seat is there from %(day)s.")
    return text % values
