"""The kinds of plans of information and teaching, and of their activities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.awareness.models import (
    Audience,
    AwarenessActivity,
    AwarenessFinding,
    AwarenessPlan,
    Completion,
    GroupFigures,
    Sort,
)
from kommissorium.awareness.models.activities import published, reads_persons
from kommissorium.core.cleaning import refuse_outside
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import number
from kommissorium.measures.codes import Measure
from kommissorium.measures.shares import share
from kommissorium.registers.actions.planned_duties import LEAD_DAYS
from kommissorium.registers.activities import ActivityKind, Figure, YearPlanProposal
from kommissorium.registers.menu import Part
from kommissorium.registers.models.activities import ActivityOutcome
from kommissorium.registers.proposed_activities import Wheel
from kommissorium.yearwheel.actions import RegisterDuty

# What the numbers of a group are called, by what was done; in the order in which they stand.
WORDS = {
    Sort.CAMPAIGN: {"people": _("For"), "done": _("Reached")},
    Sort.COURSE: {"people": _("For"), "done": _("Completed")},
    Sort.PHISHING: {
        "people": _("Sent"),
        "clicked": _("Clicked"),
        "gave_data": _("Gave data"),
        "reported": _("Reported it"),
    },
}


# What is proposed for a year: sort, audience, the wheel's duty, title, month, and criterion.
PROPOSED: Final = (
    (
        *(Sort.CAMPAIGN, Audience.EMPLOYEES, "data_protection_day"),
        *(_("Campaign: how to tell false mails, and where to report them"), 1),
        _("More report suspicious mails than the year before."),
    ),
    (
        *(Sort.COURSE, Audience.EXECUTIVE, ""),
        *(_("Course for the executive board"), 3),
        _("The whole executive board can assess risks and measures, as NIS 2 asks."),
    ),
    (
        *(Sort.COURSE, Audience.EMPLOYEES, "training"),
        *(_("Course in information security for all employees"), 4),
        _("At least 90 % have completed it."),
    ),
    (
        *(Sort.COURSE, Audience.LEADERS, ""),
        *(_("Course for leaders"), 5),
        _("At least 90 % have completed it."),
    ),
    (
        *(Sort.PHISHING, Audience.EMPLOYEES, ""),
        *(_("Phishing simulation"), 9),
        _("Fewer give data, and more report it, than the time before."),
    ),
)


class AwarenessPlanProposal(YearPlanProposal[AwarenessPlan]):
    """Proposal to approve a year's information and teaching."""

    kind, model, slug = "awareness.awarenessplan", AwarenessPlan, "awareness-plan"
    listed = (_("Awareness"), "awareness")
    added = _("What is planned is added from the register.")
    record_kind = "awareness.plan"
    description = _("What people are to be told and taught")
    heading = _("Plan of information and teaching %(year)s")
    points = _("approves what people are to be told and taught in %(year)s")
    duties = ("awareness_plan",)
    parts = ("activities__responsible", "activities__area")

    def lacks(self, proposal: AwarenessPlan) -> list[str]:
        missing, rows = super().lacks(proposal), list(proposal.activities.all())
        sorts = {one.sort for one in rows}
        if rows and Sort.CAMPAIGN not in sorts:
            missing.append(gettext("Plan a campaign: it is to inform as well as to teach."))
        for_board = [one for one in rows if one.audience == Audience.EXECUTIVE]
        if rows and not any(one.sort == Sort.COURSE for one in for_board):
            missing.append(gettext("Plan a course for the executive board: NIS 2 asks it of them."))
        return missing


