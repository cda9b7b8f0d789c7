"""What was done about the risks: plans with actions, and what was accepted, also by the chair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Final
from uuid import UUID

from kommissorium.accounts.models import Person
from kommissorium.core.refusals import Refused
from kommissorium.demo.chapters.risks.assessments import assessed, lot
from kommissorium.demo.sitting import put
from kommissorium.demo.story import Town
from kommissorium.demo.texts import rows
from kommissorium.measures.days import add_months
from kommissorium.registers.installed import proposal_kind_of
from kommissorium.risks.actions.acceptances import accept, propose_acceptance, withdraw_acceptance
from kommissorium.risks.actions.plans import Plan, add_action, say_impossible
from kommissorium.risks.authority import (
    chairs_committee,
    heads_of,
    may_answer,
    owns_what_is_assessed,
    risks_of,
)
from kommissorium.risks.current_counts import SOON
from kommissorium.risks.levels import is_above, levels_on, term_end
from kommissorium.risks.models import Acceptance, Capacity, PlanAction, Scenario, Treatment
from kommissorium.secretariat.actions.cycle import decide
from kommissorium.tasks.actions import change_task, finish_task

WHY_NOW: Final = (
    "Budgettet for i år bliver lukket, før udvalget mødes igen.",
    "Aftalen med leverandøren skal forlænges inden mødet.",
    "Vurderingen er lige godkendt, og risikoen stod ellers uden plan og risikoaccept til næste møde.",
)
WEIGHING: Final = {
    "security": "weaker",
    "security_text": "Risikoen bliver stående, mens den følges hvert kvartal.",
    "usability": "unchanged",
    "usability_text": "Medarbejderne mærker ingen forskel.",
    "economy": "saves",
    "economy_text": "Tiltaget koster mere end det, der kan gå tabt.",
    "proportion": "fitting",
    "proportion_text": "Truslen er kendt og sjælden.",
}


def accept_as_chair(town: Town, acceptance: Acceptance) -> bool:
    """Let the chair accept the proposal; False where nobody may."""
    chair = town.chair("security")
    committee = chairs_committee(acceptance, chair, risks_of(acceptance)) if chair else None
    if chair is None or committee is None:
        return False
    text = proposal_kind_of(acceptance).text(acceptance)
    decide(
        committee,
        by=chair,
        title=text.title,
        text=text.decided,
        why_now=WHY_NOW[lot(text.title) % len(WHY_NOW)],
        weighing=WEIGHING,
        is_impartial=True,
        subject=("risks.acceptance", str(acceptance.pk), acceptance.get_absolute_url()),
    )
    return True


APPROVED = 13  # days after a meeting: its minutes have been approved the day before
WAITING = 6  # days ago: what nobody has answered yet
HIGH = (Capacity.CHAIR, Capacity.COMMITTEE)
LOW = (Capacity.HEAD, Capacity.OWNER)
TAKEN = {True: 24, False: 20}  # of a hundred risks: accepted above the level, and within it
LEAST = {Capacity.COMMITTEE: 18, Capacity.CHAIR: 6, Capacity.HEAD: 6, Capacity.OWNER: 6}  # months
SECOND = 25  # of a hundred are proposed to the second of them
REASON = (
    "En løsning koster mere end det, kommunen kan miste. Risikoen bliver set på igen til tiden."
)
FIND = "Find et tiltag, og forelæg det for udvalget"
LATE = timedelta(days=30)  # nothing is later than that when somebody asks for it
LEFT = "Den, der skulle svare, er rejst."
LONGER = "Systemet bliver først skiftet ud efter årsskiftet, og risikoen er den samme til da."
LEFT_ALONE = 15  # of a hundred risks nothing more is planned for once an action is finished
YEARLY = 30  # of a hundred risks can cost something every year
CONDITION = "Lederen følger med hvert kvartal."
# For how many months and how many kroner, by lot.
TERMS = ((6, 40_000), (12, 250_000), (18, 90_000), (9, 120_000), (24, 350_000))


def tell_treatment(town: Town) -> None:
    """Tell of plans and acceptances after each meeting that approved a picture."""
    days = town.almanac
    for ago in sorted({*days.span.yearly, *assessed(town)}, reverse=True):
        held = days.held_day(ago)
        treated = days.moment(held + timedelta(days=APPROVED), "13.05")
        town.tell(treated, partial(_treat, town))
        town.tell(treated + timedelta(days=2), partial(_answer, town))
        for after in (45, 80):
            town.tell(treated + timedelta(days=after), partial(_go_on, town))
        called = days.call_day(held)
        town.tell(
            days.moment(called - timedelta(days=2), "9.45"), partial(_ask_committee, town, ago)
        )
    town.tell(
        days.moment(days.today - timedelta(days=WAITING), "10.25"), partial(_propose_last, town)
    )


def _treat(town: Town) -> None:
    """Plan actions against risks above the level that have no plan, or accept them."""
    by, levels = town.keeper(), levels_on(town.almanac.day_it_is())
    if not by.is_coordinator:  # the next one goes on with it
        return
    along = ("assessment__scale", "assessment__area", "owner")
    found = Scenario.objects.in_force().select_related(*along).order_by("pk")
    once, planned = planned_lineages(), _under_way(town)
    given = Acceptance.objects.live_on(town.almanac.day_it_is())
    accepted = set(given.values_list("risks__lineage", flat=True))
    for one in found:
        row, is_high = row_of(one), is_above(one, levels)
        is_left = one.lineage in once and lot(one.title, "igen") < LEFT_ALONE
        if is_high and row["tiltag"] and one.lineage not in planned and not is_left:
            _plan(town, one, row, by, again=one.lineage in once)
        is_alone = is_high and not row["tiltag"]
        if (
            one.lineage in accepted
            or lot(one.title, one.assessment.title) >= TAKEN[is_high] + 100 * is_alone
        ):
            continue
        if is_high or one.treatment == Treatment.ACCEPT:
            asked = _propose(town, one, by, HIGH if is_high else LOW)
            if asked == Capacity.COMMITTEE and is_alone and one.lineage not in planned:
                _plan(town, one, row, by, again=False)  # until it has decided


def planned_lineages() -> set[UUID]:
    """Return the risks that were ever planned for."""
    return set(PlanAction.objects.values_list("scenario__lineage", flat=True))


def _under_way(town: Town) -> set[UUID]:
    """Return the risks with a current plan, or with an action still open."""
    standing = PlanAction.objects.standing(town.almanac.day_it_is())
    keys = standing.values_list("scenario__lineage", flat=True)
    return {*keys, *PlanAction.objects.open().values_list("scenario__lineage", flat=True)}


def row_of(one: Scenario) -> Mapping[str, str]:
    """Return the tables' facts about a risk."""
    told = (*rows("risks/organisation.csv"), *rows("risks/systems.csv"))
    return next(row for row in told if one.title.endswith(row["titel"]))


