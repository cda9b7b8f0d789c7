"""T2 and T3: the risk level is set, the risks are known, and those above it are looked after.

T2 is fulfilled on a day when the committee has approved a risk level within twelve months, when
the picture of risks is as new as that, and when each risk above the level has a plan or an
acceptance that holds. Today is counted as it is now, a past day from the figures kept at its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.committees.models import Clause
from kommissorium.compliance.assessment import (
    Evidence,
    Finding,
    State,
    Step,
    due_soon,
    fulfilled,
    not_fulfilled,
    unmeasured,
)
from kommissorium.compliance.checks.demands import SOON, year_before
from kommissorium.compliance.checks.registers import not_measured
from kommissorium.compliance.history import History
from kommissorium.compliance.risks import ApprovedLevel, RiskFigures
from kommissorium.core.ui.wording import day, kroner
from kommissorium.risks.current_counts import RiskCounts
from kommissorium.risks.models import Group

NONE_YET = RiskCounts(date.min)


@dataclass(frozen=True)
class Said:
    """One of the three things T2 asks for: how it is, in a sentence, and what to do about it."""

    state: State
    sentence: str
    step: Step | None = None
    evidence: tuple[Evidence, ...] = ()


def risk_level(_clause: Clause, history: History, on: date) -> Finding:
    """T2: the level is set, the picture is new enough, and nothing above it is left alone."""
    risks = history.risks
    if risks.on(on) is None and not risks.levels_between(date.min, on):
        return unmeasured(_("No risk had been assessed, and no risk level approved."))
    said = [_of_level(history, on), _of_picture(history, on), _of_risks(history, on)]
    text = " ".join(one.sentence for one in said if one.sentence)
    evidence = [evidence for one in said for evidence in one.evidence]
    for state, conclude in ((State.NOT_FULFILLED, not_fulfilled), (State.DUE_SOON, due_soon)):
        lacking = [one for one in said if one.state == state]
        if lacking:
            return conclude(text, *evidence, step=lacking[0].step)
    return fulfilled(text, *evidence)


def policy_revision(clause: Clause, history: History, on: date) -> Finding:
    """T3, as far as risks tell: there is a picture of risks to hold the policy against."""
    if history.risks.on(on) is None:
        return not_measured(clause)
    said = _of_picture(history, on)
    if said.state == State.NOT_FULFILLED:
        lead = _("The policy is to follow the picture of risks.")
        return not_fulfilled(f"{lead} {said.sentence}", *said.evidence, step=said.step)
    rest = _(
        "Whether the policy follows it is seen from the register of policies and guidelines, "
        "which is not part of the program yet."
    )
    return unmeasured(f"{said.sentence} {rest}", *said.evidence)


def _of_level(history: History, on: date) -> Said:
    step = Step(_("Draft the risk level"), reverse("risk_levels"))
    known = history.risks.levels_between(date.min, on)
    if not known:
        return Said(State.NOT_FULFILLED, _("The committee has not approved a risk level."), step)
    newest = _level_of_all(known)
    if newest is None:
        partly = _("The committee has approved a risk level for some categories, not for all.")
        return Said(State.NOT_FULFILLED, partly, step, (_evidence_of_level(known[-1]),))
    evidence = (_evidence_of_level(newest),)
    text = _("The committee approved a risk level on %(day)s.") % {"day": day(newest.noted.on)}
    if newest.noted.on < year_before(on):
        late = _("That is more than twelve months ago.")
        return Said(State.NOT_FULFILLED, f"{text} {late}", step, evidence)
    if newest.noted.on < year_before(on + SOON):
        soon = _("Within a month it is more than twelve months ago.")
        return Said(State.DUE_SOON, f"{text} {soon}", step, evidence)
    return Said(State.FULFILLED, text, evidence=evidence)


def _level_of_all(known: Sequence[ApprovedLevel]) -> ApprovedLevel | None:
    """Return the newest level that holds for every category; where there is none and each
    category has its own, the one that was approved longest ago; None for neither."""
    newest = {one.group: one for one in known}
    if "" in newest:
        return newest[""]
    if set(Group.values) - newest.keys():
        return None
    return min(newest.values(), key=lambda one: one.noted.on)


def _of_picture(history: History, on: date) -> Said:
    """Say whether the whole, or each critical system, was assessed within twelve months."""
    standing = history.risks.on(on) or NONE_YET
    since = standing.organisation_on
    step = Step(_("Open the risk assessments"), reverse("assessments"))
    covered = {"covered": standing.covered, "critical": standing.critical}
    is_covered = 0 < standing.critical <= standing.covered
    if since and since >= year_before(on):
        text = _("The picture of risks of the whole organisation was approved on %(day)s.")
        text %= {"day": day(since)}
        evidence = (_evidence_of_picture(history, standing),)
        if since < year_before(on + SOON) and not is_covered:
            soon = _("Within a month it is more than twelve months ago.")
            return Said(State.DUE_SOON, f"{text} {soon}", step, evidence)
        return Said(State.FULFILLED, text, evidence=evidence)
    if is_covered:
        text = ngettext(
            "The %(critical)d critical system has an approved risk assessment of the last twelve months.",
            "All %(critical)d critical systems have an approved risk assessment of the last twelve months.",
            standing.critical,
        )
        return Said(State.FULFILLED, text % covered)
    if since:
        text = _("The picture of risks of the whole organisation is from %(day)s.")
        text %= {"day": day(since)}
    else:
        text = _("No picture of risks of the whole organisation has been approved.")
    if standing.critical:
        more = _(
            "%(covered)d of %(critical)d critical systems have a risk assessment of the last twelve months."
        )
        text = f"{text} {more % covered}"
    return Said(State.NOT_FULFILLED, text, step)


def _of_risks(history: History, on: date) -> Said:
    """Say how many risks lie above the level, and whether each is looked after."""
    found = history.risks.figures_on(on)
    if found is None:
        return Said(State.FULFILLED, "")
    standing, evidence = found.standing, tuple(_evidence_of_figures(history, found, on))
    if not standing.above:
        return Said(State.FULFILLED, _("No risk lies above the level."), evidence=evidence)
    text = " ".join(_sentences(standing))
    step = Step(_("See the risks above the level"), reverse("risks"))
    if standing.open:
        return Said(State.NOT_FULFILLED, text, step, evidence)
    if standing.lapsing:
        more = ngettext(
            "The acceptance of %(number)d of them expires within a month.",
            "The acceptances of %(number)d of them expire within a month.",
            standing.lapsing,
        )
        text = f"{text} {more % {'number': standing.lapsing}}"
        return Said(
            State.DUE_SOON, text, Step(_("See the acceptances"), reverse("acceptances")), evidence
        )
    return Said(State.FULFILLED, text, evidence=evidence)


def _sentences(standing: RiskCounts) -> Iterator[str]:
    above = ngettext(
        "%(number)d risk lies above the level: %(planned)d with a plan, %(accepted)d accepted.",
        "%(number)d risks lie above the level: %(planned)d with a plan, %(accepted)d accepted.",
        standing.above,
    )
    yield above % {
        "number": standing.above,
        "planned": standing.planned,
        "accepted": standing.accepted,
    }
    if standing.open:
        alone = ngettext(
            "%(number)d of them has neither a plan nor an acceptance.",
            "%(number)d of them have neither a plan nor an acceptance.",
            standing.open,
        )
        yield alone % {"number": standing.open}
    if standing.kroner:
        text = _("%(amount)s is accepted in all.")
        yield text % {"amount": kroner(standing.kroner)}


def _evidence_of_level(level: ApprovedLevel) -> Evidence:
    return Evidence(
        label=_("Risk level of %(year)s") % {"year": str(level.year)},
        link=reverse("risk_level", args=[level.key]),
        reference=f"risks.risklevel {level.key}",
        event=level.noted.seq,
        fingerprint=level.noted.hash,
        on=level.begins,
        noted_on=level.noted.on,
    )


def _evidence_of_picture(history: History, standing: RiskCounts) -> Evidence:
    noted = history.risks.approval_of(standing.organisation)
    return Evidence(
        label=_("Risk assessment of the whole organisation"),
        link=reverse("assessment", args=[standing.organisation]),
        reference=f"risks.assessment {standing.organisation}",
        event=noted.seq if noted else None,
        fingerprint=noted.hash if noted else "",
        on=standing.organisation_on,
        noted_on=noted.on if noted else None,
    )


def _evidence_of_figures(history: History, found: RiskFigures, on: date) -> Iterator[Evidence]:
    """Yield the figures of the day, and beside today's the newest the chain holds."""
    if found.noted is None:
        label = _("The risks as they are now")
        yield Evidence(label=label, link=reverse("risks"), on=found.day)
    kept = found if found.noted else history.risks.noted_until(on)
    if kept and kept.noted:
        yield Evidence(
            label=_("Figures of the risks, %(day)s") % {"day": day(kept.day)},
            link=f"{reverse('risks')}?on={kept.day.isoformat()}",
            reference=f"risks.figures {kept.day.isoformat()}",
            event=kept.noted.seq,
            fingerprint=kept.noted.hash,
            on=kept.day,
        )
