"""R2: the committee has set objectives for the year, each has an owner, each is measured in time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.committees.measures import Measure
from kommissorium.committees.models import Clause
from kommissorium.core.ui.localised import day
from kommissorium.registers.findings import (
    Check,
    Finding,
    Step,
    combined,
    event_evidence,
    fulfilled,
    not_fulfilled,
    within_a_year,
)
from kommissorium.registers.past import StandardPast


def objectives_followed(_clause: Clause, past: StandardPast, on: date) -> Finding:
    """R2: what was approved within twelve months is in force, owned and measured."""
    known, counts = past.in_force_on(on), past.counts_on(on)
    home = reverse("objectives")
    if known is None or not counts.get("objectives"):
        step = Step(_("Set the objectives"), home)
        return not_fulfilled(
            _("No objectives that the committee approved are in force."), step=step
        )
    text = _("The committee approved the objectives on %(day)s.") % {"day": day(known.noted.on)}
    link = reverse("objective_set", args=[known.key])
    label, about = _("The objectives as approved"), f"objectives.objectiveset {known.key}"
    evidence = event_evidence(label, link, about, known.noted, known.noted.on)
    step = Step(_("Draft the objectives of the year"), home)
    approved = within_a_year(text, known.noted.on, on, evidence, step)
    return combined([approved, _owned(counts["without_owner"]), _measured(past, on)])


def _owned(without: int) -> Finding:
    if not without:
        return fulfilled(_("Each has an owner."))
    text = ngettext("%(number)d has no owner.", "%(number)d have no owner.", without)
    step = Step(_("See who is to answer for them"), f"{reverse('objectives')}?without_owner=1")
    return not_fulfilled(text % {"number": without}, step=step)


def _measured(past: StandardPast, on: date) -> Finding:
    counts = past.counts_on(on)
    words = {"now": _("How the objectives stand"), "then": _("How the objectives stood on %(day)s")}
    link = reverse("objectives")
    evidence = past.figures.evidence(on, link=link, kind="registers.figures_kept", **words)
    late, whole = counts["late"], counts["objectives"]
    if not late:
        return fulfilled(_("Each is measured in time."), *evidence)
    text = ngettext(
        "%(late)d of %(all)d is not measured in time.",
        "%(late)d of %(all)d are not measured in time.",
        late,
    )
    step = Step(_("See what is to be measured"), f"{link}?progress=late")
    return not_fulfilled(text % {"late": late, "all": whole}, *evidence, step=step)


CHECKS: Mapping[str, Check[StandardPast]] = {Measure.OBJECTIVES: objectives_followed}
