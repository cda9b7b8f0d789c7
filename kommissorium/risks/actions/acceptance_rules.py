"""Rules for proposing risks for acceptance, and for accepting them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person, PersonQuerySet, held_on, is_another, why_no_other
from kommissorium.committees.leaders import who_chairs
from kommissorium.committees.models import Committee, Holding, Seat
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import MOST_KRONER, day, kroner
from kommissorium.measures.days import add_months
from kommissorium.risks.authority import (
    asked_for,
    beyond,
    committees_of,
    heads_of,
    lie_above,
    limits_by_capacity,
    owns_what_is_assessed,
    used_of,
)
from kommissorium.risks.levels import level_of, levels_on
from kommissorium.risks.models import Acceptance, AcceptedRisk, Assessment, Capacity, Scenario

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


def refuse_longer(longer_because: str, expires_on: date, scenarios: Sequence[Scenario]) -> None:
    """Raise Refused for a last day after the year of the risk level, without a reason for it."""
    year_ends = term_end(scenarios)
    if expires_on > year_ends and not longer_because.strip():
        text = _(
            "It ends with the year of the risk level, on %(day)s. Say why it must hold longer."
        )
        raise Refused(longer_because=text % {"day": day(year_ends)})


def term_end(scenarios: Iterable[Scenario]) -> date:
    """Return the last day of the year of the risk level of these risks, the first of several.

    The last day of this year where no level holds, or one of a past year still does.
    """
    today = timezone.localdate()
    levels = levels_on(today)
    found = (level_of(one.group, levels) for one in scenarios)
    years = {level.year for level in found if level is not None} or {today.year}
    return date(max(min(years), today.year), 12, 31)


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


def refuse_nobody(capacity: str, scenarios: Sequence[Scenario], by: Person) -> None:
    """Raise Refused where nobody but the proposer could accept in that capacity, or nobody at all.

    Who has left no longer answers. Whose own system it is does not accept a risk above the level
    alone.
    """
    if capacity not in Capacity.values:
        raise Refused(capacity=_("Choose one of the options."))
    if capacity == Capacity.CHAIR and len(committees_of(scenarios)) != 1:
        text = _("The risks lie before several committees, so no chair can decide on them alone.")
        raise Refused(capacity=text)
    if capacity in (Capacity.CHAIR, Capacity.EXECUTIVE):
        _refuse_nobody_else(_who_could(capacity, scenarios), by)
    if capacity not in (Capacity.OWNER, Capacity.HEAD):
        return
    who = _the_one(capacity, scenarios)
    if who is None and capacity == Capacity.OWNER:
        raise Refused(capacity=_("The risks have no owner, or not the same one."))
    if who is None:
        raise Refused(capacity=_("No one person is head of what the risks are about."))
    if not who.is_active:
        text = _("%(name)s has left and cannot answer. Choose somebody else to accept it.")
        raise Refused(capacity=text % {"name": who.name})
    _refuse_same([who], by)
    refuse_own(who, scenarios)


def _refuse_nobody_else(able: PersonQuerySet, by: Person) -> None:
    """Raise Refused where none of those who could answer is there, or the proposer alone is."""
    found = list(able.active())
    if not found:
        raise Refused(capacity=_("Nobody could accept it in that capacity today. Choose another."))
    _refuse_same(found, by)


def _refuse_same(able: Sequence[Person], by: Person) -> None:
    if not any(is_another(by, one) for one in able):
        own = _("You propose it, so somebody else must accept it. Choose another.")
        raise Refused(capacity=next(filter(None, (why_no_other(by, one) for one in able)), own))


def _who_could(capacity: str, scenarios: Sequence[Scenario]) -> PersonQuerySet:
    """Return who leads every committee of the risks today, or who sits on the executive board."""
    today = timezone.localdate()
    people: PersonQuerySet = Person.objects.all()
    if capacity == Capacity.EXECUTIVE:
        return people.with_role("executive", today)
    held = Holding.objects.filter(held_on(today), held_on(today, "seat__"))
    held = held.filter(seat__role__in=Seat.CHAIRING)
    for committee in committees_of(scenarios):
        own = held.filter(seat__committee=committee, person=OuterRef("pk"))
        people = people.filter(Exists(own.order_by()))
    return people


def _the_one(capacity: str, scenarios: Sequence[Scenario]) -> Person | None:
    keys = heads_of(scenarios) if capacity == Capacity.HEAD else {o.owner_id for o in scenarios}
    key = next(iter(keys)) if len(keys) == 1 else None
    return Person.objects.filter(pk=key).first() if key else None


def who_answers(capacity: str, scenarios: Sequence[Scenario], by: Person) -> list[Person]:
    """Return whom to ask for the answer `by` wants; nobody where the committee decides."""
    if capacity == Capacity.CHAIR:
        return who_chairs(committees_of(scenarios)[0], timezone.localdate(), but=by)
    if capacity == Capacity.EXECUTIVE:
        return list(_who_could(capacity, scenarios))
    who = _the_one(capacity, scenarios) if capacity != Capacity.COMMITTEE else None
    return [who] if who else []


def refuse_own(person: Person, scenarios: Sequence[Scenario]) -> None:
    """Raise Refused where `person` would alone accept a risk above the level in an own system."""
    if not lie_above(scenarios, timezone.localdate()):
        return
    if owns_what_is_assessed(person, scenarios):
        text = _(
            "The risk lies above the risk level, and %(name)s has a role in what it is about. "
            "It must be accepted by somebody else or by the committee."
        )
        raise Refused(capacity=text % {"name": person.name})


def refuse_beyond(
    capacity: str, acceptance: Acceptance, scenarios: Iterable[Scenario], *, locked: bool = False
) -> None:
    """Raise Refused, saying who can, where it goes beyond what the capacity may accept."""
    limits = limits_by_capacity(locked=locked)
    for asked in asked_for(acceptance, scenarios):
        used = used_of(asked.year, without=acceptance.replaces)
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
