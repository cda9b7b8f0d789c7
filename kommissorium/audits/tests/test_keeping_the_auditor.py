"""An audit keeps its auditor: another one needs a reason and a yes; and who may close its findings."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone, translation

from kommissorium.accounts.models import Person
from kommissorium.audits.actions.auditor_changes import accept_auditor, refuse_auditor
from kommissorium.audits.actions.findings import answer_finding, ask_closure, judge_closure
from kommissorium.audits.actions.work import name_auditor
from kommissorium.audits.kind import KIND
from kommissorium.audits.models import AuditorChange, AuditReport
from kommissorium.audits.tests.cases import (
    answered,
    audited,
    closed_by_another,
    dressed,
    find,
    reported,
)
from kommissorium.audits.todo import todos_of
from kommissorium.committees.models import Holding
from kommissorium.conftest import prove, time_is
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.refusals import Refused
from kommissorium.registers.tests.activity_cases import hold

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_paper")]


def values(cast, auditor=None, **more):
    today = timezone.localdate()
    days = {"first_day": today, "last_day": today + timedelta(days=9)}
    return {"auditor": auditor or cast.employee, "independence": "Udefra.", **days, **more}


def held(cast):
    audit = audited(cast)
    hold(KIND, audit, cast.coordinator)
    audit.refresh_from_db()
    return audit


def name(cast, audit, because="Revisoren er rejst.", **more):
    return name_auditor(
        audit,
        by=cast.coordinator,
        values=values(cast, **more),
        edit_version=audit.edit_version,
        because=because,
    )


def test_before_it_is_held_the_auditor_is_named_at_once(cast):
    audit = audited(cast)
    assert name(cast, audit, because="") is None
    audit.refresh_from_db()
    assert audit.auditor == cast.employee


def test_after_it_another_one_wants_a_reason_and_waits(cast):
    audit = held(cast)
    with pytest.raises(Refused):
        name(cast, audit, because=" ")
    change = name(cast, audit)
    audit.refresh_from_db()
    assert audit.auditor == cast.auditor
    with pytest.raises(Refused):
        name(cast, audit)
    told = OutboxMail.objects.filter(body__contains=change.get_absolute_url())
    assert {one.recipient for one in told} == {cast.chair.email, cast.auditor.email}
    assert all("Revisoren er rejst." in one.body for one in told)


@pytest.mark.parametrize("who", ["chair", "auditor"])
def test_the_chair_or_the_old_auditor_says_yes(cast, client_of, who):
    audit = held(cast)
    change = name(cast, audit)
    path = change.get_absolute_url()
    assert [one.url for one in todos_of(cast.who(who), timezone.localdate()) if one.url == path]
    for other in ("member", "dpo", "executive", "administrator", "head_of_it"):
        assert client_of(other).get(path).status_code == 404, other
    for other in ("coordinator", "employee"):
        assert prove(client_of(other)).post(path, {"answer": "yes"}).status_code == 403, other
    assert prove(client_of(who)).post(path, {"answer": "yes"}).status_code == 302
    audit.refresh_from_db()
    assert audit.auditor == cast.employee
    event = Event.objects.about(audit).get(act="audits.auditor_named")
    assert event.actor == str(cast.who(who).pseudonym) and "asked_by" in event.facts
    assert prove(client_of("coordinator")).get(path).status_code == 200


def test_the_page_says_who_why_and_on_which_days(cast, client_of):
    change = name(cast, held(cast))
    shown = prove(client_of("chair")).get(change.get_absolute_url())
    assert shown.text.count("Revisoren er rejst.") == 1
    assert "Udefra." in shown.text and "Revisors dage" in shown.text
    paths = [one.url for one in shown.context["breadcrumbs"]]
    assert paths == [reverse("audits"), change.audit.get_absolute_url(), ""]


def test_a_no_leaves_the_auditor(cast):
    audit = held(cast)
    change = name(cast, audit)
    refuse_auditor(change, by=cast.auditor)
    audit.refresh_from_db()
    assert audit.auditor == cast.auditor
    with pytest.raises(Refused):
        accept_auditor(AuditorChange.objects.get(), by=cast.chair)
    assert name(cast, audit), "it can be asked again"


def test_a_chair_who_asks_does_not_say_yes(cast):
    audit = held(cast)
    change = name(cast, audit)
    AuditorChange.objects.update(by=cast.chair)
    change.refresh_from_db()
    with pytest.raises(PermissionDenied):
        accept_auditor(AuditorChange.objects.get(), by=cast.chair)


def test_a_late_yes_gives_no_days_gone_by(cast):
    last = timezone.localdate() + timedelta(days=5)
    change = name(cast, held(cast), last_day=last)
    with time_is(timezone.localtime() + timedelta(days=6)), pytest.raises(Refused):
        accept_auditor(AuditorChange.objects.get(), by=cast.chair)
    with time_is(timezone.localtime() + timedelta(days=3)):
        accept_auditor(AuditorChange.objects.get(), by=cast.chair)
        change.audit.refresh_from_db()
        assert change.audit.first_day == timezone.localdate(), "from the yes on"
    assert change.audit.last_day == last


@pytest.mark.parametrize("which", ["first_day", "last_day"])
def test_no_days_gone_by_are_given(cast, which):
    audit = audited(cast)
    before = timezone.localdate() - timedelta(days=3)
    days = {"first_day": before - timedelta(days=1), which: before}
    with pytest.raises(Refused):
        name(cast, audit, **days)
    assert name(cast, audit, auditor=cast.auditor, first_day=None, last_day=None) is None
    audit.refresh_from_db()
    assert audit.last_day is None, "access ends at once"


def test_the_form_of_a_held_one_asks_why(cast, client_of):
    audit = audited(cast)
    path = reverse("audit_auditor", args=[audit.pk])
    assert 'name="because"' not in client_of("coordinator").get(path).text
    hold(KIND, audit, cast.coordinator)
    assert 'name="because"' in client_of("coordinator").get(path).text


def test_a_closure_by_another_than_made_the_report_says_so(cast, client_of):
    audit = audited(cast)
    finding = find(cast, audit)
    closed_by_another(cast, audit, finding)
    assert AuditReport.objects.get().auditor == cast.auditor
    with translation.override("da"):
        shown = client_of("coordinator").get(finding.get_absolute_url()).text
    assert "en anden end den, der har lavet rapporten" in shown
    event = Event.objects.get(act="audits.closure_judged")
    assert '"by_another":true' in event.facts


def test_one_by_its_own_auditor_says_nothing(cast, client_of):
    audit = audited(cast)
    finding = answered(cast, find(cast, audit))
    reported(cast, audit)
    ask_closure(finding, by=finding.task.owner, evidence="Listen er underskrevet.")
    judge_closure(dressed(finding), by=cast.auditor, verdict="accepted", because="")
    shown = client_of("coordinator").get(finding.get_absolute_url()).text
    assert "en anden end den, der har lavet rapporten" not in shown
    assert "by_another" not in Event.objects.get(act="audits.closure_judged").facts


def test_who_answers_for_the_owner_does_not_ask_for_the_closure(cast):
    finding = find(cast, audited(cast))
    answer_finding(finding, by=cast.coordinator, values={"cause": "x", "remedy": "y"})
    found = dressed(finding)
    assert not found.closure_can_be_asked_by(cast.coordinator)
    with pytest.raises(Refused):
        ask_closure(found, by=cast.coordinator, evidence="Det er gjort.")
    ask_closure(found, by=found.task.owner, evidence="Det er gjort.")


def test_who_led_and_leads_no_more_says_no_yes(cast):
    audit = held(cast)
    change = name(cast, audit)
    Holding.objects.filter(person=cast.chair).delete()
    with pytest.raises(PermissionDenied):
        accept_auditor(change, by=Person.objects.get(pk=cast.chair.pk))
