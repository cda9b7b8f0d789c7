"""Services, plans, tests and evaluations in every state, for tests."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset
from kommissorium.conftest import Cast
from kommissorium.continuity.actions.plans import draft_plans
from kommissorium.continuity.actions.services import add_service
from kommissorium.continuity.evaluation import EVALUATION
from kommissorium.continuity.kind import KIND, TEST_PLAN
from kommissorium.continuity.models import (
    ContinuityEvaluation,
    ContinuityPlan,
    ContinuityTest,
    ContinuityTestPlan,
    Service,
)
from kommissorium.continuity.plan import PLAN
from kommissorium.registers.actions.activities import draft_evaluation, hold_activity
from kommissorium.registers.actions.standard_proposals import change_draft
from kommissorium.registers.tests import activity_cases
from kommissorium.registers.tests.activity_cases import approve, soon

STEPS = "Vagthavende; Ring til krisestaben; Rådhuset\nLederen; Skriv på papir; Afdelingen"
RESTORE = {"title": "Genskab fra backup", "sort": "restore"}
ALARM = {"title": "Ring listen igennem", "sort": "alarm", "notice": "unannounced"}


def system(cast: Cast, name: str = "Omsorgssystemet", rto: int | None = 4, **more: Any) -> Asset:
    """Return a system, added the first time."""
    now, values = timezone.now(), {"kind": "system", "rpo": 1, **more}
    found: Asset = Asset.objects.get_or_create(
        name=name,
        defaults={
            "rto": rto,
            "registered_on": cast.since,
            "created_at": now,
            "changed_at": now,
            **values,
        },
    )[0]
    return found


def service_values(cast: Cast, **others: Any) -> dict[str, Any]:
    """Return a service's values: critical, a day at most, answered for by the system owner."""
    return {
        "title": "Hjemmepleje",
        "impact": "Borgere får ikke medicin.",
        "criticality": "society",
        "mtd": 8,
        "area": None,
        "responsible": cast.system_owner,
        "calls": "Vagthavende; 12 34 56 78; døgnet rundt\nLeverandøren; +45 87654321",
        "systems": [],
        **others,
    }


def service(cast: Cast, **others: Any) -> Service:
    return add_service(by=cast.coordinator, values=service_values(cast, **others))


def plan_values(**others: Any) -> dict[str, Any]:
    return {
        "change_because": "Numrene er rettet.",
        "improves": None,
        "starts_when": "Systemet har været nede i en time. Lederen beslutter det.",
        "contingency": STEPS,
        "no_contingency": "",
        "emergency": STEPS,
        "no_emergency": "",
        "recovery": STEPS,
        "no_recovery": "",
        **others,
    }


def write_plans(found: ContinuityPlan, by: Person, values: dict[str, Any]) -> None:
    """Write the texts of a draft."""
    change_draft(PLAN, found, values, by=by, edit_version=found.edit_version)
    found.refresh_from_db()


def drafted_plans(cast: Cast, of: Service | None = None, **others: Any) -> ContinuityPlan:
    """Draft the plans of a service, all three of them."""
    found = draft_plans(of or service(cast), by=cast.coordinator)
    write_plans(found, cast.coordinator, plan_values(**others))
    return found


def approved_plans(cast: Cast, of: Service | None = None, **others: Any) -> ContinuityPlan:
    found: ContinuityPlan = approve(cast, PLAN, drafted_plans(cast, of, **others))
    return found


def values_of(cast: Cast, **others: Any) -> dict[str, Any]:
    """Return the values of a test: the crisis staff at a table."""
    return {
        "title": "Krisestaben øver strømsvigt",
        "sort": "crisis",
        "notice": "announced",
        "service": None,
        "scenario": "Strømmen er væk i hele kommunen.",
        "participants": "Krisestaben",
        "planned_for": soon(),
        "responsible": cast.system_owner,
        "criterion": "Staben er samlet inden for en time.",
        **others,
    }


def drafted(cast: Cast, *many: dict[str, Any]) -> ContinuityTestPlan:
    """Draft a plan of tests: the crisis staff and the alarm list, or these."""
    rows = [values_of(cast, **one) for one in (many or ({}, ALARM))]
    found: ContinuityTestPlan = activity_cases.drafted(KIND, cast, *rows)
    return found


def approved(cast: Cast, *many: dict[str, Any]) -> ContinuityTestPlan:
    """Approve a plan of these; the year's present plan takes them in."""
    year = timezone.localdate().year
    same = ContinuityTestPlan.objects.filter(state="approved", year=year).first()
    if same is None:
        found: ContinuityTestPlan = approve(cast, TEST_PLAN, drafted(cast, *many))
        return found
    for one in many or ({},):
        activity_cases.add(KIND, cast, same, values_of(cast, **one))
    return same


def named(plan: ContinuityTestPlan, title: str) -> ContinuityTest:
    """Return the test of a plan whose title begins like this."""
    rows = plan.activities.select_related("plan", "responsible", "service")
    found: ContinuityTest = rows.get(title__startswith=title)
    return found


def hold(found: ContinuityTest, by: Any, **others: Any) -> ContinuityTest:
    """Report that a test was held today, with these values."""
    found = KIND.model.objects.select_related("plan", "service").get(pk=found.pk)
    values = {
        "held_on": timezone.localdate(),
        "actual_rto": None,
        "actual_rpo": None,
        "outcome": "partly",
        "conclusion": "Det gik.",
        **others,
    }
    hold_activity(KIND, found, by=by, values=values, edit_version=found.edit_version)
    return found


def drafted_evaluation(
    cast: Cast, of: ContinuityTest | None = None, changes: str = "Nødplanen får et nummer mere."
) -> ContinuityEvaluation:
    """Draft the evaluation of a test that was held."""
    if of is None:
        of = hold(approved(cast, {}).activities.order_by("pk").first(), cast.coordinator)
    found = draft_evaluation(EVALUATION, by=cast.coordinator, test_id=of.pk)
    values = {"learning": "Telefonlisten var gammel.", "changes": changes}
    change_draft(EVALUATION, found, values, by=cast.coordinator, edit_version=1)
    found.refresh_from_db()
    return found


def evaluated(cast: Cast, of: ContinuityTest | None = None, **more: Any) -> ContinuityEvaluation:
    found: ContinuityEvaluation = approve(cast, EVALUATION, drafted_evaluation(cast, of, **more))
    return found
