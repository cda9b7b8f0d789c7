"""An incident from the phone to the risk: reported, told of, evaluated, learned from, and measured."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from http import HTTPStatus

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from kommissorium.assets.models import Asset
from kommissorium.compliance.history_queries import history_of
from kommissorium.config.tests.registers.cycle_cases import (
    approve_minutes_of,
    decide_at,
    later_meeting,
)
from kommissorium.config.tests.schema_check import faults
from kommissorium.config.tests.searching import body_of
from kommissorium.conftest import Cast, time_is
from kommissorium.core.mail.models import OutboxMail
from kommissorium.incidents.actions.notifications import tell_deadlines
from kommissorium.incidents.evaluation import KIND
from kommissorium.incidents.models import Evaluation, Incident
from kommissorium.incidents.tests.cases import ANSWERS, HOUR, notification, refuse, triaged
from kommissorium.incidents.tests.test_journey import moment, triage_form
from kommissorium.incidents.tests.test_reports import form
from kommissorium.measures.answer import find
from kommissorium.measures.codes import Measure
from kommissorium.measures.findings import Finding
from kommissorium.meetings.models import Meeting
from kommissorium.registers.offered import foreseen
from kommissorium.risks.models import PlanAction, Scenario
from kommissorium.risks.tests.acceptance_cases import make_risk
from kommissorium.secretariat.actions.cycle import call
from kommissorium.tasks.models import Task

Browser = Callable[[str], Client]


@pytest.fixture
def risk(cast: Cast) -> Scenario:
    """A risk of a system, approved by the committee."""
    return make_risk(cast)


def t5(cast: Cast, day: date | None = None) -> Finding:
    """Return the answer of the mandate's check about the evaluation of incidents on a day."""
    on = day or timezone.localdate()
    history = history_of(cast.committee)
    clauses = history.clauses_on(on)
    clause = next(one for one in clauses if one.measure == Measure.INCIDENT_EVALUATION)
    return find(clause, history, on)


