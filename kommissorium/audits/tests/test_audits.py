"""Audits: valid values, refusals in words, and how long each person may read them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.actions.readings import forget_readings
from kommissorium.accounts.models import Reading
from kommissorium.assets.actions.areas import add_area, change_area
from kommissorium.assets.actions.assets import end_asset
from kommissorium.assets.tests.document_cases import system
from kommissorium.audits.actions.findings import (
    answer_finding,
    ask_closure,
    judge_closure,
)
from kommissorium.audits.actions.work import (
    add_checks,
    answer_check,
    draw_sample,
    drawn_of,
    issue_report,
    name_auditor,
)
from kommissorium.audits.evaluation import EVALUATION
from kommissorium.audits.kind import KIND, PLAN
from kommissorium.audits.models import AuditReport, CheckLine, Sample
from kommissorium.audits.tests.cases import (
    LOOKED,
    answered,
    approved,
    audited,
    closed,
    drafted,
    drafted_evaluation,
    dressed,
    find,
    named,
    reported,
    values_of,
)
from kommissorium.conftest import time_is
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.registers.actions.activities import draft_evaluation, draft_plan, plan_activity
from kommissorium.registers.installed import register_of
from kommissorium.registers.tests.activity_cases import approve, hold

TODAY = timezone.localdate


@pytest.fixture
def audit(cast):
    return audited(cast)


@pytest.fixture
def outside(cast):
    """An audit by somebody from outside these days: the employee of the cast."""
    return audited(cast, title="Ekstern revision", auditor=cast.employee)


def url(name, row):
    return reverse(name, args=[row.pk])


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("coordinator", "koordinerer"),
        ("executive", "direktionen"),
        ("chair", "godkender og evaluerer"),
        ("member", "godkender og evaluerer"),
    ],
)
def test_who_runs_or_approves_what_is_audited_is_refused_as_auditor(cast, who, words):
    with pytest.raises(Refused) as refused:
        drafted(cast, {"auditor": cast.who(who)})
    assert words in str(refused.value.errors["auditor"])


def test_who_leads_the_area_or_answers_for_a_system_in_it_is_refused(cast):
    area = add_area(by=cast.coordinator, name="Ældre", head=cast.employee)
    other = add_area(by=cast.coordinator, name="Skoler")
    for scope in (None, area):
        with pytest.raises(Refused) as refused:
            drafted(cast, {"auditor": cast.employee, "area": scope})
        assert "leder Ældre" in str(refused.value.errors["auditor"])
    drafted(cast, {"auditor": cast.employee, "area": other})
    system(cast, area=other)
    with pytest.raises(Refused) as refused:
        drafted(cast, {"auditor": cast.employee, "area": other})
    assert "er ansvarlig for Borgerportalen" in str(refused.value.errors["auditor"])


def test_the_officer_audits_what_is_not_their_own_advice(cast):
    for scope in ({"controls": ""}, {"controls": "5.15, A.5.34"}):
        with pytest.raises(Refused) as refused:
            drafted(cast, {"auditor": cast.dpo, **scope})
        assert "egen rådgivning" in str(refused.value.errors["auditor"])
    drafted(cast, {"auditor": cast.dpo, "controls": "5.15"})


def test_a_plan_says_who_is_no_longer_independent_and_what_is_not_stated(cast):
    area = add_area(by=cast.coordinator, name="Ældre")
    plan = drafted(
        cast,
        {"auditor": cast.employee, "area": area},
        {"independence": "", "first_day": None, "last_day": None},
    )
    assert len(PLAN.lacks(plan)) == 2
    change_area(area, by=cast.coordinator, name="Ældre", head=cast.employee, edit_version=1)
    assert any("leder Ældre" in one for one in PLAN.lacks(plan))


@pytest.mark.parametrize(
    ("field", "value"),
    [("clauses", "R4, Q99"), ("controls", "5.15, 9.99"), ("last_day", "2001-01-01")],
)
def test_a_scope_and_days_there_are_not_are_refused_beside_the_field(cast, client_of, field, value):
    plan = drafted(cast)
    typed = {
        "title": "Revision",
        "controls": "5.15",
        "auditor": cast.auditor.pk,
        "independence": "Ja",
        "first_day": TODAY().isoformat(),
        "last_day": TODAY().isoformat(),
        "planned_for": f"{plan.year}-12-28",
        "responsible": cast.system_owner.pk,
        "criterion": "Adgange er gennemgået.",
        field: value,
    }
    answer = client_of("coordinator").post(reverse("activity_new", args=["audits", plan.pk]), typed)
    assert answer.status_code == 400
    assert answer.context["form"].errors[field]
    assert "Adgange er gennemgået." in answer.content.decode()


def test_the_next_plan_asks_for_independence_and_days_anew(cast, audit):
    made = draft_plan(KIND, by=cast.coordinator)
    [copy] = made.activities.all()
    assert (copy.auditor, copy.controls) == (audit.auditor, audit.controls)
    assert (copy.independence, copy.first_day, copy.last_day) == ("", None, None)
    assert len(PLAN.lacks(made)) == 2


def test_another_auditor_is_named_with_the_same_demands(cast, audit):
    values = {"auditor": cast.chair, "independence": "Ja", "first_day": None, "last_day": None}
    version = audit.edit_version
    with pytest.raises(Refused):
        name_auditor(audit, by=cast.coordinator, values=values, edit_version=version)
    values["auditor"] = cast.employee
    with pytest.raises(Refused):
        wrong = values | {"independence": ""}
        name_auditor(audit, by=cast.coordinator, values=wrong, edit_version=version)
    with pytest.raises(PermissionDenied):
        name_auditor(audit, by=cast.chair, values=values, edit_version=version)
    name_auditor(audit, by=cast.coordinator, values=values, edit_version=version)
    assert Event.objects.filter(act="audits.auditor_named").count() == 1
    assert check_database().faults == []


def test_an_outside_auditor_reads_from_the_first_day_to_the_last(cast, outside, client_of):
    pages = [outside.get_absolute_url(), outside.material_url(), url("audit_report", outside)]

    def answers():
        return {client_of("employee").get(page).status_code for page in pages}

    assert answers() == {200}
    day = timedelta(days=1)
    fresh = named(outside.plan, "Ekstern")
    values = {"auditor": cast.employee, "independence": "Ja"}
    values |= {"first_day": TODAY() + day, "last_day": TODAY() + 3 * day}
    name_auditor(fresh, by=cast.coordinator, values=values, edit_version=fresh.edit_version)
    assert answers() == {404}
    with time_is(timezone.now() + 4 * day):
        assert answers() == {404}
    with time_is(timezone.now() + 2 * day):
        assert answers() == {200}
    assert client_of("employee").get(reverse("audits")).status_code == 404


def test_what_is_read_of_an_audit_is_kept_a_year(cast, outside, client_of):
    for who in ("employee", "auditor", "member", "coordinator"):
        client_of(who).get(outside.get_absolute_url())
        client_of(who).get(outside.material_url())
        client_of(who).get(outside.material_url())
    read = {(one.person, one.what) for one in Reading.objects.select_related("person")}
    readers = (cast.employee, cast.auditor, cast.coordinator)
    seen = {(who, what) for who in readers for what in WHAT} | {(cast.member, "page")}
    assert read == seen, "the material is not for the member"
    assert Reading.objects.count() == len(seen), "twice in five minutes is once"
    shown = client_of("coordinator").get(outside.get_absolute_url()).content.decode()
    assert "Læst af" in shown
    with time_is(timezone.localtime() + timedelta(days=366)):
        forget_readings()
    assert not Reading.objects.exists()


WHAT = ("page", "material")


def test_a_sample_is_drawn_at_random_and_can_be_drawn_again(cast, audit):
    keys = [system(cast, f"System {n}", owned=False).pk for n in range(20)]
    with pytest.raises(Refused) as refused:
        draw_sample(audit, by=cast.auditor, number=21)
    assert "20" in str(refused.value.errors["number"])
    made = draw_sample(audit, by=cast.auditor, number=15)
    assert made.population == keys
    assert len(set(made.drawn)) == 15 and set(made.drawn) <= set(keys)
    assert made.drawn == drawn_of(made.seed, made.population, 15)
    assert draw_sample(audit, by=cast.auditor, number=15).drawn != made.drawn
    with pytest.raises(DatabaseError), transaction.atomic():
        Sample.objects.filter(pk=made.pk).update(seed="0")
    [told] = Event.objects.filter(act="audits.sample_drawn").order_by("seq")[:1]
    assert made.seed in told.facts


def test_the_material_leads_to_systems_that_were_drawn_and_to_findings(
    cast, audit, outside, client_of
):
    drawn, finding = system(cast, "Løn", owned=False), find(cast, audit)
    for one in (audit, outside):
        draw_sample(one, by=one.auditor, number=1)
    page = client_of("auditor").get(audit.material_url()).text
    assert drawn.get_absolute_url() in page and finding.get_absolute_url() in page
    theirs = client_of("employee").get(outside.material_url()).text
    assert "Løn" in theirs and drawn.get_absolute_url() not in theirs


def test_the_sample_is_of_the_area_in_the_scope(cast):
    area = add_area(by=cast.coordinator, name="Skoler")
    mine = system(cast, "Skolesystem", owned=False, area=area)
    system(cast, "Andet", owned=False)
    audit = audited(cast, title="Skoler", area=area)
    assert draw_sample(audit, by=cast.auditor, number=1).drawn == [mine.pk]
    with pytest.raises(Refused):
        draw_sample(audit, by=cast.auditor, number=2)


def test_a_checklist_is_filled_by_the_auditor_alone_and_says_what_is_wrong(cast, audit):
    add_checks(audit, by=cast.auditor, lines=["Er adgange godkendt?", " ", "Er de gennemgået?"])
    with pytest.raises(Refused):
        add_checks(audit, by=cast.auditor, lines=["Er adgange godkendt?"])
    with pytest.raises(PermissionDenied):
        add_checks(audit, by=cast.system_owner, lines=["Hvad som helst"])
    line = audit.checks.first()
    with pytest.raises(Refused):
        values = {"outcome": "not_met", "note": ""}
        answer_check(line, by=cast.auditor, values=values, edit_version=1)
    answer_check(line, by=cast.auditor, values={"outcome": "met", "note": ""}, edit_version=1)
    reported(cast, audit)
    with pytest.raises(DatabaseError), transaction.atomic():
        CheckLine.objects.filter(audit=audit).update(outcome="met")


def test_the_auditor_finds_and_the_owner_gets_the_task(cast, client_of, outside):
    typed = {
        "sort": "nonconformity",
        "severity": "3",
        "text": "Ingen gennemgang.",
        "title": "Ret op",
        "owner": cast.system_owner.pk,
        "due": TODAY().isoformat(),
    }
    answer = client_of("employee").post(outside.address("activity_finding"), typed)
    assert answer.status_code == 302
    found = outside.findings.get()
    assert (found.task.owner, found.task.given_by, found.severity) == (cast.system_owner, None, 3)
    answer = client_of("employee").post(
        outside.address("activity_finding"), typed | {"owner": cast.employee.pk}
    )
    assert answer.status_code == 400
    assert answer.context["form"].errors["owner"]
    todos = register_of("audits").todos(cast.system_owner, TODAY())
    assert found.get_absolute_url() in [one.url for one in todos]
    link = f'href="{found.get_absolute_url()}"'
    task = found.task.get_absolute_url()
    assert link in client_of("system_owner").get(task).content.decode()


def test_a_finding_on_a_system_that_has_left_is_kept_with_a_warning(cast, audit, client_of):
    gone = system(cast, "Gammelt system", owned=False)
    end_asset(gone, by=cast.coordinator, because="Erstattet.")
    typed = {
        "sort": "observation",
        "severity": "1",
        "text": "Ingen log.",
        "asset": "Gammelt system",
        "title": "Ret op",
        "owner": cast.member.pk,
        "due": TODAY().isoformat(),
    }
    client = client_of("auditor")
    assert client.post(audit.address("activity_finding"), typed).status_code == 302
    found = dressed(audit.findings.get())
    assert found.asset == gone and found.is_of_former_asset
    for page in (found.get_absolute_url(), audit.get_absolute_url()):
        assert "udgået af registeret" in shown_to_coordinator(client_of, page)
    wrong = client.post(audit.address("activity_finding"), typed | {"asset": "Gammelt sytem"})
    assert wrong.status_code == 400
    assert "Gammelt system" in str(wrong.context["form"].errors["asset"])


def shown_to_coordinator(client_of, page):
    return client_of("coordinator").get(page).content.decode()


def test_a_finding_goes_from_answer_to_closure_and_back(cast, audit):
    found = find(cast, audit)
    assert found.state == "open"
    with pytest.raises(Refused):
        ask_closure(found, by=cast.member, evidence="Se her.")
    for who in (cast.chair, cast.auditor):
        with pytest.raises(PermissionDenied):
            answer_finding(found, by=who, values={"cause": "a", "remedy": "b"})
    found = answered(cast, found)
    assert found.state == "answered"
    ask_closure(found, by=cast.member, evidence="Listen ligger i sagen.")
    found = dressed(found)
    assert (found.state, found.task.state) == ("asked", "done")
    with pytest.raises(PermissionDenied):
        judge_closure(found, by=cast.coordinator, verdict="accepted", because="")
    with pytest.raises(Refused):
        judge_closure(found, by=cast.auditor, verdict="returned", because=" ")
    judge_closure(found, by=cast.auditor, verdict="returned", because="Listen er tom.")
    assert dressed(found).state == "returned"
    ask_closure(dressed(found), by=cast.member, evidence="Nu er den fyldt.")
    judge_closure(dressed(found), by=cast.auditor, verdict="accepted", because="")
    found = dressed(found)
    assert found.state == "closed"
    for act in (lambda: ask_closure(found, by=cast.member, evidence="Igen"), lambda: again(found)):
        with pytest.raises(Refused):
            act()
    with pytest.raises(DatabaseError), transaction.atomic():
        found.closures.update(verdict="returned")
    assert check_database().faults == []


def again(found):
    answer_finding(found, by=found.task.owner, values={"cause": "Nyt", "remedy": "Nyt"})


def test_an_outside_auditor_accepts_no_closure_after_the_last_day(cast, outside, client_of):
    found = answered(cast, find(cast, outside))
    ask_closure(found, by=cast.member, evidence="Se her.")
    page = url("audit_verdict", found)
    assert client_of("employee").get(page).status_code == 200
    with time_is(timezone.localtime() + timedelta(days=30)):
        assert not dressed(found).can_be_judged_by(cast.employee)
        todos = list(register_of("audits").todos(cast.coordinator, TODAY()))
    assert any(one.url == outside.get_absolute_url() for one in todos)


def test_who_puts_something_right_reads_their_own_of_it(cast, audit, client_of):
    own, other = find(cast, audit, owner=cast.employee), find(cast, audit, text="En andens.")
    client = client_of("employee")
    assert client.get(own.get_absolute_url()).status_code == 200
    assert client.get(other.get_absolute_url()).status_code == 404
    shown = client.get(audit.get_absolute_url()).content.decode()
    assert own.text in shown and "En andens." not in shown
    reported(cast, audit)
    assert client.get(url("audit_report", audit)).status_code == 403
    assert client_of("system_owner").get(url("audit_report", audit)).status_code == 200


def test_the_report_is_frozen_and_nothing_comes_after_it(cast, audit, client_of):
    find(cast, audit)
    with pytest.raises(Refused):
        issue_report(audit, by=cast.coordinator, **LOOKED)
    held = reported(cast, audit)
    report = AuditReport.objects.select_related("record").get(audit=held)
    assert report.record.pdf and report.record.pdf_hash
    data = client_of("member").get(url("audit_report", held)).getvalue()
    assert data == bytes(report.record.pdf)
    for act in (
        lambda: issue_report(held, by=cast.coordinator, **LOOKED),
        lambda: find(cast, held),
        lambda: hold(KIND, held, cast.coordinator),
        lambda: add_checks(held, by=cast.coordinator, lines=["Endnu en"]),
    ):
        with pytest.raises(Refused):
            act()
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditReport.objects.filter(pk=report.pk).delete()


def test_an_evaluation_needs_the_report_and_answers_to_what_is_wrong(cast, audit):
    found = find(cast, audit)
    with pytest.raises(Refused):
        draft_evaluation(EVALUATION, by=cast.coordinator, audit_id=audit.pk)
    draft = drafted_evaluation(cast, audit)
    with pytest.raises(Refused):
        draft_evaluation(EVALUATION, by=cast.coordinator, audit_id=audit.pk)
    assert len(EVALUATION.lacks(draft)) == 1
    closed(cast, found)
    assert EVALUATION.lacks(draft) == []
    approve(cast, EVALUATION, draft)
    assert EVALUATION.body(draft)["findings"][0][3] in {"Closed", "Lukket"}


def test_an_audit_planned_later_by_who_is_not_independent_is_refused(cast, audit):
    values = values_of(cast, auditor=cast.head_of_it)
    with pytest.raises(Refused):
        plan_activity(KIND, audit.plan, by=cast.coordinator, values=values)
    assert approved(cast).activities.count() == 2


def test_who_approves_what_is_audited_is_refused_beside_the_field_as_auditor(
    cast, audit, client_of
):
    typed = {
        "auditor": cast.chair.pk,
        "independence": "Jeg er uvildig.",
        "edit_version": 1,
        "first_day": TODAY().isoformat(),
        "last_day": TODAY().isoformat(),
    }
    answer = client_of("coordinator").post(url("audit_auditor", audit), typed)
    assert answer.status_code == 400
    assert "godkender og evaluerer" in str(answer.context["form"].errors["auditor"])
    assert "Jeg er uvildig." in answer.content.decode()


def test_who_audits_and_then_gets_the_task_cannot_accept_their_own_closure(cast, audit, client_of):
    found = answered(cast, find(cast, audit, owner=cast.member))
    ask_closure(found, by=cast.member, evidence="Se her.")
    hand_over(found.task, cast.auditor)
    assert client_of("auditor").get(url("audit_verdict", found)).status_code == 403
    with pytest.raises(PermissionDenied):
        judge_closure(dressed(found), by=cast.auditor, verdict="accepted", because="")


def hand_over(task, person):
    type(task).objects.filter(pk=task.pk).update(owner=person)
