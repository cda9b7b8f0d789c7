"""An answer to hand to an auditor: what was found, what it rests on, and what was written later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.committees.models import Clause, Committee
from kommissorium.compliance.evidence_links import EvidenceLinks
from kommissorium.compliance.fulfilment import ClauseFinding, Fulfilment
from kommissorium.compliance.history import CommitteeHistory
from kommissorium.compliance.models import FrozenAnswer
from kommissorium.core.evidence.models import Event, Record
from kommissorium.core.ui.localised import day
from kommissorium.measures.findings import Evidence, State
from kommissorium.measures.past import PastEvent
from kommissorium.measures.terms import (
    HOLDING_UNDONE,
    ROLE_ENDED,
    ROLE_GIVEN,
    SEAT_ENDED,
    SEAT_LEFT,
    SEAT_TAKEN,
)


@dataclass(frozen=True, slots=True)
class LaterFact:
    """A fact written on a day after the one asked about; `by` is a name, "" for the program."""

    noted_on: date
    text: str
    by: str = ""
    because: str = ""
    event: int | None = None


def later_facts(history: CommitteeHistory, on: date) -> list[LaterFact]:
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


def _of_mandates(history: CommitteeHistory, on: date) -> Iterator[LaterFact]:
    for one in history.all_mandates:
        begins, mandate = one.effective_from, history.mandate_rows[one.key]
        if begins and begins <= on < one.approved_on:
            text = _("Version %(version)s of the mandate takes effect on %(day)s.")
            values = {"version": mandate.version, "day": day(begins)}
            because = mandate.from_because
            by = mandate.approved_by.name if mandate.approved_by else ""
            yield LaterFact(one.approved_on, text % values, by, because)


def _of_meetings(history: CommitteeHistory, on: date) -> Iterator[LaterFact]:
    for meeting in history.meetings:
        if meeting.day > on:
            continue
        values = {"number": meeting.label, "day": day(meeting.day)}
        if meeting.registered_on:
            if meeting.registered_on > on:
                text = _("The meeting of %(day)s is registered.") % values
                yield LaterFact(meeting.registered_on, text, history.minuted_by[meeting.key])
            continue
        if meeting.closed_on and meeting.closed_on > on:
            text = _("Meeting %(number)s of %(day)s is noted as held.") % values
            yield LaterFact(meeting.closed_on, text)
        if meeting.minuted_on and meeting.minuted_on > on:
            text = _("The minutes of meeting %(number)s of %(day)s are sent out.") % values
            yield LaterFact(meeting.minuted_on, text, history.minuted_by[meeting.key])


def _of_weighings(history: CommitteeHistory, on: date) -> Iterator[LaterFact]:
    for decision in history.decisions:
        noted = decision.weighed_later_on
        if noted and decision.on <= on < noted:
            text = _("What was weighed in decision %(number)s is noted.")
            yield LaterFact(noted, text % {"number": decision.number})


def _in_words(event: PastEvent, history: CommitteeHistory) -> str:
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


type Head = tuple[int, str]  # the last event's number and hash


@dataclass(frozen=True)
class Answer:
    """A committee's mandate as it stood, with what was written about it later.

    `site` is the address at which the program is reached, without a slash at its end; `frozen` is
    the record of the answer, `links` are those of the reader, where one is known.
    """

    committee: Committee
    fulfilment: Fulfilment
    later: Sequence[LaterFact] = ()
    site: str = field(default_factory=lambda: settings.SITE_URL)
    frozen: FrozenAnswer | None = None
    links: EvidenceLinks | None = None

    def address_of(self, evidence: Evidence) -> str:
        """Return the evidence's complete address for the reader, if there is one."""
        link = (self.links.of(evidence) if self.links else "") or str(evidence.link)
        return link if "://" in link else f"{self.site}{link}"

    def kind_of(self, evidence: Evidence) -> str:
        """Return the kind of record, as the chain names it; "" for none."""
        return self.record_kinds.get(evidence.record, "") if evidence.record else ""

    @cached_property
    def record_kinds(self) -> dict[int, str]:
        evidence = [one for row in self.fulfilment.findings for one in row.finding.evidence]
        keys = {one.record for one in evidence if one.record}
        return dict(Record.objects.filter(pk__in=keys).values_list("pk", "kind"))

    @cached_property
    def head(self) -> Head:
        """Return the chain's head at the end of the day up to which it was told."""
        return head_of_chain(self.fulfilment.known)

    @cached_property
    def head_now(self) -> Head:
        return head_of_chain()

    @property
    def unmeasured(self) -> list[ClauseFinding]:
        return self.fulfilment.in_state(State.UNMEASURED)


def head_of_chain(day: date | None = None) -> Head:
    """Return the last event's number and hash, of the whole chain or when a day had ended."""
    events = Event.objects.order_by("-seq")
    if day is not None and day < timezone.localdate():
        end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
        events = events.filter(at__lt=end)
    return events.values_list("seq", "hash").first() or (0, "")