def _plan(town: Town, one: Scenario, row: Mapping[str, str], by: Person, *, again: bool) -> None:
    months = 3 + lot(one.title, one.pk) % 7
    due = town.almanac.workday(add_months(town.almanac.day_it_is(), months))
    owner = one.owner if one.owner and one.owner.is_active else by
    plan = Plan(int(row["pris"] or 0) or None, one.residual_likelihood, one.residual_consequence)
    title = row["tiltag"] or FIND
    title = f"Følg op på: {title}" if again else title
    add_action(one, by=by, title=title, owner=owner, due=due, plan=plan)


def _propose(town: Town, one: Scenario, by: Person, order: Sequence[Capacity]) -> Capacity | None:
    """Propose a risk's acceptance to the first by lot of those who can; return the person asked."""
    months, amount = TERMS[lot(one.title, one.pk) % len(TERMS)]
    today, chair = town.almanac.day_it_is(), town.chair("security")
    turn = 1 if lot(one.assessment.title, one.title, "tur") < SECOND else 0
    for capacity in (*order[turn:], *order[:turn]):
        if capacity == Capacity.CHAIR and (not chair or owns_what_is_assessed(chair, [one])):
            continue
        amount = amount // 10 if order == LOW else amount
        until = add_months(today, max(months, LEAST[capacity]))
        try:
            propose_acceptance(
                [one],
                by=by,
                reason=REASON,
                amount=amount,
                loss=loss_of(one),
                measure_cost=int(row_of(one)["pris"] or 3 * amount),
                budget_year=today.year,
                expires_on=until,
                longer_because=LONGER if until > term_end([one]) else "",
                capacity=capacity,
                conditions=CONDITION,
                weighing=WEIGHING if capacity == Capacity.CHAIR else None,
                why_now=WHY_NOW[lot(one.title) % len(WHY_NOW)]
                if capacity == Capacity.CHAIR
                else "",
            )
        except Refused:
            continue
        return capacity
    return None


