"""Reports, findings and evaluations are for the committee they were laid before, not for others."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.documents import GivenFile
from kommissorium.audits.actions.findings import ask_closure
from kommissorium.audits.models import AuditFinding
from kommissorium.audits.report import FiledReports
from kommissorium.audits.tests.cases import (
    answered,
    audited,
    closed,
    drafted_evaluation,
    dressed,
    evaluated,
    find,
    reported,
)
from kommissorium.committees.actions.committee import found_committee
from kommissorium.committees.actions.seats import add_seat, take_seat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_paper", "words_kept")]


@pytest.fixture
def stranger(cast) -> Person:
    """Somebody who sits in another committee."""
    other = found_committee(name="Et andet udvalg", by=cast.coordinator)
    today = timezone.localdate()
    seat = add_seat(other, by=cast.coordinator, role="member", function="Leder", from_date=today)
    take_seat(seat, by=None, person=cast.employee, from_date=today)
    return Person.objects.get(pk=cast.employee.pk)


@pytest.fixture
def finding(cast) -> AuditFinding:
    """A finding with a file of evidence, which waits for the auditor."""
    found = answered(cast, find(cast, audited(cast)))
    given = [GivenFile("Liste.txt", b"Ingen fremmede.")]
    ask_closure(found, by=found.task.owner, evidence="Se listen.", documents=given)
    return dressed(found)


def reads(person: Person) -> bool:
    return AuditFinding.objects.visible_to(Person.objects.get(pk=person.pk)).exists()


def test_the_report_is_for_its_own_committee(cast, client_of, stranger):
    audit = reported(cast, audited(cast))
    path = reverse("audit_report", args=[audit.pk])
    for who in ("coordinator", "chair", "member", "dpo", "auditor", "executive", "system_owner"):
        person = cast.who(who)
        if person.has_usable_password():
            assert client_of(who).get(path).status_code == 200, who
    assert client_of(stranger).get(path).status_code == 403
    page = client_of(stranger).get(audit.get_absolute_url())
    assert page.status_code == 200 and path not in page.text
    assert path in client_of("member").get(audit.get_absolute_url()).text
    assert not FiledReports().rows(stranger).exists()
    assert FiledReports().rows(Person.objects.get(pk=cast.member.pk)).exists()


def test_a_finding_is_for_those_who_read_the_report(cast, client_of, stranger, finding):
    for who in ("coordinator", "chair", "member", "dpo", "auditor", "executive", "system_owner"):
        assert reads(cast.who(who)), who
    assert not reads(stranger)
    browser = client_of(stranger)
    file = finding.closures.get().files.get()
    for path in (finding.get_absolute_url(), file.get_absolute_url()):
        assert browser.get(path).status_code == 404
        assert client_of("member").get(path).status_code == 200
    past = reverse("thing_past", args=["audits.auditfinding", finding.pk])
    assert browser.get(past).status_code == 404
    for who, is_found in (("member", True), (stranger, False)):
        found = client_of(who).get(reverse("search"), {"q": "adgange godkendt"}).text
        assert (finding.get_absolute_url() in found) == is_found


def test_who_puts_one_right_reads_their_own_wherever_they_sit(cast, client_of, stranger):
    audit = audited(cast, auditor=cast.auditor)
    own, other = find(cast, audit, owner=stranger), find(cast, audit, text="Noget andet.")
    browser = client_of(stranger)
    assert browser.get(own.get_absolute_url()).status_code == 200
    assert browser.get(other.get_absolute_url()).status_code == 404
    shown = browser.get(audit.get_absolute_url()).text
    assert own.text in shown and other.text not in shown
    rows = browser.get(reverse("audits"), {"columns": "found,open"}).context["rows"]
    assert [(row.found, row.left) for row, _cells in rows] == [(1, 1)]


def test_the_list_counts_what_one_reads(cast, client_of, stranger):
    audit = audited(cast)
    closed(cast, find(cast, audit))
    find(cast, audit)
    asked = {"columns": "found,open"}
    for who, numbers in (("member", (2, 1)), (stranger, (None, None))):
        rows = client_of(who).get(reverse("audits"), asked).context["rows"]
        assert [(row.found, row.left) for row, _cells in rows] == [numbers]


def test_page_and_history_of_an_audit_tell_others_nothing_that_was_found(
    cast, client_of, stranger, finding
):
    audit = reported(cast, finding.activity)
    page, history = audit.get_absolute_url(), reverse("activity_history", args=["audits", audit.pk])
    assert 'id="findings"' in client_of("member").get(page).text
    assert 'id="findings"' not in client_of(stranger).get(page).text
    acts = {"registers.activity_finding", "audits.report_issued"}
    told = {one.act for one in client_of("member").get(history).context["entries"]}
    assert acts <= told
    left = {one.act for one in client_of(stranger).get(history).context["entries"]}
    assert left == told - acts


def test_an_evaluation_is_for_those_who_read_the_report(cast, client_of, stranger):
    draft = drafted_evaluation(cast)
    assert client_of("member").get(draft.get_absolute_url()).status_code == 404
    found = evaluated(cast, audited(cast, title="En til"))
    for who in ("coordinator", "chair", "member", "dpo", "auditor", "executive"):
        assert client_of(who).get(found.get_absolute_url()).status_code == 200, who
    assert client_of(stranger).get(found.get_absolute_url()).status_code == 404
    assert found.get_absolute_url() not in client_of(stranger).get(reverse("audits")).text
    assert (
        found.get_absolute_url() not in client_of(stranger).get(found.audit.get_absolute_url()).text
    )
