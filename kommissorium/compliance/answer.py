"""An answer to hand to an auditor: the findings, their evidence, and where it can be seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.conf import settings
from django.utils import timezone

from kommissorium.committees.models import Committee
from kommissorium.compliance.fulfilment import ClauseFinding, Fulfilment
from kommissorium.compliance.later_facts import LaterFact
from kommissorium.core.evidence.models import Event, Record
from kommissorium.registers.findings import Evidence, State

type Head = tuple[int, str]  # the last event's number and hash


@dataclass(frozen=True)
class Answer:
    """A committee's mandate as it stood, with what was written about it later.

    `site` is the address at which the program is reached, without a slash at its end.
    """

    committee: Committee
    fulfilment: Fulfilment
    later: Sequence[LaterFact] = ()
    site: str = field(default_factory=lambda: settings.SITE_URL)

    def address_of(self, evidence: Evidence) -> str:
        """Return the evidence's complete address."""
        return evidence.link if "://" in evidence.link else f"{self.site}{evidence.link}"

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
