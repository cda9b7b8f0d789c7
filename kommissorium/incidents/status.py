"""Figures of incidents for the quarterly status, which name no case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from kommissorium.assets.models import Answer
from kommissorium.incidents.models import Nature, Notification, Type
from kommissorium.incidents.signals import OPEN_INCIDENTS, TO_AUTHORITY
from kommissorium.measures.past import PastEvent
from kommissorium.measures.periods import Quarter
from kommissorium.registers.past import past_events
from kommissorium.registers.periods import last_moment
from kommissorium.registers.status import (
    StatusFigure,
    StatusPart,
    Wanted,
    compared,
    in_sentences,
    told,
)

NO_AIM: Final[Wanted] = ""
KEPT: Final = "deadlines_kept"
MISSED: Final = "deadlines_missed"
ACTS: Final = (
    *("incidents.reported", "incidents.triaged", "incidents.closed", "incidents.reopened"),
    *("incidents.evaluated", "incidents.notification_sent", "incidents.notification_decided"),
)


def status_parts(quarter: Quarter) -> Iterator[StatusPart]:
    """Yield the part of the quarter (two queries); none where nothing was reported by its end."""
    past = _Past(past_events(Q(act__in=ACTS)))
    if past.is_empty(quarter.last):
        return
    then = past.counts(quarter, known=quarter.last)
    before = past.counts(quarter.before, known=quarter.before.last)
    now, link = past.counts(quarter, known=timezone.localdate()), reverse("incident_figures")
    figures = [
        StatusFigure(code, label, then[code], before[code], link, wanted, corrected=now[code])
        for code, (label, wanted) in _labels(then, before).items()
    ]
    by_code = {one.code: one for one in figures}
    heading = _("Incidents and their deadlines")
    yield StatusPart("incidents", heading, figures, _sentence(by_code))


LABELS: Final[Mapping[str, tuple[str | Promise, Wanted]]] = {
    OPEN_INCIDENTS.code: (OPEN_INCIDENTS.label, OPEN_INCIDENTS.wanted),
    "incidents_closed": (gettext_lazy("Closed in the period"), ""),
    "breaches_notified": (gettext_lazy("Personal data breaches notified to the authority"), ""),
    "breaches_not_notified": (
        gettext_lazy("Personal data breaches found not to be notified"),
        "",
    ),
    KEPT: (gettext_lazy("Notifications sent within their deadline"), ""),
    MISSED: (gettext_lazy("Notifications sent after their deadline"), "less"),
    "deadlines_passed": (
        gettext_lazy("Deadlines past when the period ended, and nothing sent"),
        "less",
    ),
    "evaluated": (gettext_lazy("Incidents that the committee evaluated"), ""),
    "not_evaluated": (gettext_lazy("Closed incidents that wait for their evaluation"), "less"),
}


def _labels(*counts: Mapping[str, int]) -> dict[str, tuple[str, Wanted]]:
    """Return label and aim of each figure; of the types those that there were."""
    types = {f"incidents_{kind.value}": kind.label for kind in Type if kind.value}
    there = [code for code in types if any(found[code] for found in counts)]
    of_type = {code: (_("Of these: %(type)s") % {"type": types[code]}, NO_AIM) for code in there}
    rest = {code: (str(label), wanted) for code, (label, wanted) in LABELS.items()}
    return {"incidents": (_("Security incidents reported"), NO_AIM), **of_type, **rest}


def _sentence(figures: Mapping[str, StatusFigure]) -> str:
    new = figures["incidents"]
    text = told(
        _("No security incident was reported in the quarter."),
        ngettext_lazy(
            "One security incident was reported in the quarter.",
            "%(number)s security incidents were reported in the quarter.",
            "value",
        ),
        new.value,
    )
    return in_sentences(
        text,
        compared(new),
        OPEN_INCIDENTS.at_end_of_quarter(figures[OPEN_INCIDENTS.code].value),
        _deadlines(figures),
        _evaluations(figures),
    )


def _deadlines(figures: Mapping[str, StatusFigure]) -> str:
    """Return whether the deadlines of the laws were kept; "" where none ran."""
    kept = figures[KEPT].value or 0
    missed = sum(figures[code].value or 0 for code in (MISSED, "deadlines_passed"))
    if missed:
        return told(
            "",
            ngettext_lazy(
                "One deadline of notification was not kept.",
                "%(number)s deadlines of notification were not kept.",
                "value",
            ),
            missed,
        )
    return _("All deadlines of notification were kept.") if kept else ""


def _evaluations(figures: Mapping[str, StatusFigure]) -> str:
    return told(
        "",
        ngettext_lazy(
            "One closed incident waits for the committee's evaluation.",
            "%(number)s closed incidents wait for the committee's evaluation.",
            "value",
        ),
        figures["not_evaluated"].value,
    )


@dataclass
class _Case:
    """The chain's facts about one case by a day: its state, and its notifications."""

    reported: date | None = None
    nature: str = ""
    type: str = ""
    closed: date | None = None
    wants_evaluation: bool = False
    evaluated: date | None = None
    sent: dict[str, tuple[date, str]] = field(default_factory=dict)  # when, and KEPT or MISSED
    refused: dict[str, date] = field(default_factory=dict)  # notifications found not needed

    def take(self, event: PastEvent, on: date) -> None:
        """Take in a known event: the nature of a case counts at once, what happened to it
        where that was by the day."""
        facts, day = event.facts, event.noted.on
        if event.act == "incidents.triaged":
            self.nature, self.type = facts["nature"], facts["type"]
        elif event.act == "incidents.notification_sent":
            self._send(facts, on)
        elif day <= on:
            self._happen(event.act, facts, day)

    def _send(self, facts: Mapping[str, Any], on: date) -> None:
        day = timezone.localdate(datetime.fromisoformat(facts["sent"]))
        if day <= on:
            kept = KEPT if facts["due"] else ""
            self.sent[facts["notification"]] = day, MISSED if facts["late"] else kept

    def _happen(self, act: str, facts: Mapping[str, Any], day: date) -> None:
        if act == "incidents.reported":
            self.reported = day
        elif act == "incidents.closed":
            self.closed, self.wants_evaluation = day, bool(facts["wants_evaluation"])
        elif act == "incidents.reopened":
            self.closed = self.evaluated = None
        elif act == "incidents.evaluated":
            self.evaluated = day
        elif act == "incidents.notification_decided":
            self.refused.pop(facts["notification"], None)
            if facts["needed"] == Answer.NO:
                self.refused[facts["notification"]] = day


