"""Who may accept how much: the limits of each capacity, and what it has accepted already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset, Ownership, RegisterSettings
from kommissorium.committees.models import Committee
from kommissorium.core.ui.localised import kroner
from kommissorium.meetings.models import Decision
from kommissorium.risks.levels import is_above, levels_on
from kommissorium.risks.models import Acceptance, AuthorityLimit, Capacity, Scale, Scenario

type Limits = Mapping[str, AuthorityLimit]
type Taken = Mapping[str, int]  # whole kroner by capacity, in one budget year
type Wall = Literal["", "amount", "year", "band"]

UNCOMPARED = 99  # a rank beyond those of any scale
# Those who accept by themselves; what a committee accepts is decided together.
ALONE = (Capacity.OWNER, Capacity.HEAD, Capacity.CHAIR, Capacity.EXECUTIVE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody is asked to accept: whole kroner, in which budget year, and the worst band."""

    amount: int
    year: int
    rank: int


def limits_by_capacity(*, locked: bool = False) -> dict[str, AuthorityLimit]:
    """Return the limits by capacity. `locked` holds them until the transaction ends, so that
    of two who accept at once the second counts what the first one took.
    """
    rows = AuthorityLimit.objects.order_by("pk")
    rows = rows.select_for_update() if locked else rows
    return {row.capacity: row for row in rows}


def accepted_total(year: int, *, without: Acceptance | None = None) -> dict[str, int]:
    """Return what each capacity has accepted in a budget year.

    Whatever has expired still weighs on its year; what was withdrawn, replaced or void does not.
    `without` is the one that is to be replaced.
    """
    rows = Acceptance.objects.standing().filter(budget_year=year)
    if without is not None:
        rows = rows.exclude(pk=without.pk)
    sums = rows.order_by().values("capacity").annotate(total=Sum("amount"))
    return {row["capacity"]: row["total"] for row in sums}


def worst_rank(scenarios: Iterable[Scenario]) -> int:
    """Return the worst band of the risks, as the scale in use counts its bands.

    What was assessed by a scale with another number of bands cannot be compared and counts as
    worse than all of them. Ask for the risks with their scale.
    """
    in_use = Scale.in_use()
    bands = len(in_use.bands) if in_use else 0
    return max(
        one.rank or 0 if len(one.assessment.scale.bands) == bands else UNCOMPARED
        for one in scenarios
    )


def wall(limit: AuthorityLimit | None, taken: int, asked: Asked) -> Wall:
    """Return which of its limits a capacity would go beyond; "" where it may accept."""
    if limit is None:
        return ""
    if limit.per_risk is not None and asked.amount > limit.per_risk:
        return "amount"
    if limit.highest_rank is not None and asked.rank > limit.highest_rank:
        return "band"
    if limit.per_year is not None and taken + asked.amount > limit.per_year:
        return "year"
    return ""


def who_can(limits: Limits, taken: Taken, asked: Asked) -> list[Capacity]:
    """Return the capacities that may accept it, the one that may accept least first."""
    return [one for one in Capacity if not wall(limits.get(one), taken.get(one, 0), asked)]


def beyond(capacity: str, limits: Limits, taken: Taken, asked: Asked) -> str:
    """Return in words why a capacity may not accept it, and who may; "" where it may."""
    limit, already = limits.get(capacity), taken.get(capacity, 0)
    hit = wall(limit, already, asked)
    if limit is None or not hit:
        return ""
    values = {"who": Capacity(capacity).label, "year": str(asked.year), "taken": kroner(already)}
    if hit == "amount":
        text = _("%(who)s may accept %(most)s at most.")
        values["most"] = kroner(limit.per_risk)
    elif hit == "band":
        text = _("%(who)s may not accept a risk as high as this one.")
    else:
        text = _(
            "%(who)s may accept %(most)s at most in the budget year %(year)s and has accepted "
            "%(taken)s already."
        )
        values["most"] = kroner(limit.per_year)
    return f"{text % values} {_others(who_can(limits, taken, asked), capacity)}"


def _others(able: Iterable[Capacity], capacity: str) -> str:
    names = [str(one.label) for one in able if one != capacity]
    if not names:
        return _("Nobody may accept that much. Treat the risk, or have the limits changed.")
    word = pgettext("between the last two of a list", " or ")
    listed = word.join(filter(None, [", ".join(names[:-1]), names[-1]]))
    return _("It can be accepted by: %(names)s.") % {"names": listed}


def has_authority(capacity: str, person: Person, scenarios: Sequence[Scenario]) -> bool:
    """Return whether `person` has the capacity today over all of these risks.

    Ask for the risks with assessment; the committee is never one person.
    """
    if capacity == Capacity.OWNER:
        return all(one.owner_id == person.pk for one in scenarios)
    if capacity == Capacity.HEAD:
        heads = heads_of(scenarios)
        return bool(heads) and heads == {person.pk}
    if capacity == Capacity.CHAIR:
        led = [bool(one.leading_capacity_of(person)) for one in committees_of(scenarios)]
        return bool(led) and all(led)
    return capacity == Capacity.EXECUTIVE and person.is_executive


def is_deputy(person: Person, scenarios: Sequence[Scenario]) -> bool:
    """Return whether `person` leads a committee of the risks only in its chair's absence."""
    led = {one.leading_capacity_of(person) for one in committees_of(scenarios)}
    return Decision.Capacity.DEPUTY_CHAIR in led


def heads_of(scenarios: Iterable[Scenario]) -> set[int | None]:
    """Return the heads of the areas that answer for what the risks are about.

    None stands among them for an area without a head and for what no area answers for.
    """
    assessments = {one.assessment for one in scenarios}
    rows = Asset.objects.filter(assessments__in=assessments).values_list("area__head", flat=True)
    heads: set[int | None] = set(rows)
    heads |= {one.area.head_id for one in assessments if one.area is not None}
    return heads or {None}


def committees_of(scenarios: Iterable[Scenario]) -> list[Committee]:
    """Return the committees the risks belong before: of the assessment, or of the registers."""
    found = {one.assessment.committee for one in scenarios}
    if None in found:
        found = (found - {None}) | {RegisterSettings.current().wheel_committee}
    return [one for one in found if one is not None] or list(Committee.objects.all())


def lie_before(committee: Committee, scenarios: Iterable[Scenario]) -> bool:
    """Return whether all of the risks belong before the committee, so that it may accept them."""
    return committees_of(scenarios) == [committee]


def owns_what_is_assessed(person: Person, scenarios: Iterable[Scenario]) -> bool:
    """Return whether `person` has a role today in a system, data set or archive assessed."""
    assessments = {one.assessment_id for one in scenarios}
    own = Ownership.objects.current().filter(person=person)
    return own.filter(asset__assessments__in=assessments).exists()


def lie_above(scenarios: Iterable[Scenario], on: date) -> bool:
    """Return whether any of the risks lies above the risk level of the day."""
    levels = levels_on(on)
    return any(is_above(one, levels) for one in scenarios)
