"""T6 and T7: the committee has approved a status of each quarter, in time and with what it asks for.

A status is in time until the quarter after the one it tells of has ended: figures are whole
then, and a meeting lies between. One late of the newest four is amber, two are red, and so is
one that lacks. Why: docs/decisions/0027.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.committees.measures import Measure
from kommissorium.committees.models import Clause
from kommissorium.core.ui.localised import day
from kommissorium.registers.findings import (
    SOON,
    Check,
    Evidence,
    Finding,
    Question,
    Step,
    due_soon,
    event_evidence,
    fulfilled,
    not_fulfilled,
    not_yet_due,
)
from kommissorium.registers.quarters import Quarter
from kommissorium.reports.handwritten import AREAS, PROJECTS
from kommissorium.reports.past import ApprovedStatus, ReportPast

A_YEAR: Final = 4
TECHNICAL: Final = frozenset({PROJECTS, *AREAS})


def quarterly_status(clause: Clause, past: ReportPast, asked: Question) -> Finding:
    """T6: a status with figures was approved of each of the newest quarters, each in time."""
    return _Standing(clause, past, asked, lambda one: one.figures > 0).finding


def project_status(clause: Clause, past: ReportPast, asked: Question) -> Finding:
    """T7: each of those statuses tells of the projects and of every technical area."""
    return _Standing(clause, past, asked, tells_of_technique).finding


def tells_of_technique(one: ApprovedStatus) -> bool:
    """Return whether each of the parts was filled in, and not all by saying that nothing is."""
    return one.figures > 0 and set(one.told) >= TECHNICAL and bool(TECHNICAL & set(one.in_words))


@dataclass(frozen=True)
class _Standing:
    """How the statuses stand on the day that is asked; `counts` says which of them count."""

    clause: Clause
    past: ReportPast
    asked: Question
    counts: Callable[[ApprovedStatus], bool]

    @property
    def finding(self) -> Finding:
        owed, found = self._owed(), self._approved()
        there = [found[one] for one in owed if one in found]
        missing = [one for one in owed if one not in found]
        late = [one for one in there if not one.is_in_time]
        evidence = [_evidence(one) for one in list(found.values())[: A_YEAR + 1]]
        step = Step(_("Go to the statuses"), reverse("statuses"))
        wanted = len(owed) * min(self._a_year, A_YEAR) // A_YEAR
        if len(there) < wanted:
            return not_fulfilled(_missing(missing, late), *evidence, step=step)
        if len(late) > 1:
            return not_fulfilled(_late(late), *evidence, step=step)
        coming = self._coming(found)
        if not wanted and not found:
            return self._first(coming, step)
        text = _newest(next(iter(found.values())))
        if late:
            more = _("One more late, and it is not fulfilled.")
            return due_soon(f"{_late(late)} {more}", *evidence, step=step)
        if coming.has_ended(self.asked.on) and coming.due <= self.asked.on + SOON:
            return due_soon(f"{text} {_to_come(coming)}", *evidence, step=step)
        return fulfilled(text, *evidence)

    @property
    def _a_year(self) -> int:
        if self.clause.min_per_year:
            return self.clause.min_per_year
        return max(1, 12 // self.clause.cadence_months) if self.clause.cadence_months else A_YEAR

    def _owed(self) -> list[Quarter]:
        """Return the newest four quarters whose time is up, of those that ended while measured."""
        quarter = Quarter.of(self.asked.on).before
        found: list[Quarter] = []
        while len(found) < A_YEAR and quarter.last >= self.asked.since:
            if quarter.due <= self.asked.on:
                found.append(quarter)
            quarter = quarter.before
        return found

    def _approved(self) -> dict[Quarter, ApprovedStatus]:
        """Return what counts by its quarter, the newest first; of two of one quarter the first."""
        found: dict[Quarter, ApprovedStatus] = {}
        for one in filter(self.counts, self.past.known(self.asked)):
            found.setdefault(one.quarter, one)
        return {quarter: found[quarter] for quarter in sorted(found, reverse=True)}

    def _coming(self, found: Mapping[Quarter, ApprovedStatus]) -> Quarter:
        """Return the first quarter measured whose time is not up and that lacks a status."""
        quarter = Quarter.of(max(self.asked.since, self.asked.on))
        if quarter.before.last >= self.asked.since and quarter.before.due > self.asked.on:
            quarter = quarter if quarter.before in found else quarter.before
        return quarter

    def _first(self, coming: Quarter, step: Step) -> Finding:
        text = f"{_('No status has been approved yet.')} {_to_come(coming)}"
        if coming.due <= self.asked.on + SOON:
            return due_soon(text, step=step)
        return not_yet_due(text, step=step)


def _to_come(quarter: Quarter) -> str:
    values = {"quarter": quarter.label, "day": day(quarter.due)}
    return _("The status of %(quarter)s is to be approved by %(day)s.") % values


def _newest(one: ApprovedStatus) -> str:
    values = {"quarter": one.quarter.label, "day": day(one.decided)}
    return _("The newest status, of %(quarter)s, was approved on %(day)s.") % values


def _missing(missing: Sequence[Quarter], late: Sequence[ApprovedStatus]) -> str:
    names = ", ".join(one.label for one in missing)
    text = _("No status that counts was approved of: %(quarters)s.") % {"quarters": names}
    return f"{text} {_late(late)}".strip()


def _late(late: Sequence[ApprovedStatus]) -> str:
    text = _("The status of %(quarter)s was approved on %(day)s, and its time was up on %(due)s.")
    return " ".join(
        text % {"quarter": one.quarter.label, "day": day(one.decided), "due": day(one.quarter.due)}
        for one in late
    )


def _evidence(one: ApprovedStatus) -> Evidence:
    label = _("Status of %(quarter)s") % {"quarter": one.quarter.label}
    link, about = reverse("status", args=[one.key]), f"reports.quarterlystatus {one.key}"
    return event_evidence(label, link, about, one.noted, one.decided)


CHECKS: Mapping[str, Check[ReportPast]] = {
    Measure.QUARTERLY_STATUS: quarterly_status,
    Measure.PROJECT_STATUS: project_status,
}