class AwarenessKind(ActivityKind[AwarenessActivity]):
    """Campaigns, courses and phishing simulations."""

    slug, model, finding = AwarenessActivity.slug, AwarenessActivity, AwarenessFinding
    home = "awareness"
    own = ("sort", "audience", "area", "target")
    related = ("plan", "responsible", "area")
    new_plan = _("Draft the plan of a year")
    new_activity = _("Plan a campaign, course or simulation")
    plan = AwarenessPlanProposal()
    requirements = ("ISO 27001 7.2", "ISO 27001 7.3", "ISO 27002 6.3", "NIS 2 § 6 nr. 7")

    replaces = ("training", "data_protection_day")
    told_by = ("sort", "audience")
    filled_from = _(
        "The draft begins with the plan that was approved last, the year wheel's duties, and what "
        "NIS 2 asks for: a campaign, and courses for employees, leaders and the executive board."
    )

    def proposed(self, year: int, by: Person) -> Iterable[AwarenessActivity]:
        wheel = Wheel(self.replaces, year, by)
        for sort, audience, key, title, month, criterion in PROPOSED:
            told = wheel.told(key, str(title), month, 15)
            target = 90 if sort == Sort.COURSE else None
            words = {"sort": sort, "audience": audience, "target": target}
            yield AwarenessActivity(**vars(told), **words, criterion=str(criterion))

    def duty_of(self, activity: AwarenessActivity) -> RegisterDuty:
        return RegisterDuty(
            key="awareness_activities",
            title=gettext("Inform and teach as planned"),
            method=gettext("Hold what the plan promises, and write the figures by department."),
            success=gettext("Those it was for have taken part, and it came to what was wanted."),
            evidence_wanted=gettext("What was held, with its figures"),
            measure=Measure.AWARENESS_TRAINING,
            lead_days=LEAD_DAYS,
            requirements=self.requirements,
        )

    def theirs(self, person: Person) -> Q:
        own = Completion.objects.filter(activity=OuterRef("pk"), person=person)
        return super().theirs(person) | Q(Exists(own))

    def requirements_of(self, activity: AwarenessActivity) -> tuple[str, ...]:
        if activity.audience == Audience.EXECUTIVE and activity.sort == Sort.COURSE:
            return (*self.requirements, "NIS 2 § 7 stk. 2")
        return self.requirements

    def more(self, activity: AwarenessActivity) -> dict[str, Any]:
        return {
            "sort": activity.sort,
            "audience": activity.audience,
            "area": activity.area_id,
            "area_name": activity.area.name if activity.area else "",
        }

    def about(self, activity: AwarenessActivity) -> Sequence[Figure]:
        target = activity.target
        wanted = gettext("%(number)s %% completed") % {"number": target} if target else ""
        found = [
            (gettext("Kind"), str(activity.get_sort_display())),
            (gettext("For whom"), activity.for_whom),
        ]
        return [*found, (gettext("Wanted"), wanted)] if wanted else found

    def refuse_planned(self, values: Mapping[str, Any]) -> None:
        """Refuse a target that is no share."""
        refuse_outside(values.get("target"), "target", 1, 100)

    def prepare(self, rows: Sequence[AwarenessActivity]) -> None:
        """Fetch the figures of all (one query)."""
        keys = [one.pk for one in rows]
        found: dict[int, list[GroupFigures]] = {key: [] for key in keys}
        for one in GroupFigures.objects.filter(activity__in=keys).select_related("area"):
            found[one.activity_id].append(one)
        for row in rows:
            row.known = published(found[row.pk])

    def results(self, activity: AwarenessActivity) -> Sequence[Figure]:
        if not hasattr(activity, "known"):
            self.prepare([activity])
        return in_words(activity, activity.known.total)

    def refuse_outcome(self, activity: AwarenessActivity, outcome: str) -> None:
        """Refuse that a target was reached where the figures say otherwise, or are missing."""
        if outcome != ActivityOutcome.MET or activity.target is None:
            return
        rows = list(GroupFigures.objects.filter(activity=activity))
        people, done = sum(one.people for one in rows), sum(one.done for one in rows)
        if not people:
            raise Refused(
                outcome=gettext("Write the figures first: they are to show that it is so.")
            )
        if 100 * done < activity.target * people:
            text = gettext("The figures say %(share)d %%, and %(target)d %% was wanted.")
            values = {
                "share": 100 * done // people,
                "target": activity.target,
            }  # below it, not rounded up
            raise Refused(outcome=text % values)

    def parts(self, activity: AwarenessActivity, person: Person) -> Iterable[Part]:
        if activity.plan.is_approved:
            yield Part("awareness/figures.html", _figures(activity, person))


KIND = AwarenessKind()
PLAN = KIND.plan
type(PLAN).activities = KIND


def in_words(activity: AwarenessActivity, numbers: Any) -> list[Figure]:
    """Return sums in words, each with its share; nothing for None."""
    if numbers is None:
        return []
    people = numbers["people"]
    found = []
    for name, label in WORDS[Sort(activity.sort)].items():
        value = number(numbers[name])
        part = "" if name == "people" or not people else f" ({share(numbers[name], people)} %)"
        found.append((str(label), f"{value}{part}"))
    return found


def _figures(activity: AwarenessActivity, person: Person) -> dict[str, Any]:
    """Return the figures for the page, and the rows of persons for those who may read them."""
    known = activity.known
    words = WORDS[Sort(activity.sort)]
    rows = Completion.objects.visible_to(person).filter(activity=activity)
    persons = rows.select_related("person", "area").order_by("who")
    of_leaders = persons.exclude(audience=Audience.EMPLOYEES)
    return {
        "activity": activity,
        "headings": [str(label) for label in words.values()],
        "rows": [
            (one, [(str(label), number(getattr(one, name))) for name, label in words.items()])
            for one in known.rows
        ],
        "hidden": known.hidden,
        "total": in_words(activity, known.total),
        "is_empty": not known.rows and not known.hidden,
        "may_write": activity.can_be_held_by(person),
        "is_course": activity.sort == Sort.COURSE,
        "may_import": person.is_coordinator,
        "import_url": f"{reverse('import_new', args=['completions'])}",
        "own": persons.filter(person=person).first(),
        "persons": list(of_leaders) if reads_persons(person) else [],
    }


def courses() -> QuerySet[AwarenessActivity]:
    """Return the courses of approved plans, the newest first."""
    found = AwarenessActivity.objects.approved().filter(sort=Sort.COURSE, called_off_at=None)
    return found.select_related("plan", "area").order_by("-planned_for", "-pk")
