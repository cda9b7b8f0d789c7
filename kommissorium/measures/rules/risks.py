"""T2: the risk level is set, and those above it are looked after.

T2 is fulfilled on a day when the committee has approved a risk level within twelve months, when
the picture of risks is as new as that, and when each risk above the level has a plan or an
acceptance that holds. Today is counted as it is now, a past day as it was when it ended.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from kommissorium.measures.clauses import Clause
from kommissorium.measures.codes import Measure
from kommissorium.measures.days import QUARTER, SOON, year_before
from kommissorium.measures.findings import (
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
)
from kommissorium.measures.kinds import CHAIRS, reads
from kommissorium.measures.rules.chair import by_committee, said_by
from kommissorium.measures.rules.risk_past import GROUPS, ApprovedLevel, RiskCounts, RiskPast
from kommissorium.measures.said import Kroner, Words, _, day, joined, link, ngettext

NONE_YET: Final = RiskCounts(date.min)


@reads(CHAIRS)
def risk_level(_clause: Clause, past: RiskPast, asked: Question) -> Finding:
    """T2: the level is set, the picture is new enough, and nothing above it is left alone."""
    if past.on(asked) is None and not past.levels_known(asked):
        text = _("No risk has been assessed, and no risk level approved.")
        return unless_first_period(not_fulfilled(text, step=_open_assessments()), asked, QUARTER)
    return combined([_level(past, asked), _picture(past, asked), _risks_above(past, asked)])


@reads(CHAIRS)
def risk_picture(_clause: Clause, past: RiskPast, asked: Question) -> Finding:
    """Say whether there is a picture of risks to hold other things against, as T3 does."""
    if past.on(asked) is None:
        return unmeasured(_("No risk had been assessed."))
    return _picture(past, asked)


def _level(past: RiskPast, asked: Question) -> Finding:
    """Say whether this committee approved a risk level within twelve months."""
    step = Step(_("Draft the risk level"), link("risk_levels"))
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
    text = said_by(
        newest.by,
        asked,
        _("The committee approved a risk level on %(day)s."),
        _("The chair approved a risk level on %(day)s."),
        {"day": day(newest.noted.on)},
    )
    found = within_a_year(text, newest.noted.on, asked.on, evidence, step)
    return by_committee(found, newest.by, asked)


def _by_others(known: Sequence[ApprovedLevel]) -> Words:
    """Return that the committee has approved no level, and which one has."""
    text = _("The committee has not approved a risk level.")
    if not known:
        return text
    values = {"committee": known[-1].by.name, "day": day(known[-1].noted.on)}
    return joined(text, _("%(committee)s approved one on %(day)s.") % values)


def _level_of_all(known: Sequence[ApprovedLevel]) -> ApprovedLevel | None:
    """Return the newest level that holds for every category; where there is none and each
    category has its own, the one that was approved longest ago; None for neither."""
    newest = {one.group: one for one in known}
    if "" in newest:
        return newest[""]
    if set(GROUPS) - newest.keys():
        return None
    return min(newest.values(), key=lambda one: one.noted.on)


def _picture(past: RiskPast, asked: Question) -> Finding:
    """Say whether the whole, or each critical system, was assessed within twelve months."""
    counts, on = past.on(asked) or NONE_YET, asked.on
    since = counts.organisation_on
    is_covered = 0 < counts.critical <= counts.covered
    covers = _coverage(counts)
    if since and since >= year_before(on):
        approved = _("The picture of risks of the whole organisation was approved on %(day)s.")
        text = joined(approved % {"day": day(since)}, covers)
        evidence = _picture_evidence(past, counts)
        if since < year_before(on + SOON) and not is_covered:
            soon = _("Within a month it is more than twelve months ago.")
            return due_soon(joined(text, soon), evidence, step=_open_assessments())
        return fulfilled(text, evidence)
    if is_covered:
        return fulfilled(covers)
    if since:
        old = _("The picture of risks of the whole organisation is from %(day)s.")
        missing = old % {"day": day(since)}
    else:
        missing = _("No picture of risks of the whole organisation has been approved.")
    return not_fulfilled(joined(missing, covers), step=_open_assessments())


def _coverage(counts: RiskCounts) -> Words:
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
    return Step(_("Open the risk assessments"), link("assessments"))


def _risks_above(past: RiskPast, asked: Question) -> Finding:
    """Say how many risks lie above the level, and whether each is looked after."""
    counts, on = past.on(asked), asked.on
    if counts is None:
        return fulfilled("")
    evidence = _figures(past, on)
    if not counts.above:
        return fulfilled(_("No risk lies above the level."), *evidence)
    text = joined(*sentences_above(counts))
    if counts.open:
        step = Step(_("See the risks above the level"), link("risks"))
        return not_fulfilled(text, *evidence, step=step)
    if counts.lapsing:
        more = ngettext(
            "The acceptance of %(number)d of them expires within a month.",
            "The acceptances of %(number)d of them expire within a month.",
            counts.lapsing,
        )
        text = joined(text, more % {"number": counts.lapsing})
        step = Step(_("See the acceptances"), link("acceptances"))
        return due_soon(text, *evidence, step=step)
    return fulfilled(text, *evidence)


def sentences_above(counts: RiskCounts) -> Iterator[Words]:
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
    untreated = (
        (
            counts.open,
            ngettext(
                "%(number)d of them has neither a plan nor an acceptance.",
                "%(number)d of them have neither a plan nor an acceptance.",
                counts.open,
            ),
        ),
        (
            counts.slipped,
            ngettext(
                "Of these %(number)d has a plan that has slipped.",
                "Of these %(number)d have plans that have slipped.",
                counts.slipped,
            ),
        ),
        (
            counts.far,
            ngettext(
                "Of these %(number)d has a plan that reaches more than twelve months ahead, undecided.",
                "Of these %(number)d have plans that reach more than twelve months ahead, undecided.",
                counts.far,
            ),
        ),
        (
            counts.finished,
            ngettext(
                "For %(number)d of them what was planned is finished, and it was not assessed again.",
                "For %(number)d of them what was planned is finished, and they were not assessed again.",
                counts.finished,
            ),
        ),
    )
    yield from (text % {"number": number} for number, text in untreated if number)
    if counts.kroner:
        text = _("%(amount)s is accepted in all, in force on %(day)s.")
        yield text % {"amount": Kroner(counts.kroner), "day": day(counts.day)}


def _level_evidence(level: ApprovedLevel) -> Evidence:
    return event_evidence(
        _("Risk level of %(year)s") % {"year": str(level.year)},
        link("risk_level", level.key),
        f"risks.risklevel {level.key}",
        level.noted,
        level.begins,
    )


def _picture_evidence(past: RiskPast, counts: RiskCounts) -> Evidence:
    return event_evidence(
        _("Risk assessment of the whole organisation"),
        link("assessment", counts.organisation),
        f"risks.assessment {counts.organisation}",
        past.approved.get(counts.organisation or 0),
        counts.organisation_on,
    )


def _figures(past: RiskPast, on: date) -> list[Evidence]:
    return past.figures.evidence(
        on,
        link=link("risks"),
        kind="risks.figures",
        now=_("The risks as they are now"),
        then=_("Figures of the risks, %(day)s"),
    )


CHECKS: Final[Mapping[str, Check[RiskPast]]] = {
    Measure.RISK_LEVEL: risk_level,  # T2
    "risk_picture": risk_picture,  # T3 holds the policy against it
}