def page(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == HTTPStatus.OK, path
    return str(answer.content.decode())


def sent(browser: Client, path: str, **values: str) -> None:
    answer = browser.post(path, values)
    assert answer.status_code == HTTPStatus.FOUND, (path, getattr(answer, "context", None))


def reported_and_triaged(cast: Cast, client_of: Browser, asset: Asset) -> Incident:
    """The employee finds the report on the overview; the coordinator triages it as a breach."""
    employee = client_of("employee")
    assert 'href="/incidents/report/"' in page(employee, "/")
    assert employee.post("/incidents/report/", form()).status_code == HTTPStatus.FOUND
    found = Incident.objects.get()
    sent(
        client_of("coordinator"),
        f"{found.get_absolute_url()}triage/",
        **triage_form(assets=f"{asset.name}\n"),
    )
    return found


def told_at_hour_50(cast: Cast, client_of: Browser, found: Incident) -> None:
    """The officer advises; it is drafted and sent at hour 50, and the persons need no word."""
    row = notification(found)
    advice = {"advice": "Anmeld det.", "edit_version": str(row.edit_version)}
    sent(client_of("dpo"), f"{row.get_absolute_url()}advice/", **advice)
    for who in ("chair", "coordinator"):
        assert "71 t. 5" in page(client_of(who), found.get_absolute_url())
    with time_is(found.reported_at + 50 * HOUR):
        coordinator = client_of("coordinator")
        assert "21 t. 5" in page(client_of("chair"), found.get_absolute_url())
        row = notification(found)
        text = {"text": "Vi anmelder hermed.", "edit_version": str(row.edit_version)}
        sent(coordinator, f"{row.get_absolute_url()}text/", **text)
        row = notification(found)
        said = {**moment("sent_at"), "receipt": "DT-77", "edit_version": str(row.edit_version)}
        sent(coordinator, f"{row.get_absolute_url()}sent/", **said)
        refuse(cast, found, "gdpr_34")
        found.refresh_from_db()
        over = {"effects": "Ingen.", "remedy": "Slettet.", "edit_version": str(found.edit_version)}
        sent(coordinator, f"{found.get_absolute_url()}close/", **over)


def evaluated_in_draft(cast: Cast, client_of: Browser, found: Incident, risk: Scenario) -> None:
    """The coordinator names the risk and the consequences: two tasks, the risk again."""
    coordinator = client_of("coordinator")
    sent(coordinator, f"{found.get_absolute_url()}evaluation/")
    made = Evaluation.objects.get()
    change = reverse("proposal_change", args=["evaluation", made.pk])
    assert risk.title in page(coordinator, change)
    answers = {**ANSWERS, "scenario": "", "scenario_key": f"risks:{risk.lineage}"}
    sent(coordinator, change, **answers, edit_version=str(made.edit_version))
    due = (timezone.localdate() + timedelta(days=300)).isoformat()
    for kind, title, owner in (
        ("task", "Ret skabelonen", str(cast.head_of_it.pk)),
        ("task", "Øv ringelisten", str(cast.head_of_it.pk)),
        ("risk", "Vurdér risikoen igen", ""),
    ):
        path = reverse("incident_lesson_new", args=[made.pk])
        sent(coordinator, path, kind=kind, title=title, owner=owner, due=due)


def evaluated_at(cast: Cast, client_of: Browser, meeting: Meeting) -> Evaluation:
    """Put it on the agenda by its page, hold the meeting, and send its minutes out."""
    made = Evaluation.objects.get()
    path = reverse("proposal", args=["evaluation", made.pk])
    browser = client_of("coordinator")
    initial = browser.get(path).context["form"]
    values = {name: initial[name].value() or "" for name in initial.fields}
    sent(browser, path, **{**values, "meeting": str(meeting.pk)})
    call(meeting, by=cast.coordinator)
    decide_at(cast, meeting, {KIND.kind: "approved"})
    approve_minutes_of(cast, meeting)
    made.refresh_from_db()
    return made


def test_two_tasks_and_a_raised_risk_come_of_an_incident(
    cast: Cast, client_of: Browser, risk: Scenario
) -> None:
    meeting, asset = later_meeting(cast), risk.assessment.assets.get()
    found = reported_and_triaged(cast, client_of, asset)
    told_at_hour_50(cast, client_of, found)
    evaluated_in_draft(cast, client_of, found, risk)
    made = evaluated_at(cast, client_of, meeting)
    assert made.is_approved and risk.title in made.record.content
    found.refresh_from_db()
    assert found.state == "evaluated"
    tasks = Task.objects.born_at("incidents.evaluation", [str(made.pk)])
    assert {one.title for one in tasks} == {"Ret skabelonen", "Øv ringelisten"}
    again = PlanAction.objects.get(scenario=risk)
    assert again.task.title == "Vurdér risikoen igen" and again.task.owner == risk.owner
    with time_is(meeting.starts_at + timedelta(days=2)):
        assert again.task.title in page(client_of("coordinator"), risk.get_absolute_url())
        assert t5(cast).state == "fulfilled"
        assert found.heading in page(client_of("coordinator"), asset.get_absolute_url())


def test_a_case_is_handed_over_whole_and_names_nobody_concerned(
    cast: Cast, client_of: Browser, risk: Scenario
) -> None:
    meeting = later_meeting(cast)
    found = reported_and_triaged(cast, client_of, risk.assessment.assets.get())
    coordinator = client_of("coordinator")
    sent(coordinator, f"{found.get_absolute_url()}names/", names="Ole Olsen")
    told_at_hour_50(cast, client_of, found)
    evaluated_in_draft(cast, client_of, found, risk)
    evaluated_at(cast, client_of, meeting)
    coordinator = client_of("coordinator")
    data = [
        body_of(coordinator.get(reverse("incident_handover", args=[found.pk]))) for _again in "12"
    ]
    assert data[0] == data[1]
    with zipfile.ZipFile(io.BytesIO(data[0])) as archive:
        told = json.loads(archive.read("metadata.json"))
        assert faults(told, "kommissorium-case-1") == []
        assert [one["role"] for one in told["file"]] == ["case", "evaluation"]
        case = PdfReader(io.BytesIO(archive.read(told["file"][0]["id"])))
    text = "".join(one.extract_text() for one in case.pages).replace("\xad", "-")
    text = " ".join(text.split())
    assert "DT-77" in text and "Vi anmelder hermed." in text and "Ole Olsen" not in text


def test_past_72_hours_the_answer_says_so(cast: Cast, client_of: Browser) -> None:
    found = triaged(cast)
    day = found.reported_at + 73 * HOUR
    with time_is(day):
        tell_deadlines()
        finding = t5(cast, timezone.localdate())
        assert finding.state == "not_fulfilled" and found.case_number in str(finding.evidence)
        committee = cast.committee.pk
        told = page(client_of("chair"), f"/committees/{committee}/compliance/")
        assert "Fristen for én underretning er overskredet" in told


def test_an_awareness_that_was_moved_is_told_in_log_answer_and_export(
    cast: Cast, client_of: Browser
) -> None:
    found = triaged(cast)
    later = timezone.now() + timedelta(hours=5)
    with time_is(later):
        values = {"law": "gdpr", **moment("at"), "because": "Først da vidste vi det."}
        sent(client_of("coordinator"), f"{found.get_absolute_url()}known/", **values)
        change = found.awareness.get(is_first=False)
        word = reverse("incident_awareness_word", args=[change.pk])
        sent(client_of("dpo"), word, agreed="yes", word="Enig.")
        coordinator = client_of("coordinator")
        history = page(coordinator, reverse("incident_history", args=[found.pk]))
        assert "enig" in history
        assert "Kendskabstidspunktet er ændret" in t5(cast).sentence
        sheet = load_workbook(io.BytesIO(body_of(coordinator.get(reverse("incident_breaches")))))
        cells = [str(cell.value) for row in sheet.active.iter_rows() for cell in row]
        assert "Først da vidste vi det." in cells
        pdf = body_of(coordinator.get(reverse("incident_breaches_pdf")))
        text = "".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf)).pages)
        assert "Først da vidste vi det." in " ".join(text.split())


def test_risks_offer_themselves_those_of_the_systems_first(cast: Cast, risk: Scenario) -> None:
    asset = risk.assessment.assets.get()
    keys = [one.key for one in foreseen(cast.coordinator, [asset.pk])]
    assert keys[0] == f"risks:{risk.lineage}"
    assert [one.key for one in foreseen(cast.coordinator, [])] == keys
    assert foreseen(cast.employee, [asset.pk]) == []


def test_whoever_handles_a_case_hears_what_its_reporter_adds(
    cast: Cast, client_of: Browser
) -> None:
    found = triaged(cast)
    mail.outbox.clear()
    path = reverse("incident_reported", args=[found.receipt])
    sent(client_of("employee"), path, text="Det skete to gange.")
    told = OutboxMail.objects.filter(kind="incidents.report_added")
    assert [one.recipient for one in told] == [cast.coordinator.email]
    assert "to gange" not in told[0].body
