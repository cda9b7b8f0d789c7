"""Authority to accept risks: the limits of each capacity, their use, and who holds it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset, Ownership, RegisterSettings
from kommissorium.committees.models import Committee
from kommissorium.core.ui.localised import kroner
from kommissorium.risks.levels import is_above, levels_on
from kommissorium.risks.models import Acceptance, AuthorityLimit, Capacity, Scale, Scenario
from kommissorium.risks.models.acceptances import HIGHEST

type Limits = Mapping[str, AuthorityLimit]
type Taken = Mapping[str, int]  # whole kroner by capacity, in one budget year
type Wall = Literal["", "none", "amount", "year", "band"]

RANKS = {capacity: rank for rank, capacity in enumerate(Capacity)}
# Those who answer by themselves. The committee decides at a meeting, its chair in between.
ALONE = (Capacity.OWNER, Capacity.HEAD, Capacity.EXECUTIVE)


@dataclass(frozen=True, slots=True)
class Asked:
    """Amount somebody is asked to accept: whole kroner, in which budget year, and the worst band.

    `is_highest` says that it is the highest band there is.
    """

    amount: int
    year: int
    rank: int
    is_highest: bool = False


def asked_for(acceptance: Acceptance, scenarios: Iterable[Scenario]) -> list[Asked]:
    """Return what is asked of whoever accepts these risks, for each budget year it weighs on.

    What another scale measured counts as the highest band: bands of scales with different
    numbers of them cannot be compared.
    """
    scale = Scale.in_use()
    bands = len(scale.bands) if scale else 0
    rank = max(
        one.rank or 0 if len(one.assessment.scale.bands) == bands else bands for one in scenarios
    )
    first = last = acceptance.budget_year
    if acceptance.loss == Acceptance.Loss.YEARLY:
        last = max(first, acceptance.expires_on.year)
    years = range(first, last + 1)
    return [Asked(acceptance.amount, year, rank, is_highest=rank >= bands) for year in years]


def limits_by_capacity(*, locked: bool = False) -> dict[str, AuthorityLimit]:
    """Return the limits by capacity. `locked` holds them until the transaction ends, so that
    of two who accept at once the second counts what the first one took.
    """
    rows = AuthorityLimit.objects.order_by("pk")
    rows = rows.select_for_update() if locked else rows
    return {row.capacity: row for row in rows if row.is_laid_down}


def used_of(year: int, *replaced: Acceptance | None) -> dict[str, int]:
    """Return what each capacity has used of its limit for a budget year.

    Whatever has expired has still used its year; what was withdrawn, replaced or void has not.
    A yearly loss uses each year it holds in. Those that are to be `replaced` are left out. It is
    no total of what is accepted: that is what is in force on a day.
    """
    rows = Acceptance.objects.standing().of_budget(year)
    if replaced := tuple(filter(None, replaced)):
        rows = rows.exclude(pk__in=[one.pk for one in replaced])
    sums = rows.order_by().values("capacity").annotate(total=Sum("amount"))
    return {row["capacity"]: row["total"] for row in sums}


def wall(limit: AuthorityLimit | None, taken: int, asked: Asked) -> Wall:
    """Return which of its limits a capacity would go beyond; "" where it may accept.

    Without a limit laid down it may accept nothing, and the highest band is for the committee
    and the executive board whatever the limit says.
    """
    if limit is None or limit.per_risk is None or limit.per_year is None:
        return "none"
    if asked.amount > limit.per_risk:
        return "amount"
    if asked.is_highest and limit.capacity not in HIGHEST:
        return "band"
    if limit.highest_rank is not None and asked.rank > limit.highest_rank:
        return "band"
    return "year" if taken + asked.amount > limit.per_year else ""


def who_can(limits: Limits, taken: Taken, asked: Asked) -> list[Capacity]:
    """Return the capacities that may accept it, the one that may accept least first."""
    return [one for one in Capacity if not wall(limits.get(one), taken.get(one, 0), asked)]


def beyond(capacity: str, limits: Limits, taken: Taken, asked: Asked) -> str:
    """Return in words why a capacity may not accept it, and who may; "" where it may."""
    limit, already = limits.get(capacity), taken.get(capacity, 0)
    hit = wall(limit, already, asked)
    if not hit:
        return ""
    values = {"who": Capacity(capacity).label, "year": str(asked.year), "taken": kroner(already)}
    if limit is None or hit == "none":
        text = _("%(who)s may accept nothing: no limit has been laid down.")
    elif hit == "amount":
        text = _("%(who)s may accept %(most)s at most.")
        values["most"] = kroner(limit.per_risk)
    elif hit == "band":
        text = _("%(who)s may not accept a risk as high as this one.")
    else:
        text = _(
            "%(who)s may accept %(most)s at most in the budget year %(year)s and has used "
            "%(taken)s of it already."
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

    Ask for the risks with assessment. The committee is never one person, and its chair accepts
    by a decision between meetings.
    """
    if capacity == Capacity.OWNER:
        return all(one.owner_id == person.pk for one in scenarios)
    if capacity == Capacity.HEAD:
        heads = heads_of(scenarios)
        return bool(heads) and heads == {person.pk}
    return capacity == Capacity.EXECUTIVE and person.is_executive


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


def may_answer(
    acceptance: Acceptance, person: Person, risks: Sequence[Scenario] | None = None
) -> bool:
    """Return whether `person` may accept or refuse it: another than whoever proposed, by capacity.

    What committee or chair is to accept is a decision: see chairs_committee(). Whether the two are
    two real people is asked by the act (who_answers.py), which says what to do.
    """
    if not acceptance.waits_on(timezone.localdate()) or person.pk == acceptance.proposed_by_id:
        return False
    if acceptance.capacity not in ALONE:
        return False
    risks = risks_of(acceptance) if risks is None else risks
    return has_authority(acceptance.capacity, person, risks)


def chairs_committee(
    acceptance: Acceptance, person: Person, risks: Sequence[Scenario]
) -> Committee | None:
    """Return the committee as whose chair `person` may decide between meetings on what was
    proposed to the chair; None for nobody of the kind."""
    if acceptance.capacity != Capacity.CHAIR or person.pk == acceptance.proposed_by_id:
        return None
    if not acceptance.waits_on(timezone.localdate()):
        return None
    before = committees_of(risks)
    is_led = len(before) == 1 and before[0].leading_capacity_of(person)
    return before[0] if is_led else None


def is_for_committee(acceptance: Acceptance) -> bool:
    """Return whether a decision of the committee could accept it: what lies higher up could not."""
    highest = RANKS[Capacity.COMMITTEE]
    waits = acceptance.waits_on(timezone.localdate())
    return waits and RANKS[Capacity(acceptance.capacity)] <= highest


def may_withdraw(acceptance: Acceptance, person: Person) -> bool:
    """Return whether `person` may end it: a coordinator, who accepted it, who still proposes it."""
    if acceptance.ended_at is not None or acceptance.state == Acceptance.State.REFUSED:
        return False
    if acceptance.is_unanswered and person.pk == acceptance.proposed_by_id:
        return True
    return person.is_coordinator or person.pk == acceptance.accepted_by_id


def risks_of(acceptance: Acceptance) -> list[Scenario]:
    """Return the risks it was proposed for, with what is asked about them."""
    along = ("assessment__committee", "assessment__area", "assessment__scale", "owner")
    keys = acceptance.risks.values("scenario")
    return list(Scenario.objects.filter(pk__in=keys).select_related(*along).order_by("pk"))
