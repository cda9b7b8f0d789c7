"""Rules for proposing risks for acceptance, and for accepting them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import MOST_KRONER, day, kroner
from kommissorium.measures.days import add_months
from kommissorium.risks.actions.who_answers import refuse_nobody
from kommissorium.risks.authority import asked_for, beyond, limits_by_capacity, used_of
from kommissorium.risks.levels import term_end
from kommissorium.risks.models import Acceptance, AcceptedRisk, Assessment, Scenario

MOST_YEARS = 5


def refuse_terms(made: Acceptance, today: date) -> None:
    """Raise Refused for amounts nobody can mean, a year or a last day that is over or far off."""
    errors = {}
    for name in ("amount", "measure_cost"):
        if getattr(made, name) < 0:
            errors[name] = _("The amount cannot be less than 0.")
        if getattr(made, name) > MOST_KRONER:
            errors[name] = _("The amount can be %(most)s at most.") % {"most": kroner(MOST_KRONER)}
    if made.loss not in Acceptance.Loss.values:
        errors["loss"] = _("Choose one of the options.")
    budget_year, expires_on = made.budget_year, made.expires_on
    if not today.year <= budget_year <= today.year + MOST_YEARS:
        text = _("Choose a budget year from %(first)s to %(last)s.")
        values = {"first": str(today.year), "last": str(today.year + MOST_YEARS)}
        errors["budget_year"] = text % values
    if expires_on < today:
        errors["expires_on"] = _("That day is over. Choose today or a later day.")
    if expires_on > add_months(today, 12 * MOST_YEARS):
        errors["expires_on"] = _("A risk is accepted for five years at most, then looked at anew.")
    if errors:
        raise Refused(**errors)


def refuse_proposal(made: Acceptance, scenarios: Sequence[Scenario], by: Person) -> None:
    """Raise Refused for risks and terms that cannot be proposed by `by` in the capacity."""
    refuse_risks(scenarios, made.replaces)
    refuse_longer(made.longer_because, made.expires_on, scenarios)
    refuse_nobody(made.capacity, scenarios, by)
    refuse_beyond(made.capacity, made, scenarios)


def refuse_longer(longer_because: str, expires_on: date, scenarios: Sequence[Scenario]) -> None:
    """Raise Refused for a last day after the year of the risk level, without a reason for it."""
    year_ends = term_end(scenarios)
    if expires_on > year_ends and not longer_because.strip():
        text = _(
            "It ends with the year of the risk level, on %(day)s. Say why it must hold longer."
        )
        raise Refused(longer_because=text % {"day": day(year_ends)})


def refuse_risks(scenarios: Sequence[Scenario], replaced: Acceptance | None) -> None:
    """Raise Refused for risks that cannot be accepted, or that are accepted already."""
    if not scenarios:
        raise Refused(risks=_("Choose the risks it is about."))
    if len({one.lineage for one in scenarios}) < len(scenarios):
        raise Refused(risks=_("The same risk is there twice. Choose it once."))
    for one in scenarios:
        if not one.is_scored:
            text = _("“%(risk)s” has not been scored yet.")
            raise Refused(risks=text % {"risk": one.title})
        if not (one.is_in_force or one.assessment.state == Assessment.State.PROPOSED):
            raise Refused(
                risks=_(
                    "A risk can be accepted once its assessment is before the committee, and as "
                    "long as no newer one has taken its place."
                )
            )
    _refuse_twice(scenarios, replaced)


def _refuse_twice(scenarios: Sequence[Scenario], replaced: Acceptance | None) -> None:
    names = {one.lineage: one.title for one in scenarios}
    live = Acceptance.objects.live_on(timezone.localdate())
    other = AcceptedRisk.objects.filter(lineage__in=list(names), acceptance__in=live)
    if replaced is not None:
        other = other.exclude(acceptance=replaced)
    found = other.select_related("acceptance").first()
    if found is None:
        return
    values = {"risk": names[found.lineage], "day": day(found.acceptance.expires_on)}
    if found.acceptance.is_unanswered:
        text = _("“%(risk)s” has been proposed for acceptance already. Wait for the answer.")
    else:
        text = _("“%(risk)s” is accepted until %(day)s. Replace that acceptance.")
    raise Refused(risks=text % values)


def refuse_beyond(
    capacity: str, acceptance: Acceptance, scenarios: Iterable[Scenario], *, locked: bool = False
) -> None:
    """Raise Refused, saying who can, where it goes beyond what the capacity may accept."""
    limits = limits_by_capacity(locked=locked)
    for asked in asked_for(acceptance, scenarios):
        used = used_of(asked.year, acceptance.replaces)
        if reason := beyond(capacity, limits, used, asked):
            raise Refused(capacity=reason)


def refuse_answered(acceptance: Acceptance) -> None:
    """Raise Refused for what does not wait for an answer: answered, ended or too late."""
    today = timezone.localdate()
    now = Acceptance.objects.get(pk=acceptance.pk)
    if now.waits_on(today):
        return
    if now.has_lapsed_on(today):
        raise Refused(_("The day it was to hold until is over. Propose it again."))
    raise Refused(answered())


def answered() -> str:
    """Return the sentence for whoever comes too late."""
    return _("It has been answered or has ended meanwhile. Nothing of yours was saved.")


def refuse_accepted(acceptance: Acceptance, risks: Sequence[Scenario]) -> None:
    """Raise Refused where one of the risks is accepted already: two proposals met on their way."""
    now = timezone.now()
    given = Acceptance.objects.in_force_at(now, timezone.localdate(now)).exclude(
        pk__in=[acceptance.pk, acceptance.replaces_id or 0]
    )
    keys = [one.lineage for one in risks]
    other = AcceptedRisk.objects.filter(lineage__in=keys, acceptance__in=given.order_by())
    found = other.select_related("acceptance", "scenario").first()
    if found is not None:
        values = {"risk": found.scenario.title, "day": day(found.acceptance.expires_on)}
        text = _("“%(risk)s” is accepted until %(day)s. Replace that acceptance.")
        raise Refused(text % values)


def refuse_replacing(replaced: Acceptance) -> None:
    """Raise Refused for what no longer stands, or where another is to take its place already."""
    if not replaced.is_standing:
        raise Refused(_("Only an acceptance that was given and has not been ended is replaced."))
    if Acceptance.objects.waiting_on(timezone.localdate()).filter(replaces=replaced).exists():
        raise Refused(_("A new one has been proposed in its place already."))


def hold_committees() -> None:
    """Let no decision of a committee take effect until the transaction ends.

    Take it before anything else, as meetings.actions.numbering.hold: a decision holds its
    committee, then the chain, then the rows it is about, and who acts alone has them the other
    way round. SQLite has one writer at a time anyway, so it is asked nothing.
    """
    if connection.features.has_select_for_update:
        rows = Committee.objects.select_for_update(no_key=True).order_by("pk")
        list(rows.values_list("pk", flat=True))


def hold_risks(scenarios: Sequence[Scenario]) -> None:
    """Hold the risks until the transaction ends: who proposes the same at once waits."""
    lineages = [one.lineage for one in scenarios]
    rows = Scenario.objects.filter(lineage__in=lineages).select_for_update()
    list(rows.order_by("pk").values_list("pk", flat=True))


def risks_as_proposed(acceptance: Acceptance) -> list[Scenario]:
    """Return the risks as they stand in today's picture, held until the transaction ends.

    Raises Refused where one of them is no longer, or not yet, what was proposed.
    """
    rows = list(acceptance.risks.order_by("pk"))
    today = {one.lineage: one for one in _held(row.lineage for row in rows)}
    for row in rows:
        found = today.get(row.lineage)
        if found is None:
            raise Refused(
                _(
                    "The assessment of the risk is not approved, or a newer one has left the "
                    "risk out. It can be accepted when the assessment has been approved."
                )
            )
        if _score(found) != _score(row):
            text = _("“%(risk)s” has another score than when it was proposed. Propose it again.")
            raise Refused(text % {"risk": found.title})
    return [today[row.lineage] for row in rows]


def _held(lineages: Iterable[UUID]) -> list[Scenario]:
    rows = Scenario.objects.in_force().filter(lineage__in=list(lineages))
    keys = list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
    along = ("assessment__committee", "assessment__area", "assessment__scale", "owner")
    return list(Scenario.objects.filter(pk__in=keys).select_related(*along))


def _score(risk: Scenario | AcceptedRisk) -> tuple[int | None, int | None, int | None]:
    return risk.likelihood, risk.consequence, risk.rank


def weighed_by_money(made: Acceptance, weighing: Mapping[str, str]) -> dict[str, str]:
    """Return the weighing with what loss and price say where no reason is given."""
    text = _("Possible loss: %(loss)s. The measure that is not taken: %(cost)s.")
    money = text % {"loss": made.loss_in_words, "cost": kroner(made.measure_cost)}
    given = {name: said for name, said in weighing.items() if said.strip()}
    return {"economy_text": money, "proportion_text": money, **given}
