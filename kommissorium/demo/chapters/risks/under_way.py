"""What is under way with the risks today, and what came back to the agendas by itself.

One draft is half done, another lies before the committee, actions were planned lately, and an
acceptance ran out that nobody has renewed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from kommissorium.assets.models import Asset
from kommissorium.demo.agendas import write_item
from kommissorium.demo.chapters.risks.assessments import lot, said_of
from kommissorium.demo.chapters.risks.treatment import (
    LONGER,
    REASON,
    WEIGHING,
    WHY_NOW,
    accept_as_chair,
    planned_lineages,
    row_of,
)
from kommissorium.demo.sitting import put
from kommissorium.demo.story import Town
from kommissorium.demo.texts import rows
from kommissorium.measures.days import add_months
from kommissorium.risks.actions.acceptances import propose_acceptance
from kommissorium.risks.actions.assessments import begin_assessment
from kommissorium.risks.actions.plans import Plan, add_action
from kommissorium.risks.actions.scenarios import add_scenario, change_scenario
from kommissorium.risks.levels import is_above, levels_on
from kommissorium.risks.models import Acceptance, Assessment, Capacity, PlanAction, Scenario
from kommissorium.secretariat.actions.agendas import bring_back

OWN, PUT = "S-114", "S-038"  # the systems whose risks are being assessed
MANY = 18  # risks of each
OWNER = "system_owner"
BEGUN = 8  # days ago
SCORED = ((5, 0, 5), (2, 5, 8))  # days ago, and which of the risks
ASSESSED, BEFORE = 5, 4  # days ago
AMOUNT, MONTHS = 140_000, 12  # of the acceptance that the committee is asked for
ACCEPTED, ANSWERED, EXPIRED = 190, 188, 9  # days ago
PLANNED = ((44, 4, 60), (23, 3, 40), (10, 3, 15))  # days ago, how many actions, due how soon
SPREAD = 140  # days between the first and the last of them, at most
HANDLED = 3  # the band of the least risk that is planned for
WHY_LEFT = (
    "Systemet bliver skiftet ud om et år, og en løsning nu koster mere end det, der kan gå tabt."
    " Lederen følger risikoen hver måned."
)


def tell_under_way(town: Town) -> None:
    """Tell of work begun lately."""
    told = [
        (BEGUN, "9.15", partial(_begin, town)),
        *((ago, "13.25", partial(_score, town, *which)) for ago, *which in SCORED),
        (ASSESSED, "9.55", partial(_assess, town)),
        (BEFORE, "13.20", partial(_put, town)),
        (ACCEPTED, "10.50", partial(_propose, town)),
        (ANSWERED, "9.05", partial(_accept, town)),
        *((ago, "14.25", partial(_plan, town, *what)) for ago, *what in PLANNED),
    ]
    days = town.almanac
    for ago, hour, deed in told:
        town.tell(days.moment(days.today - timedelta(days=ago), hour), deed)


def _begin(town: Town) -> None:
    """Let a system's owner begin to assess it: what can happen, before how likely it is."""
    owner, asset = town.person(OWNER), Asset.objects.get(local_id=OWN)
    made = begin_assessment(by=owner, scope=Assessment.Scope.ASSET, assets=[asset])
    for row in rows("risks/systems.csv")[:MANY]:
        add_scenario(made, by=owner, title=row["titel"], group=row["kategori"])


def _score(town: Town, first: int, last: int) -> None:
    owner, draft = town.person(OWNER), _open_of(OWN)
    for one in draft.scenarios.select_related("assessment__scale")[first:last]:
        values = said_of(OWN, row_of(one), draft.scale.size)
        change_scenario(one, by=owner, values=values, edit_version=one.edit_version)


def _assess(town: Town) -> None:
    by, asset = town.coordinator(), Asset.objects.get(local_id=PUT)
    made = begin_assessment(
        by=by,
        scope=Assessment.Scope.ASSET,
        assets=[asset],
        participants=[town.person("member")],
    )
    for row in rows("risks/systems.csv")[-MANY:]:
        values = said_of(PUT, row, made.scale.size)
        add_scenario(made, by=by, title=row["titel"], group=row["kategori"], values=values)