def loss_of(one: Scenario) -> str:
    """Return whether a risk can cost once or every year, by lot."""
    yearly = lot(one.title, "tab") < YEARLY
    return Acceptance.Loss.YEARLY if yearly else Acceptance.Loss.ONCE


def _answer(town: Town) -> None:
    """Let those who can accept alone do so."""
    today = town.almanac.day_it_is()
    waiting = Acceptance.objects.waiting_on(today).exclude(capacity=Capacity.COMMITTEE)
    for acceptance in waiting.order_by("pk"):
        risk = risks_of(acceptance)[0]
        asked = {
            Capacity.OWNER: risk.owner,
            Capacity.HEAD: Person.objects.filter(pk__in=heads_of([risk]) - {None}).first(),
        }
        if acceptance.capacity == Capacity.CHAIR and accept_as_chair(town, acceptance):
            continue
        person = asked.get(Capacity(acceptance.capacity))
        if person and person.has_login and may_answer(acceptance, person, [risk]):
            accept(acceptance, by=person)
        elif (keeper := town.keeper()).is_coordinator:
            withdraw_acceptance(acceptance, by=keeper, because=LEFT)


def _ask_committee(town: Town, ago: int) -> None:
    """Put acceptances that only the committee can give on the agenda of its meeting."""
    waiting = Acceptance.objects.waiting_on(town.almanac.day_it_is())
    for one in waiting.filter(capacity=Capacity.COMMITTEE).order_by("pk")[:1]:
        put(town, ago, one)


def _go_on(town: Town) -> None:
    """Let actions be finished, put off or called impossible, as their lots say."""
    today, keeper = town.almanac.day_it_is(), town.keeper()
    due = PlanAction.objects.open().filter(task__due__lte=today + SOON)
    along = ("task__owner", "task__committee", "scenario__assessment")
    for action in due.select_related(*along).order_by("pk"):
        drawn, task = lot(action.task.title, action.pk), action.task
        by = task.owner if task.owner.is_active and task.owner.has_login else keeper
        is_long_late = task.due < today - LATE
        if drawn < 70 or is_long_late:  # noqa: PLR2004 of a hundred
            finish_task(task, by=by, word="Er lavet og prøvet.")
        elif drawn < 82 and keeper.is_coordinator:  # noqa: PLR2004
            change_task(
                task,
                by=keeper,
                title=task.title,
                description=task.description,
                owner=task.owner,
                due=town.almanac.workday(add_months(today, 4)),
                edit_version=task.edit_version,
            )
        elif drawn < 86 and not action.is_impossible:  # noqa: PLR2004
            say_impossible(action, by=by, because="Leverandøren kan ikke levere det alligevel.")


def _propose_last(town: Town) -> None:
    """Withdraw one acceptance, and leave another for its answer."""
    given = Acceptance.objects.standing().filter(replaces=None)
    given = given.filter(expires_on__gt=town.almanac.day_it_is())
    if (last := given.order_by("-pk").first()) is not None:
        withdraw_acceptance(
            last, by=town.coordinator(), because="Systemet bliver skiftet ud før tid."
        )
        risk = last.risks.select_related("scenario").get().scenario
        now = Scenario.objects.in_force().filter(lineage=risk.lineage).first()
        if now is not None:
            by = town.coordinator()
            _ = _propose(town, now, by, (Capacity.CHAIR,)) or _propose(town, now, by, HIGH)