@dataclass(frozen=True)
class _Past:
    """The chain of the cases, in its order."""

    events: Sequence[PastEvent]

    def is_empty(self, on: date) -> bool:
        return not any(one.noted.on <= on for one in self.events)

    def counts(self, quarter: Quarter, known: date) -> dict[str, int]:
        """Count the quarter by what was known on a day."""
        cases: dict[int, _Case] = {}
        for event in self.events:
            if event.noted.on <= known:
                cases.setdefault(event.key, _Case()).take(event, quarter.last)
        return {
            **_counted(cases.values(), quarter),
            "deadlines_passed": self._passed(cases, quarter),
        }

    def _passed(self, cases: Mapping[int, _Case], quarter: Quarter) -> int:
        """Count the deadlines that had passed with nothing sent and none found needless."""
        nothing = _Case()
        return sum(
            due <= last_moment(quarter)
            and code not in cases.get(key, nothing).sent
            and code not in cases.get(key, nothing).refused
            for key, code, due in self._due
        )

    @cached_property
    def _due(self) -> list[tuple[int, str, datetime]]:
        withdrawn = Q(needed=Answer.NO, decided_by=None)
        rows = Notification.objects.filter(due_at__isnull=False).exclude(withdrawn)
        found = rows.values_list("incident", "code", "due_at")
        return [(key, code, due) for key, code, due in found if due]


def _counted(cases: Iterable[_Case], quarter: Quarter) -> dict[str, int]:
    def lies_in(day: date | None) -> bool:
        return day is not None and quarter.first <= day <= quarter.last

    found = [one for one in cases if one.reported and one.nature == Nature.INCIDENT]
    new = [one for one in found if lies_in(one.reported)]
    types = Counter(one.type for one in new)
    sent = [(code, how) for one in found for code, (day, how) in one.sent.items() if lies_in(day)]
    how_sent = Counter(how for _code, how in sent)
    waiting = [one for one in found if one.closed and one.wants_evaluation and not one.evaluated]
    return {
        "incidents": len(new),
        **{f"incidents_{kind}": types[kind] for kind in Type.values if kind},
        OPEN_INCIDENTS.code: sum(one.closed is None for one in found),
        "incidents_closed": sum(lies_in(one.closed) for one in found),
        "breaches_notified": sum(code == TO_AUTHORITY for code, _how in sent),
        "breaches_not_notified": sum(lies_in(one.refused.get(TO_AUTHORITY)) for one in found),
        KEPT: how_sent[KEPT],
        MISSED: how_sent[MISSED],
        "evaluated": sum(lies_in(one.evaluated) for one in found),
        "not_evaluated": len(waiting),
    }
