"""T2: the risk level is set, and those above it are looked after; what risk work shows of standards.

T2 is fulfilled on a day when the committee has approved a risk level within twelve months, when
the picture of risks is as new as that, and when each risk above the level has a plan or an
acceptance that holds. Today is counted as it is now, a past day as it was when it ended.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.committees.measures import Measure
from kommissorium.committees.models import Clause
from kommissorium.core.evidence.models import Record
from kommissorium.core.ui.localised import day, kroner
from kommissorium.registers.findings import (
    QUARTER,
    SOON,
    Check,
    Evidence,
    Finding,
    Question,
    Step,
    combined,
    due_soon,
    event_evidence,
    fulfilled,
    not_fulfilled,
    unless_first_period,
    unmeasured,
    within_a_year,
    year_before,
)
from kommissorium.registers.offered import Basis
from kommissorium.registers.requirements import LASTS, Says, Shown
from kommissorium.risks.agenda.proposals import LevelProposal
from kommissorium.risks.checks_past import ApprovedLevel, RiskPast
from kommissorium.risks.current_counts import RiskCounts
from kommissorium.risks.models import Assessment, Group, PlanAction, RiskLevel
from kommissorium.tasks.models import Task

NONE_YET: Final = RiskCounts(date.min)


def risk_level(_clause: Clause, past: RiskPast, asked: Question) -> Finding:
    """T2: the level is set, the picture is new enough, and nothing above it is left alone."""
    if past.on(asked) is None and not past.levels_known(asked):
        text = _("No risk has been assessed, and no risk level approved.")
        return unless_first_period(not_fulfilled(text, step=_open_assessments()), asked, QUARTER)
    return combined([_level(past, asked), _picture(past, asked), _risks_above(past, asked)])


def risk_picture(_clause: Clause, past: RiskPast, asked: Question) -> Finding:
    """Say whether there is a picture of risks to hold other things against, as T3 does."""
    if past.on(asked) is None:
        return unmeasured(_("No risk had been assessed."))
    return _picture(past, asked)


def _level(past: RiskPast, asked: Question) -> Finding:
    """Say whether this committee approved a risk level within twelve months."""
    step = Step(_("Draft the risk level"), reverse("risk_levels"))
    everybody = past.levels_known(asked)
    known = [one for one in everybody if one.by.key == asked.committee]
    if not known:
        missing = not_fulfilled(_by_others(everybody), step=step)
        return unless_first_period(missing, asked, QUARTER)
    newest = _level_of_all(known)
    if newest is None:
        partly = _("The committee has approved a risk level for some categories, not for all.")
        return not_fulfilled(partly, _level_evidence(known[-1]), step=step)
    evidence = _level_evidence(newest)
    text = _("The committee approved a risk level on %(day)s.") % {"day": day(newest.noted.on)}
    return within_a_year(text, newest.noted.on, asked.on, evidence, step)


def _by_others(known: Sequence[ApprovedLevel]) -> str:
    """Return that the committee has approved no level, and which one has."""
    text = _("The committee has not approved a risk level.")
    if not known:
        return text
    values = {"committee": known[-1].by.name, "day": day(known[-1].noted.on)}
    return f"{text} {_('%(committee)s approved one on %(day)s.') % values}"


def _level_of_all(known: Sequence[ApprovedLevel]) -> ApprovedLevel | None:
    """Return the newest level that holds for every category; where there is none and each
    category has its own, the one that was approved longest ago; None for neither."""
    newest = {one.group: one for one in known}
    if "" in newest:
        return newest[""]
    if set(Group.values) - newest.keys():
        return None
    return min(newest.values(), key=lambda one: one.noted.on)


def _picture(past: RiskPast, asked: Question) -> Finding:
    """Say whether the whole, or each critical system, was assessed within twelve months."""
    counts, on = past.on(asked) or NONE_YET, asked.on
    since = counts.organisation_on
    is_covered = 0 < counts.critical <= counts.covered
    covers = _coverage(counts)
    if since and since >= year_before(on):
        text = _("The picture of risks of the whole organisation was approved on %(day)s.")
        text = f"{text % {'day': day(since)}} {covers}".strip()
        evidence = _picture_evidence(past, counts)
        if since < year_before(on + SOON) and not is_covered:
            soon = _("Within a month it is more than twelve months ago.")
            return due_soon(f"{text} {soon}", evidence, step=_open_assessments())
        return fulfilled(text, evidence)
    if is_covered:
        return fulfilled(covers)
    if since:
        text = _("The picture of risks of the whole organisation is from %(day)s.")
        text %= {"day": day(since)}
    else:
        text = _("No picture of risks of the whole organisation has been approved.")
    return not_fulfilled(f"{text} {covers}".strip(), step=_open_assessments())


def _coverage(counts: RiskCounts) -> str:
    """Return how many of the critical systems were assessed within twelve months."""
    if not counts.critical:
        return _("No system is called critical.")
    text = ngettext(
        "%(covered)d of %(critical)d critical system was assessed within twelve months.",
        "%(covered)d of %(critical)d critical systems were assessed within twelve months.",
        counts.critical,
    )
    return text % {"covered": counts.covered, "critical": counts.critical}


def _open_assessments() -> Step:
    return Step(_("Open the risk assessments"), reverse("assessments"))


def _risks_above(past: RiskPast, asked: Question) -> Finding:
    """Say how many risks lie above the level, and whether each is looked after."""
    counts, on = past.on(asked), asked.on
    if counts is None:
        return fulfilled("")
    evidence = _figures(past, on)
    if not counts.above:
        return fulfilled(_("No risk lies above the level."), *evidence)
    text = " ".join(sentences_above(counts))
    if counts.open:
        step = Step(_("See the risks above the level"), reverse("risks"))
        return not_fulfilled(text, *evidence, step=step)
    if counts.lapsing:
        more = ngettext(
            "The acceptance of %(number)d of them expires within a month.",
            "The acceptances of %(number)d of them expire within a month.",
            counts.lapsing,
        )
        text = f"{text} {more % {'number': counts.lapsing}}"
        step = Step(_("See the acceptances"), reverse("acceptances"))
        return due_soon(text, *evidence, step=step)
    return fulfilled(text, *evidence)


def sentences_above(counts: RiskCounts) -> Iterator[str]:
    """Say how many risks lie above the level, and what is done about them."""
    above = ngettext(
        "%(number)d risk lies above the level: %(planned)d with a plan, %(accepted)d accepted.",
        "%(number)d risks lie above the level: %(planned)d with a plan, %(accepted)d accepted.",
        counts.above,
    )
    yield above % {
        "number": counts.above,
        "planned": counts.planned,
        "accepted": counts.accepted,
    }
    if counts.open:
        alone = ngettext(
            "%(number)d of them has neither a plan nor an acceptance.",
            "%(number)d of them have neither a plan nor an acceptance.",
            counts.open,
        )
        yield alone % {"number": counts.open}
    if counts.slipped:
        late = ngettext(
            "Of these %(number)d has a plan that has slipped.",
            "Of these %(number)d have plans that have slipped.",
            counts.slipped,
        )
        yield late % {"number": counts.slipped}
    if counts.kroner:
        text = _("%(amount)s is accepted in all, in force on %(day)s.")
        yield text % {"amount": kroner(counts.kroner), "day": day(counts.day)}


def _level_evidence(level: ApprovedLevel) -> Evidence:
    return event_evidence(
        _("Risk level of %(year)s") % {"year": str(level.year)},
        reverse("risk_level", args=[level.key]),
        f"risks.risklevel {level.key}",
        level.noted,
        level.begins,
    )


def _picture_evidence(past: RiskPast, counts: RiskCounts) -> Evidence:
    return event_evidence(
        _("Risk assessment of the whole organisation"),
        reverse("assessment", args=[counts.organisation]),
        f"risks.assessment {counts.organisation}",
        past.approved.get(counts.organisation or 0),
        counts.organisation_on,
    )


def _figures(past: RiskPast, on: date) -> list[Evidence]:
    return past.figures.evidence(
        on,
        link=reverse("risks"),
        kind="risks.figures",
        now=_("The risks as they are now"),
        then=_("Figures of the risks, %(day)s"),
    )


def _pictures() -> QuerySet[Record]:
    """Return the approved pictures of the whole organisation, the newest first."""
    whole = Assessment.objects.filter(scope=Assessment.Scope.ORGANISATION, state="approved")
    return Record.objects.filter(pk__in=whole.values("record")).order_by("-at", "-pk")


def _levels() -> QuerySet[Record]:
    """Return the approved risk levels, the newest first."""
    approved = RiskLevel.objects.filter(state="approved")
    return Record.objects.filter(pk__in=approved.values("record")).order_by("-at", "-pk")


def _levels_in_force(day: date) -> Iterator[int]:
    held = RiskLevel.objects.in_force_on(day).filter(record__isnull=False)
    yield from held.order_by("pk").values_list("record", flat=True)


PICTURES: Final = Basis(_pictures, "risks")
LEVELS: Final = Basis(_levels, in_force=_levels_in_force)
CHECKS: Final[Mapping[str, Check[RiskPast]]] = {
    Measure.RISK_LEVEL: risk_level,  # T2
    "risk_picture": risk_picture,  # T3 holds the policy against it
}


LEVEL: Final = LevelProposal()
OF_LEVEL: Final = ("ISO 27001 6.1.2", "ISO 27001 6.1.3", "NIS 2 § 6 nr. 1")
OF_ASSESSMENT: Final = ("ISO 27001 6.1.2", "ISO 27001 8.2", "NIS 2 § 6 nr. 1")
OF_ACTIONS: Final = ("ISO 27001 6.1.3", "ISO 27001 8.3")


def shown_by_risks(day: date) -> Iterator[Shown]:
    """Yield the levels in force, the newest assessment of the organisation, and the actions of
    plans: each can be chosen where it meets a control (three queries)."""
    for level in RiskLevel.objects.in_force_on(day):
        link, since = level.get_absolute_url(), level.in_force_from
        title = LEVEL.title_of(level)
        yield Shown(
            f"risks.risklevel:{level.pk}", title, link, Says.LAID_DOWN, since, None, OF_LEVEL
        )
    whole = Assessment.objects.in_force_on(day).filter(scope=Assessment.Scope.ORGANISATION)
    for one in whole.order_by("-in_force_from", "-pk")[:1]:
        key, link = f"risks.assessment:{one.pk}", one.get_absolute_url()
        done = Says.CARRIED_OUT
        yield Shown(key, one.title, link, done, one.in_force_from, None, OF_ASSESSMENT)
    yield from _actions(day)


def _actions(day: date) -> Iterator[Shown]:
    recent = Q(task__state=Task.State.OPEN) | Q(task__done_at__date__range=(day - LASTS, day))
    rows = PlanAction.objects.filter(recent).exclude(task__state=Task.State.DROPPED)
    for row in rows.select_related("task", "scenario"):
        task, note = row.task, ""
        says, when = Says.PLANNED, task.due
        if task.state == Task.State.DONE:
            says, when = Says.CARRIED_OUT, timezone.localdate(task.done_at)
        elif task.due < day:
            says, note = Says.AGAINST, _("It is late.")
        link = row.scenario.get_absolute_url()
        yield Shown(
            f"risks.planaction:{row.pk}", task.title, link, says, when, None, OF_ACTIONS, note
        )
