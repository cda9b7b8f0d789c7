"""The kinds of plans of the year's tests, of tests and real activations; hours in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kommissorium.accounts.models import Person
from kommissorium.assets.models.assets import MOST_HOURS
from kommissorium.continuity.forms import (
    ContinuityTestForm,
)
from kommissorium.continuity.models import (
    ContinuityEvaluation,
    ContinuityFinding,
    ContinuityPlan,
    ContinuityTest,
    ContinuityTestPlan,
    Notice,
    Service,
    Sort,
)
from kommissorium.continuity.proposed_tests import proposed_tests
from kommissorium.core.cleaning import refuse_outside
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import day, number
from kommissorium.measures.codes import Measure
from kommissorium.registers.actions.planned_duties import LEAD_DAYS
from kommissorium.registers.activities import ActivityKind, Figure, Label, YearPlanProposal
from kommissorium.registers.menu import Part
from kommissorium.registers.models.activities import ActivityOutcome
from kommissorium.registers.offered import happening_of
from kommissorium.yearwheel.actions import RegisterDuty


def hours(value: int | None) -> str:
    """Return a number of hours in words; for None that nobody has filled it in."""
    if value is None:
        return _("Not assessed")
    text = ngettext("%(number)s hour", "%(number)s hours", value)
    return text % {"number": number(value)}


class ContinuityTestPlanProposal(YearPlanProposal[ContinuityTestPlan]):
    """Proposal to approve the plan of a year's tests."""

    kind, slug = "continuity.continuitytestplan", "continuity-test-plan"
    model = ContinuityTestPlan
    listed = (gettext_lazy("Continuity"), "continuity_tests")
    added = gettext_lazy("What is planned is added from the register.")
    record_kind = "continuity.test_plan"
    description = gettext_lazy("Which tests of contingency are held")
    heading = gettext_lazy("Tests of contingency %(year)s")
    points = gettext_lazy("approves the tests of contingency in %(year)s")
    duties = ("continuity_test_plan",)
    parts = ("activities__responsible", "activities__service")

    def lacks(self, proposal: ContinuityTestPlan) -> list[str]:
        missing = super().lacks(proposal)
        if proposal.activities.filter(sort=Sort.ACTIVATION).exists():
            missing.append(_("A real activation cannot be planned. Add it when it has happened."))
        return missing


TESTED = ("ISO 27002 5.29", "ISO 27002 5.30", "NIS 2 § 6 nr. 3")
# What the year wheel calls a test, and how it is done, by its sort; the desk's where it says none.
_DUTIES: Mapping[str, tuple[str, tuple[str, ...], Label, Label]] = {
    Sort.DESK: (
        "continuity_tests",
        TESTED,
        gettext_lazy("Test the contingency as planned"),
        gettext_lazy("Run the test, note the times, and turn what was learnt into tasks."),
    ),
    Sort.RESTORE: (
        "continuity_restores",
        ("ISO 27002 8.13", "NIS 2 § 6 nr. 3"),
        gettext_lazy("Restore from backup as planned"),
        gettext_lazy(
            "Fetch a database and some files from the backup, and note the time it takes."
        ),
    ),
    Sort.ALARM: (
        "continuity_alarms",
        ("ISO 27002 5.24", "NIS 2 § 6 nr. 3"),
        gettext_lazy("Test the alarm list as planned"),
        gettext_lazy("Call everybody on the list, and note who answers and how fast."),
    ),
}


