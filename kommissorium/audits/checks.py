"""T9: an audit was held within twelve months, or the set number, and evaluated by decision.

Both: what was held and not evaluated is not fulfilled, and neither is what nobody held.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.audits.evaluation import EVALUATION
from kommissorium.audits.kind import KIND
from kommissorium.audits.past import AuditPast
from kommissorium.committees.measures import Measure
from kommissorium.committees.models import Clause
from kommissorium.core.ui.localised import day
from kommissorium.registers.findings import (
    SOON,
    Check,
    Finding,
    Question,
    Step,
    due_soon,
    fulfilled,
    not_fulfilled,
    unless_first_period,
    year_before,
)
from kommissorium.registers.past_activities import KnownActivity, activity_evidence

FIRST_MONTHS: Final = 3  # in which a municipality begins


def audit_evaluated(_clause: Clause, past: AuditPast, asked: Question) -> Finding:
    """T9: the newest audit that this committee has evaluated was held within the time."""
    held = {one.key: one for one in past.activities_on(asked) if one.held_on}
    ours = [one for one in past.evaluations_on(asked) if one.by.key == asked.committee]
    decided = {one.facts["audit"]: one for one in ours if one.facts["audit"] in held}
    waiting = sorted((one for key, one in held.items() if key not in decided), key=_order)
    if not decided:
        text = f"{_('No audit that was held is evaluated by decision.')} {_waits(waiting)}".strip()
        return unless_first_period(not_fulfilled(text, step=_step(waiting)), asked, FIRST_MONTHS)
    newest = max((held[key] for key in decided), key=_order)
    decision, months = decided[newest.key], past.months_on(asked)
    evidence = activity_evidence(KIND, newest), decision.evidence(EVALUATION)
    words = {"held": day(newest.held_on), "decided": day(decision.decided), "months": months}
    text = _("“%(title)s” was held on %(held)s and evaluated on %(decided)s.")
    text %= {**words, "title": newest.facts["title"]}
    text = f"{text} {_by_another(past.judged_by_another(newest.key, asked))}".strip()
    on = newest.held_on or date.min
    if on >= year_before(asked.on + SOON, months):
        return fulfilled(text, *evidence)
    if on >= year_before(asked.on, months):
        soon = _("Within a month that is more than %(months)d months ago.") % words
        return due_soon(f"{text} {soon}", *evidence, step=_step(waiting))
    late = _("That is more than %(months)d months ago.") % words
    return not_fulfilled(f"{text} {late} {_waits(waiting)}".strip(), *evidence, step=_step(waiting))


def _by_another(number: int) -> str:
    """Return a sentence where closures were judged by another than made the report; "" for none."""
    if not number:
        return ""
    text = ngettext(
        "A finding of it was closed by somebody who did not make the report.",
        "%(number)d findings of it were closed by somebody who did not make the report.",
        number,
    )
    return text % {"number": number}


def _order(one: KnownActivity) -> tuple[date, int]:
    return one.held_on or date.min, one.key


def _waits(waiting: Sequence[KnownActivity]) -> str:
    """Return a sentence when the newest audit waits for its evaluation; "" for none."""
    if not waiting:
        return ""
    values = {"title": waiting[-1].facts["title"], "day": day(waiting[-1].held_on)}
    return _("“%(title)s” was held on %(day)s and is not evaluated.") % values


def _step(waiting: Sequence[KnownActivity]) -> Step:
    if waiting:
        link = reverse("activity", args=[KIND.slug, waiting[-1].key])
        return Step(_("Evaluate the audit"), link)
    return Step(_("See the audits"), reverse(KIND.home))


CHECKS: Mapping[str, Check[Any]] = {Measure.AUDIT_EVALUATION: audit_evaluated}
