"""An auditor's way from the year's plan to a report that the committee has evaluated.

The program runs in this process on a database of its own, so that months can pass.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from kommissorium.assets.actions.assets import add_asset
from kommissorium.audits.evaluation import EVALUATION
from kommissorium.audits.kind import KIND, PLAN
from kommissorium.audits.models import Audit, AuditEvaluation, AuditFinding, AuditPlan, Sample
from kommissorium.compliance.history_queries import history_of
from kommissorium.config.tests.journeys.test_risks import Walk, words_of
from kommissorium.config.tests.registers.cycle_cases import later_meeting, through_a_meeting
from kommissorium.conftest import Cast, plan, time_is
from kommissorium.measures.answer import find
from kommissorium.measures.codes import Measure
from kommissorium.measures.findings import State
from kommissorium.registers.actions.activities import remove_activity

SYSTEMS, DRAWN = 20, 15


@pytest.fixture
def town(committing: Cast) -> Cast:
    """A municipality with systems to draw from."""
    for number in range(SYSTEMS):
        values = {"name": f"System {number:02}"}
        add_asset(by=committing.coordinator, kind="system", values=values)
    return committing


def put_day(page: Page, name: str, day: date) -> None:
    field = page.locator(f"[name={name}]")
    is_date = field.get_attribute("type") == "date"
    field.fill(day.isoformat() if is_date else f"{day:%d.%m.%Y}")


def plan_audit(cast: Cast, walk: Walk) -> Audit:
    """The coordinator drafts the plan of the year, with one audit, and puts it on the agenda."""
    page, today = walk.as_("coordinator"), timezone.localdate()
    walk.open(page, reverse("audits"))
    walk.press(page, "main a[href*='/years/new/']")
    page.check(f"[name=year][value='{today.year}']")
    walk.submit(page)
    found = AuditPlan.objects.get()
    for one in found.activities.select_related("plan"):  # what is proposed is not wanted here
        remove_activity(KIND, one, by=cast.coordinator)
    walk.press(page, f"main a[href='{reverse('activity_new', args=['audits', found.pk])}']")
    page.fill("[name=title]", "Intern audit af adgange")
    page.fill("[name=controls]", "5.15, 5.18")
    page.fill("[name=criterion]", "Alle adgange har en grund.")
    page.fill("[name=independence]", "Sidder i intern revision.")
    page.select_option("[name=responsible]", str(cast.coordinator.pk))
    put_day(page, "planned_for", date(found.year, 12, 31))
    put_day(page, "first_day", today)
    put_day(page, "last_day", today + timedelta(days=200))
    page.select_option("[name=auditor]", str(cast.chair.pk))
    with page.expect_navigation():  # who evaluates the audit cannot hold it
        page.click("main form[method=post] button.button-primary")
    assert page.locator(".form-error-message").count()
    assert page.input_value("[name=title]") == "Intern audit af adgange"
    page.select_option("[name=auditor]", str(cast.auditor.pk))
    walk.submit(page)
    walk.open(page, reverse("proposal_change", args=["audit-plan", found.pk]))
    page.fill("[name=statement]", "Vi vil vide, om reglerne bliver fulgt.")
    walk.submit(page)
    walk.open(page, reverse("proposal", args=["audit-plan", found.pk]))
    walk.submit(page)
    page.close()
    return Audit.objects.get()


def hold_audit(cast: Cast, walk: Walk, audit: Audit) -> AuditFinding:
    """The auditor looks, draws, finds, concludes, and issues the report."""
    page = walk.as_("auditor")
    assert page.locator(f"main a[href='{audit.material_url()}']").count()
    walk.open(page, reverse("audit_checklist", args=[audit.pk]))
    walk.submit(page)
    walk.press(page, "main table a")
    page.select_option("[name=outcome]", "met")
    walk.submit(page)
    walk.open(page, reverse("audit_sample", args=[audit.pk]))
    page.fill("[name=number]", str(DRAWN))
    walk.submit(page)
    assert len(Sample.objects.get().drawn) == DRAWN
    walk.open(page, audit.address("activity_finding"))
    page.select_option("[name=sort]", "nonconformity")
    page.select_option("[name=severity]", "3")
    page.fill("[name=text]", "27 konti stod åbne.")
    page.fill("[name=asset]", "System 03")
    page.select_option("[name=owner]", str(cast.member.pk))
    put_day(page, "due", timezone.localdate() + timedelta(days=30))
    walk.submit(page)
    walk.open(page, audit.address("activity_hold"))
    put_day(page, "held_on", timezone.localdate())
    page.select_option("[name=outcome]", "partly")
    page.fill("[name=conclusion]", "Adgange bliver ikke lukket i tide.")
    walk.submit(page)
    walk.press(page, f"main a[href='{reverse('audit_report_issue', args=[audit.pk])}']")
    walk.press(page, "main form[method=post] button")
    report = words_of(page, walk.site, reverse("audit_report", args=[audit.pk]))
    assert "27 konti" in report and Sample.objects.get().seed in report
    page.close()
    return AuditFinding.objects.get()


def close(walk: Walk, found: AuditFinding) -> None:
    """The owner answers and shows that it is put right; the auditor accepts it."""
    page = walk.as_("member")
    walk.open(page, found.get_absolute_url())
    walk.press(page, f"a[href='{reverse('audit_answer', args=[found.pk])}']")
    page.fill("[name=cause]", "Ingen melder fratrædelse.")
    page.fill("[name=remedy]", "Lederen melder det i lønsystemet.")
    walk.submit(page)
    walk.press(page, f"a[href='{reverse('audit_closure', args=[found.pk])}']")
    page.fill("[name=evidence]", "Listen er tom.")
    walk.submit(page)
    page.close()
    page = walk.as_("auditor")
    walk.open(page, found.get_absolute_url())
    walk.press(page, f"a[href='{reverse('audit_verdict', args=[found.pk])}']")
    page.select_option("[name=verdict]", "accepted")
    walk.submit(page)
    page.close()


def bring_evaluation(walk: Walk, audit: Audit) -> AuditEvaluation:
    """The coordinator writes the committee's conclusion, and puts it on the agenda."""
    page = walk.as_("coordinator")
    walk.open(page, audit.get_absolute_url())
    walk.press(page, f"form[action='{reverse('audit_evaluation_new', args=[audit.pk])}'] button")
    found = AuditEvaluation.objects.get()
    walk.open(page, reverse("proposal_change", args=["audit-evaluation", found.pk]))
    page.fill("[name=judgement]", "Lukning halter.")
    page.fill("[name=effort]", "Det måles hvert kvartal.")
    walk.submit(page)
    walk.open(page, reverse("proposal", args=["audit-evaluation", found.pk]))
    walk.submit(page)
    page.close()
    return found


