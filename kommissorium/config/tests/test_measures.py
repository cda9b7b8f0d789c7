"""The rules stand alone: what they hold of the program's codes is what the program holds."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from kommissorium import measures
from kommissorium.accounts.models import OrganisationRole
from kommissorium.audits.evaluation import EVALUATION as OF_AUDITS
from kommissorium.audits.kind import KIND as AUDITS
from kommissorium.audits.models.audits import USUAL_MONTHS
from kommissorium.awareness.evaluation import EVALUATION as OF_AWARENESS
from kommissorium.awareness.kind import KIND as AWARENESS
from kommissorium.awareness.models import Audience, Sort
from kommissorium.committees.models import Clause, Seat
from kommissorium.continuity.evaluation import EVALUATION as OF_TESTS
from kommissorium.continuity.kind import KIND as TESTS
from kommissorium.continuity.models import CRITICAL, Notice, PlanPart
from kommissorium.continuity.models import Sort as Exercise
from kommissorium.continuity.plan import PLAN
from kommissorium.core.evidence import verifier
from kommissorium.core.evidence.sealed_tables import kept_tables
from kommissorium.incidents.laws import STAGES
from kommissorium.measures import activities, clauses, codes, kinds, rows, told
from kommissorium.measures.answer import kinds_of
from kommissorium.measures.registers import REGISTERS
from kommissorium.measures.rules import (
    audits,
    awareness,
    calendars,
    continuity_past,
    notifications,
    objectives,
    policies,
    projects,
    reports,
    risk_past,
    rulings,
)
from kommissorium.meetings.minutes_builder import ITEM
from kommissorium.meetings.models import WEIGHED_WITHIN, Meeting, Outcome, Weighing
from kommissorium.meetings.models.decisions import DECISION
from kommissorium.meetings.models.proceedings import WEIGHED
from kommissorium.meetings.year_plan import DEFAULT_NUMBER, HORIZON_MONTHS
from kommissorium.objectives.proposal import KIND as OBJECTIVES
from kommissorium.policies.models import Change, FramePart, Level
from kommissorium.projects.proposal import KIND as WORK
from kommissorium.registers.activities import ActivityKind
from kommissorium.registers.installed import registers
from kommissorium.registers.requirements import AREAS
from kommissorium.reports.proposals import BOARD, KIND
from kommissorium.risks.models import Group
from kommissorium.rulings.models import MOST_DAYS
from kommissorium.yearwheel.models import Occurrence

FILES = sorted(Path(measures.__file__).parent.rglob("*.py"))
NAMES = [
    (codes.ROLE_NAMES, OrganisationRole.Kind),
    (codes.SEAT_NAMES, Clause.Role),
    (policies.FRAME, FramePart),
    (continuity_past.PARTS, PlanPart),
    (awareness.AUDIENCES, Audience),
]


@pytest.mark.parametrize(("said", "choices"), NAMES)
def test_a_code_has_the_name_that_the_program_gives_it(said: Any, choices: Any) -> None:
    with override(None):
        for code, name in said.items():
            assert str(name) == str(choices(code).label)


def test_parts_that_are_asked_for_in_full_are_all_there() -> None:
    assert [*policies.FRAME] == FramePart.values and [*continuity_past.PARTS] == PlanPart.values
    assert {*codes.SEAT_NAMES} == {*Clause.Role.values}
    assert {*risk_past.GROUPS} == {*Group.values} and {*projects.AREAS} == {*AREAS}


def test_codes_and_numbers_are_the_programs() -> None:
    assert (
        *(Clause.Kind.MEMBER, Clause.Kind.AGENDA),
        Clause.Kind.OTHER,
    ) == (clauses.MEMBER, clauses.AGENDA, clauses.OTHER)
    assert clauses.CHAIRING == Seat.CHAIRING
    assert codes.APPROVING == (Outcome.APPROVED, Outcome.WITH_CHANGES)
    assert codes.WEIGHED == WEIGHED
    assert (codes.CRITICAL, codes.MINOR) == (
        Occurrence.Result.CRITICAL,
        Occurrence.Result.MINOR,
    )
    assert told.TOOK_PLACE == Meeting.TOOK_PLACE
    assert (told.ITEM, told.DECISION) == (ITEM, DECISION)
    assert (rows.ASPECTS, rows.HEAVY) == (Weighing.ASPECTS, Weighing.HEAVY)
    assert calendars.DEFAULT_NUMBER == DEFAULT_NUMBER
    assert calendars.HORIZON_MONTHS == HORIZON_MONTHS
    assert len(STAGES) + 1 == notifications.PASSED
    assert rulings.MOST_DAYS == MOST_DAYS and audits.USUAL_MONTHS == USUAL_MONTHS
    assert continuity_past.CRITICAL == CRITICAL
    assert (continuity_past.ACTIVATION, continuity_past.UNANNOUNCED_TEST) == (
        Exercise.ACTIVATION,
        Notice.UNANNOUNCED,
    )
    assert str(Sort.CAMPAIGN) == awareness.CAMPAIGN
    assert (Level.OVERALL, Change.MINOR) == ("overall", "minor")
    assert WEIGHED_WITHIN.days == 30
    kinds = (reports.STATUS, reports.BOARD, projects.KIND, objectives.KIND)
    assert kinds == (KIND.kind, BOARD.kind, WORK.kind, OBJECTIVES.kind)


@pytest.mark.parametrize(
    ("own", "kind"),
    [(audits.KIND, AUDITS), (awareness.KIND, AWARENESS), (continuity_past.TESTS, TESTS)],
)
def test_a_kind_of_activity_is_called_as_the_program_calls_it(
    own: activities.Kind, kind: ActivityKind[Any]
) -> None:
    model = kind.model._meta.label_lower
    assert (own.slug, own.row, own.plan, own.home) == (
        *(kind.slug, model, kind.plan.kind),
        kind.home,
    )
    with override(None):
        assert str(own.new_plan) == str(kind.new_plan)


def test_what_was_approved_is_called_as_the_program_calls_it() -> None:
    facts = {"title": "Løn", "year": 2026, "number": 2}
    for own, kind in (
        (audits.EVALUATION, OF_AUDITS),
        (awareness.EVALUATION, OF_AWARENESS),
        (continuity_past.PLAN, PLAN),
    ):
        assert own.kind == kind.kind and str(own.named(facts)) == kind.named(facts)
        assert str(own.link_to(7)) == kind.link_to(7)
    assert OF_TESTS.kind == continuity_past.EVALUATION


def test_each_register_that_is_asked_is_installed_and_leads_to_its_page() -> None:
    installed = {one.code: one for one in registers()}
    for rules in REGISTERS:
        with override(None):
            assert str(rules.label) == str(installed[rules.code].label)
        assert rules.home == installed[rules.code].menu.home


@pytest.mark.parametrize("path", [*FILES, Path(verifier.__file__)], ids=lambda path: path.stem)
def test_an_outsiders_python_reads_it(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 9))
    called = {one.func.id: one for one in ast.walk(tree) if _is_call(one)}
    names = {word.arg for one in called.values() for word in one.keywords}
    assert not names & {"slots", "kw_only", "strict"}, "not before Python 3.10"


def _is_call(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name)


def test_what_the_answer_is_read_from_is_known_of_days_gone_by() -> None:
    unkept = set(rows.TABLES) - set(kept_tables())
    assert unkept == {"accounts_person"}  # of people the pseudonym alone, which never changes


def test_each_measure_says_what_it_reads_and_each_table_of_facts_is_read() -> None:
    asked = [Clause(kind=Clause.Kind.RESPONSIBILITY, measure=one) for one in codes.Measure]
    own = [Clause(kind=kind) for kind in Clause.Kind.values]
    read = {table for one in (*asked, *own) for kind in kinds_of(one) for table in kind.tables}
    assert read == {*rows.TABLES}
    for one in asked:
        own_kinds = kinds_of(one) - {kinds.MANDATES}
        assert any(kind.tables or kind.acts for kind in own_kinds), one.measure
