"""The risks as they were on a day, counted one by one from their rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from kommissorium.assets.models import Asset
from kommissorium.demo.tests.raw_reading import (
    AMBER,
    GREEN,
    MONTH,
    RED,
    Count,
    a_year_until,
    months_later,
)
from kommissorium.demo.tests.raw_rows import by, local, told
from kommissorium.risks.models import (
    Acceptance,
    AcceptedRisk,
    Assessment,
    PlanAction,
    RiskLevel,
    Scenario,
)
from kommissorium.tasks.models import Ending


def end_of(day: date) -> datetime:
    """Return the end of a day; of today, now."""
    if day >= timezone.localdate():
        return timezone.now()
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


class Risks:
    """The rows of the risks, read once."""

    def __init__(self) -> None:
        self.today = timezone.localdate()
        levels = RiskLevel.objects.filter(state="approved").select_related("decision")
        self.levels = sorted(levels, key=lambda one: (one.decision.written_at, one.pk))
        assessments = Assessment.objects.filter(state="approved").select_related("scale")
        self.assessments = list(assessments.order_by("in_force_from", "pk"))
        self.covers = {one.pk: {a.pk for a in one.assets.all()} for one in self.assessments}
        self.scenarios = by(Scenario.objects.all(), "assessment_id")
        self.actions = defaultdict(list)
        for action in PlanAction.objects.select_related("task", "scenario"):
            self.actions[action.scenario.lineage].append(action)
        self.endings = by(Ending.objects.order_by("at"), "task_id")
        accepted = AcceptedRisk.objects.select_related("acceptance")
        self.accepted = by(accepted, "lineage")
        self.given = list(Acceptance.objects.all())
        self.systems = list(Asset.objects.filter(kind="system"))
        self.dues, self.agreed = defaultdict(list), defaultdict(list)
        for one in told(["tasks.task_given", "tasks.task_changed"]):
            self.dues[int(one.key)].append((one.on, date.fromisoformat(one.facts["due"])))
        for one in told(["risks.action_day_agreed"]):
            due = date.fromisoformat(one.facts["due"])
            self.agreed[int(one.facts["task"])].append((one.on, due))
        self.counted: dict[date, Counter[str]] = {}

    def in_force(self, day: date) -> list[Assessment]:
        return [
            one
            for one in self.assessments
            if one.in_force_from <= day and (one.in_force_to is None or one.in_force_to > day)
        ]

    def on(self, day: date) -> list[Scenario]:
        """Return the risks of the picture of the day."""
        return [risk for one in self.in_force(day) for risk in self.scenarios[one.pk]]

    def picture(self, day: date) -> Count:
        """Return the age of the picture: of the whole, or of each critical system."""
        there = self.in_force(day)
        whole = [one for one in there if one.scope == "organisation"]
        since = max((one.in_force_from or date.min for one in whole), default=date.min)
        fresh = [one for one in there if one.in_force_from >= a_year_until(day)]
        covered = set().union(*(self.covers[one.pk] for one in fresh))
        critical = {
            one.pk
            for one in self.systems
            if one.registered_on <= day and (one.ended_on or date.max) > day
            if one.criticality in ("society", "business")
        }
        numbers = (len(critical & covered), len(critical)) if critical else ()
        if critical and critical <= covered:
            return Count(GREEN, numbers)
        if since < a_year_until(day):
            return Count(RED, numbers)
        return Count(AMBER if since < a_year_until(day + MONTH) else GREEN, numbers)

    def above(self, day: date) -> Count:
        """Return the number of risks above the level, and their treatment."""
        found = self._counted(day)
        if not found["above"]:
            return Count(GREEN, ())
        numbers = [found["above"], found["planned"], found["accepted"]]
        named = ("open", "slipped", "far", "finished", "kroner")
        numbers += [found[name] for name in named if found[name]]
        if found["open"]:
            return Count(RED, numbers)
        if found["lapsing"]:
            return Count(AMBER, [*numbers, found["lapsing"]])
        return Count(GREEN, numbers)

    def _counted(self, day: date) -> Counter[str]:
        if day not in self.counted:
            self.counted[day] = self._count(day)
        return self.counted[day]

    def _count(self, day: date) -> Counter[str]:
        end = end_of(day)
        found: Counter[str] = Counter()
        found["kroner"] = sum(one.amount for one in self.given if _holds(one, day, end))
        for one in self.in_force(day):
            for risk in self.scenarios[one.pk]:
                if not self._is_above(risk, one.scale.size, day):
                    continue
                states = {self._state(action, day, end) for action in self.actions[risk.lineage]}
                held = [a.acceptance for a in self.accepted[risk.lineage]]
                held = [a for a in held if _holds(a, day, end)]
                is_planned = "stands" in states
                found["above"] += 1
                found["planned"] += is_planned
                found["accepted"] += bool(held)
                if not is_planned and not held:
                    found["open"] += 1
                    why = [one for one in ("slipped", "far", "finished") if one in states]
                    found[why[0] if why else "bare"] += 1
                elif not is_planned and all(a.expires_on < day + MONTH for a in held):
                    found["lapsing"] += 1
        return found

    def _is_above(self, risk: Scenario, size: int, day: date) -> bool:
        begun = [one for one in self.levels if one.in_force_from <= day]
        standing = [one for one in begun if one.in_force_to is None or one.in_force_to > day]
        own = {one.group: one.cells for one in standing}
        cells = own.get(risk.group) or own.get("")
        if cells is None or risk.consequence is None or risk.likelihood is None:
            return False
        return len(cells) != size or not cells[risk.consequence - 1][risk.likelihood - 1]

    def _state(self, action: PlanAction, day: date, end: datetime) -> str:
        """Return "stands", "slipped", "far" for one that lies more than a year ahead undecided,
        "finished" for one done more than sixty days ago, or "" for one that was not there, dropped
        or outlived."""
        task, is_now = action.task, day >= self.today
        if task.created_at >= end:
            return ""
        over = [
            one
            for one in self.endings[task.pk]
            if one.at < end and (one.undone_at is None or one.undone_at >= end)
        ]
        if any(one.state == "dropped" for one in over):
            return ""
        done = next((local(one.at) for one in over if one.state == "done"), None)
        if done:
            anew = [one for one in self.in_force(day) if one.in_force_from > done]
            lineages = {risk.lineage for one in anew for risk in self.scenarios[one.pk]}
            if action.scenario.lineage in lineages:
                return ""
            return "stands" if (day - done).days <= 60 else "finished"
        due = task.due if is_now else self._as_told(self.dues[task.pk], day) or task.due
        agreed = action.agreed_due if is_now else self._as_told(self.agreed[task.pk], day)
        is_impossible = action.impossible_at is not None and action.impossible_at < end
        if is_impossible or not day <= due <= (agreed or action.first_due):
            return "slipped"
        return "stands" if agreed or due <= months_later(day, 12) else "far"

    @staticmethod
    def _as_told(days: list[tuple[date, date]], day: date) -> date | None:
        return next((due for on, due in reversed(days) if on <= day), None)


def _holds(acceptance: Acceptance, day: date, end: datetime) -> bool:
    """Return whether a given acceptance counted when the day ended."""
    is_over = acceptance.ended_at is not None and acceptance.ended_at < end
    is_given = acceptance.accepted_at is not None and acceptance.accepted_at < end
    return is_given and acceptance.expires_on >= day and not is_over
