"""Audits: planned each year, held by the internal auditor, answered, and evaluated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset
from kommissorium.audits.actions.findings import answer_finding, ask_closure, judge_closure
from kommissorium.audits.actions.work import add_checks, answer_check, draw_sample, issue_report
from kommissorium.audits.evaluation import EVALUATION
from kommissorium.audits.kind import KIND, PLAN
from kommissorium.audits.models import Audit, AuditFinding, FindingState
from kommissorium.audits.scope import controls_of
from kommissorium.demo.chapters import Chapter
from kommissorium.demo.sitting import put
from kommissorium.demo.story import Town
from kommissorium.demo.texts import rows
from kommissorium.registers.actions.activities import (
    draft_evaluation,
    draft_plan,
    hold_activity,
    note_finding,
    plan_activity,
    remove_activity,
)
from kommissorium.registers.actions.standard_proposals import change_draft

TABLE: Final = "audits.csv"
FINDINGS: Final = "audit_findings.csv"
STATEMENT = "Vi vil vide, om reglerne bliver fulgt, før andre spørger."
INDEPENDENT = "Sidder i Intern Revision, ejer ingen systemer og har ingen plads i udvalget."
LAST_QUARTER = 4
SETTLED = timedelta(days=28)  # from the approval of a plan that comes late in its year
LATE_YEAR, LATE = "1", timedelta(days=75)  # the auditor was ill that year
THIS_YEAR = 3  # as the tables count: those before it are 2, 1 and 0
TO_REPORT, TO_ANSWER, TO_CLOSE = timedelta(days=10), timedelta(days=14), timedelta(days=60)
SAMPLE = 15


def _tell(town: Town) -> None:
    days = town.almanac
    first = days.span.yearly[0]
    for ago in range(first, -1, -1):
        called = days.call_day(days.held_day(ago))
        if ago == first or days.season(ago) == LAST_QUARTER:
            town.tell(days.moment(called - timedelta(days=12), "10.30"), partial(_draft, town, ago))
            if ago:
                town.tell(
                    days.moment(called - timedelta(days=2), "10.35"), partial(_put, town, ago, PLAN)
                )
        if ago < first:
            town.tell(days.moment(called - timedelta(days=5), "10.40"), partial(_evaluate, town))
            if ago:
                brought = called - timedelta(days=2)
                town.tell(days.moment(brought, "10.45"), partial(_put, town, ago, EVALUATION))
    day = days.held_day(first) + timedelta(days=5)
    while day < days.today:
        town.tell(days.moment(day, "13.40"), partial(_round, town))
        day += timedelta(days=14)


def _index(town: Town, year: int) -> str:
    """Return the year of the story, as the tables name it."""
    return str(max(0, THIS_YEAR - max(0, town.almanac.today.year - year)))


def _draft(town: Town, ago: int) -> None:
    """Draft the plan of the year."""
    by, days = town.coordinator_today(), town.almanac
    if by is None:
        return
    made: Any = draft_plan(KIND, by=by)
    held = days.held_day(ago)
    year = held.year + (days.season(ago) == LAST_QUARTER)
    for one in made.activities.select_related("plan"):
        remove_activity(KIND, one, by=by)
    values = {"year": year, "statement": STATEMENT}
    change_draft(PLAN, made, values, by=by, edit_version=made.edit_version)
    for row in rows(TABLE):
        planned = date(year, *map(int, row["dag"].split("-")))
        if year == held.year:
            if planned < held and row["nummer"] != "1":
                continue  # its day was over
            planned = min(max(planned, held + SETTLED), date(year, 12, 20))
        if _index(town, year) in row["år"].split():
            plan_activity(KIND, made, by=by, values=_said(town, row, planned))


def _said(town: Town, row: Mapping[str, str], planned: date) -> dict[str, Any]:
    return {
        "title": row["titel"],
        "area": None,
        "clauses": row["klausuler"],
        "controls": row["kontroller"],
        "auditor": town.person("auditor"),
        "independence": INDEPENDENT,
        "first_day": planned - timedelta(days=21),
        "last_day": planned + timedelta(days=30),
        "planned_for": planned,
        "responsible": town.coordinator(),
        "criterion": row["kriterium"],
    }


def _put(town: Town, ago: int, kind: Any) -> None:
    """Put the draft on the agenda, if there is a complete one."""
    found = kind.model.objects.filter(state="draft").order_by("pk").first()
    if found is not None and town.coordinator_today() and not kind.lacks(found):
        put(town, ago, found)


def _round(town: Town) -> None:
    """Hold the audits due, issue reports, answer findings, and close those put right."""
    today, auditor = town.almanac.day_it_is(), town.person("auditor")
    for one in _due(town, today):
        _hold(town, one, auditor)
    reported = Audit.objects.approved().filter(held_on__lte=today - TO_REPORT, report=None)
    for one in reported.select_related(*KIND.related):
        drawn = one.samples.latest("pk")
        numbers = {"population": len(drawn.population), "looked_at": len(drawn.drawn)}
        issue_report(one, by=auditor, **numbers)
    said = {row["fund"]: row for row in rows(FINDINGS)}
    found = AuditFinding.objects.dressed().select_related("activity__auditor")
    before = timezone.now() - TO_ANSWER
    for each in found.filter(made_at__lte=before).exclude(closures__verdict="accepted"):
        _carry_on(each, said[each.text], auditor, today)


def _due(town: Town, today: date) -> Iterator[Audit]:
    rows_ = Audit.objects.approved().filter(held_on=None, planned_for__lte=today)
    for one in rows_.select_related(*KIND.related).order_by("planned_for", "pk"):
        is_late = _index(town, one.plan.year) == LATE_YEAR
        if one.planned_for + (LATE if is_late else timedelta()) <= today:
            yield one


def _hold(town: Town, one: Audit, auditor: Person) -> None:
    """Go through the scope, draw systems, note the findings, and conclude."""
    add_checks(
        one, by=auditor, lines=[f"ISO {number}: {text}" for number, text in controls_of(one)]
    )
    told = {row["titel"]: row for row in rows(TABLE)}[one.title]
    index = _index(town, one.plan.year)
    found = [row for row in rows(FINDINGS) if (row["nummer"], row["år"]) == (told["nummer"], index)]
    wrong = {row["punkt"] for row in found if row["slags"] == "nonconformity"}
    for line in one.checks.select_related("audit__plan"):
        is_wrong = any(f"ISO {number}:" in line.text for number in wrong)
        values = {"outcome": "not_met" if is_wrong else "met", "note": "Se fundene."}
        answer_check(line, by=auditor, values=values, edit_version=1)
    number = Asset.objects.in_register().filter(kind="system").count()
    draw_sample(one, by=auditor, number=min(SAMPLE, number))
    for row in found:
        _find(town, one, row, auditor)
    held: dict[str, Any] = {
        "held_on": town.almanac.day_it_is(),
        "outcome": "partly" if wrong else "met",
        "conclusion": told["konklusion"],
    }
    hold_activity(KIND, one, by=auditor, values=held, edit_version=one.edit_version)


def _find(town: Town, one: Audit, row: Mapping[str, str], auditor: Person) -> None:
    days = town.almanac
    note_finding(
        KIND,
        one,
        by=auditor,
        text=row["fund"],
        title="Besvar fundet, og ret op på det",
        owner=town.person(row["ejer"]),
        due=days.workday(days.day_it_is() + TO_CLOSE),
        sort=row["slags"],
        severity=int(row["alvor"]),
        reference=row["punkt"],
        asset=Asset.objects.filter(name=row["system"]).first() if row["system"] else None,
    )


def _carry_on(one: AuditFinding, row: Mapping[str, str], auditor: Person, today: date) -> None:
    """Take the next step of a finding: the answer, the evidence, or the auditor's word."""
    owner = one.task.owner
    if not owner.is_active:
        return
    if one.state == FindingState.OPEN:
        answer_finding(one, by=owner, values={"cause": row["årsag"], "remedy": row["gøres"]})
    elif one.state == FindingState.ANSWERED and row["bevis"] and one.task.due <= today:
        ask_closure(one, by=owner, evidence=row["bevis"])
    elif one.state == FindingState.ASKED:
        judge_closure(one, by=auditor, verdict="accepted", because="")


def _evaluate(town: Town) -> None:
    """Draft the evaluation of the audit whose report nobody has evaluated."""
    by, told = town.coordinator_today(), {row["titel"]: row for row in rows(TABLE)}
    found = Audit.objects.approved().filter(report__isnull=False, evaluations=None)
    one = found.select_related("plan").order_by("held_on", "pk").first()
    if by is None or one is None:
        return
    made = draft_evaluation(EVALUATION, by=by, audit_id=one.pk)
    words = {"judgement": told[one.title]["vurdering"], "effort": told[one.title]["følge"]}
    change_draft(EVALUATION, made, words, by=by, edit_version=made.edit_version)


DECIDED = {
    PLAN.kind: "Udvalget godkendte planen for audit.",
    EVALUATION.kind: "Udvalget drøftede fundene og svarene og godkendte evalueringen.",
}
CHAPTER = Chapter(_tell, budget=900, decided=DECIDED)