def t9(cast: Cast) -> State:
    """Return today's answer of the mandate's check about audits."""
    history, today = history_of(cast.committee), timezone.localdate()
    clauses = history.clauses_on(today)
    clause = next(one for one in clauses if one.measure == Measure.AUDIT_EVALUATION)
    return find(clause, history, today).state


def test_an_audit_goes_from_the_plan_to_an_evaluated_report(
    town: Cast, live_server, new_page: Callable[..., Page]
) -> None:
    cast, walk = town, Walk(live_server.url, new_page)
    meeting, later = plan(cast), later_meeting(cast)
    audit = plan_audit(cast, walk)
    through_a_meeting(cast, meeting, {PLAN.kind: "approved"})
    with time_is(meeting.starts_at + timedelta(days=2)):
        found = hold_audit(cast, walk, audit)
        close(walk, found)
        assert t9(cast) == State.NOT_FULFILLED
        evaluation = bring_evaluation(walk, audit)
    through_a_meeting(cast, later, {EVALUATION.kind: "approved"})
    evaluation.refresh_from_db()
    assert evaluation.record and evaluation.record.pdf
    with time_is(later.starts_at + timedelta(days=2)):
        assert t9(cast) == State.FULFILLED
        page = walk.as_("member")
        walk.open(page, evaluation.get_absolute_url())
        walk.open(page, reverse("audits"))
        page.close()
    assert walk.faults == []