class ContinuityKind(ActivityKind[ContinuityTest]):
    """Desk tests, technical restores, crisis staff exercises, alarm lists, and real activations."""

    slug, model, finding = ContinuityTest.slug, ContinuityTest, ContinuityFinding
    home = "continuity_tests"
    requirements = TESTED
    texts = ("scenario",)
    form = ContinuityTestForm
    held = ("held_on", "actual_rto", "actual_rpo", "outcome", "conclusion")
    related = ("plan", "responsible", "service")
    new_plan = gettext_lazy("Draft the tests of a year")
    new_activity = gettext_lazy("Plan a test, or add a real activation")
    plan = ContinuityTestPlanProposal()

    replaces = ("continuity_test", "restore", "alarm_list")
    told_by = ("sort", "service_id")
    filled_from = gettext_lazy(
        "The draft begins with the plan that was approved last, the year wheel's duties, a desk test "
        "of each critical service, and a restore of the critical systems."
    )

    def proposed(self, year: int, by: Person) -> Iterable[ContinuityTest]:
        return proposed_tests(self.replaces, year, by)

    def duty_of(self, activity: ContinuityTest) -> RegisterDuty:
        key, requirements, title, method = _DUTIES.get(activity.sort, _DUTIES[Sort.DESK])
        return RegisterDuty(
            key=key,
            title=str(title),
            method=str(method),
            success=_("What was wanted was reached, or what is missing has an owner and a date."),
            evidence_wanted=_("The test, with its times"),
            measure=Measure.CONTINUITY_TEST,
            lead_days=LEAD_DAYS,
            requirements=requirements,
        )

    def occasion(self, activity: ContinuityTest) -> str:
        """Return its title; of one that is not announced its sort: a calendar tells nobody."""
        is_announced = activity.notice == Notice.ANNOUNCED
        return activity.title if is_announced else str(activity.get_sort_display())

    def more(self, activity: ContinuityTest) -> dict[str, Any]:
        names = ("actual_rto", "target_rto", "actual_rpo", "target_rpo")
        return {
            "sort": activity.sort,
            "notice": activity.notice,
            "service": activity.service_id or 0,
            **{name: getattr(activity, name) for name in names},
        }

    def about(self, activity: ContinuityTest) -> Sequence[Figure]:
        return [
            (_("Kind"), str(activity.get_sort_display())),
            (_("Notice"), str(activity.get_notice_display())),
            (_("Service"), for_what(activity)),
            (_("Scenario"), activity.scenario),
            (_("Who takes part"), activity.participants),
        ]

    def results(self, activity: ContinuityTest) -> Sequence[Figure]:
        pairs = (
            (_("Ran again after"), activity.actual_rto, activity.target_rto),
            (_("Data lost"), activity.actual_rpo, activity.target_rpo),
        )
        return [
            (label, _against(actual, target))
            for label, actual, target in pairs
            if actual is not None
        ]

    def is_unplanned(self, activity: ContinuityTest) -> bool:
        return activity.is_activation

    def added_to(self, activity: ContinuityTest) -> ContinuityTest:
        activity.origin = None
        return super().added_to(activity)

    def checked(self, activity: ContinuityTest, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the outcome, with the targets of the day. Raises Refused, by field."""
        for name in ("actual_rto", "actual_rpo"):
            refuse_outside(values.get(name), name, 0, MOST_HOURS)
        if activity.sort == Sort.RESTORE and values.get("actual_rto") is None:
            raise Refused(actual_rto=_("A technical restore is measured: write the hours."))
        _refuse_before_plans(activity, values["held_on"])
        target_rto, target_rpo = targets(activity.service)
        found = {**values, "target_rto": target_rto, "target_rpo": target_rpo}
        tried = ContinuityTest(**{name: found.get(name) for name in TIMES})
        if values["outcome"] == ActivityOutcome.MET and tried.is_missed:
            raise Refused(outcome=_("A time took longer than it was to: that is not reached."))
        return found

    def parts(self, activity: ContinuityTest, person: Person) -> Iterable[Part]:
        if found := happening_of(activity.origin or "", person):
            yield Part("continuity/begun_by.html", {"happening": found})
        if not activity.is_held:
            return
        rows = ContinuityEvaluation.objects.filter(test=activity).exclude(state="dropped")
        if not person.is_coordinator:
            rows = rows.filter(state__in=["proposed", "approved"])
        plans = ContinuityPlan.objects.visible_to(person).filter(improves=activity)
        context = {
            "activity": activity,
            "evaluation": rows.first(),
            "plans": list(plans.select_related("service").order_by("pk")),
            "may_evaluate": person.is_coordinator,
        }
        yield Part("continuity/evaluated.html", context)


TIMES = ("actual_rto", "actual_rpo", "target_rto", "target_rpo")
KIND = ContinuityKind()
TEST_PLAN = KIND.plan
type(TEST_PLAN).activities = KIND


def for_what(activity: ContinuityTest) -> str:
    """Return the subject of a test, in words."""
    return activity.service.title if activity.service else _("The whole municipality")


def targets(service: Service | None) -> tuple[int | None, int | None]:
    """Return a service's recovery time for all its systems, and the data that may be lost.

    The slowest of its systems, at most the longest tolerable downtime; that where none says.
    """
    if service is None:
        return None, None
    rows = list(service.systems.values_list("rto", "rpo"))
    slowest = [one for one, _rpo in rows if one is not None]
    known = [one for one in (max(slowest, default=None), service.mtd) if one is not None]
    lost = [one for _rto, one in rows if one is not None]
    return min(known, default=None), min(lost, default=None)


def _against(actual: int, target: int | None) -> str:
    if target is None:
        return hours(actual)
    return _("%(actual)s (%(target)s wanted)") % {"actual": hours(actual), "target": hours(target)}


def _refuse_before_plans(activity: ContinuityTest, held_on: Any) -> None:
    """Refuse a test of a service's plans on a day before it had any."""
    if activity.service is None or activity.is_activation or held_on is None:
        return
    begun = activity.service.plans.filter(in_force_from__isnull=False)
    first = begun.order_by("in_force_from").values_list("in_force_from", flat=True).first()
    if first is None:
        text = _("No plans of “%(service)s” are approved: there is nothing to test.")
        raise Refused(held_on=text % {"service": activity.service.title})
    if held_on < first:
        text = _(
            "The first plans of “%(service)s” hold from %(day)s: it was held before there were any."
        )
        raise Refused(held_on=text % {"service": activity.service.title, "day": day(first)})