def _put(town: Town) -> None:
    """Put the assessment before the committee, and ask it to accept the worst of its risks."""
    by, today, draft = town.coordinator(), town.almanac.day_it_is(), _open_of(PUT)
    put(town, 0, draft)
    draft.refresh_from_db()
    worst = max(draft.scenarios.select_related("assessment"), key=lambda one: one.rank or 0)
    acceptance = propose_acceptance(
        [worst],
        by=by,
        reason=WHY_LEFT,
        amount=AMOUNT,
        measure_cost=3 * AMOUNT,
        longer_because=LONGER,
        budget_year=today.year,
        expires_on=add_months(today, MONTHS),
        capacity=Capacity.COMMITTEE,
    )
    put(town, 0, acceptance)


def _propose(town: Town) -> None:
    """Ask the chair to accept a risk of the whole municipality for half a year."""
    today = town.almanac.day_it_is()
    given = Acceptance.objects.live_on(today).values("risks__lineage")
    found = Scenario.objects.in_force().filter(assessment__scope=Assessment.Scope.ORGANISATION)
    free = found.exclude(lineage__in=given).select_related("assessment__scale")
    levels = levels_on(today)
    risk = max(free, key=lambda one: (is_above(one, levels), one.rank or 0))
    propose_acceptance(
        [risk],
        by=town.coordinator(),
        reason=REASON,
        amount=AMOUNT // 2,
        measure_cost=2 * AMOUNT,
        longer_because=LONGER,
        budget_year=today.year,
        expires_on=town.almanac.today - timedelta(days=EXPIRED),
        capacity=Capacity.CHAIR,
        weighing=WEIGHING,
        why_now=WHY_NOW[0],
    )


def _accept(town: Town) -> None:
    until = town.almanac.today - timedelta(days=EXPIRED)
    asked = Acceptance.objects.waiting_on(town.almanac.day_it_is()).get(expires_on=until)
    if not accept_as_chair(town, asked):
        raise LookupError("Nobody chairs the committee on that day")


def _plan(town: Town, number: int, soonest: int) -> None:
    """Plan this many actions, each against a risk of somebody else."""
    by, today = town.coordinator(), town.almanac.day_it_is()
    for place, one in enumerate(_unplanned(number)):
        row = row_of(one)
        owner = town.person("head_of_it") if place == 1 else one.owner or by
        days = soonest + lot(one.title, number) * SPREAD // 100
        add_action(
            one,
            by=by,
            title=row["tiltag"],
            owner=owner if owner.is_active else by,
            due=town.almanac.workday(today + timedelta(days=days)),
            plan=Plan(int(row["pris"]), one.residual_likelihood, one.residual_consequence),
        )


def _unplanned(number: int) -> Iterator[Scenario]:
    """Yield the worst risks without a plan, at most one of each owner, and no action twice."""
    found = Scenario.objects.in_force().exclude(lineage__in=planned_lineages())
    worst = found.filter(rank__gte=HANDLED).select_related("assessment", "owner")
    told: set[object] = set(PlanAction.objects.open().values_list("task__title", flat=True))
    for one in worst.order_by("-rank", "-pk"):
        action = row_of(one)["tiltag"]
        if action and not told & {action, one.owner_id}:
            told |= {action, one.owner_id}
            yield one
            number -= 1
        if not number:
            return


def _open_of(local_id: str) -> Assessment:
    """Return the present draft about the risks of one system."""
    found: Assessment = Assessment.objects.select_related("scale").get(
        scope=Assessment.Scope.ASSET,
        state=Assessment.State.DRAFT,
        assets__local_id=local_id,
    )
    return found


EXPIRING, SLIPPED = "risks.expiring", "risks.slipped"  # what returns
RETURNED = {
    EXPIRING: "<p>Risikoaccepterne herunder udløber inden for 60 dage efter mødet.</p>",
    SLIPPED: "<p>Tiltagene herunder er forsinkede, udskudte eller opgivne.</p>",
}


def tell_returning(town: Town) -> None:
    """Tell of the texts about expiring acceptances and late actions."""
    days = town.almanac
    for ago in range(days.span.yearly[0], 0, -1):
        called = days.call_day(days.held_day(ago))
        town.tell(days.moment(called, "13.50"), partial(_write_returned, town, ago))
    yesterday = days.today - timedelta(days=1)
    town.tell(days.moment(yesterday, "11.50"), partial(_write_returned, town, 0))


def _write_returned(town: Town, ago: int) -> None:
    """Write the texts of the items that come back by themselves."""
    by = town.keeper()
    if not by.is_coordinator:
        return
    bring_back(town.meetings[ago], by=by)
    items = town.meetings[ago].items.filter(subject_kind__in=RETURNED, presentation="")
    for item in items.select_related("clause", "meeting__committee"):
        write_item(town, item, (item.recommendation, RETURNED[item.subject_kind]))
