"""A report is read by the committee it was laid before, not by members of others."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.audits.report import FiledReports
from kommissorium.audits.tests.cases import audited, reported
from kommissorium.committees.actions.committee import found_committee
from kommissorium.committees.actions.seats import add_seat, take_seat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_paper")]


@pytest.fixture
def stranger(cast) -> Person:
    """Somebody who sits in another committee."""
    other = found_committee(name="Et andet udvalg", by=cast.coordinator)
    today = timezone.localdate()
    seat = add_seat(other, by=cast.coordinator, role="member", function="Leder", from_date=today)
    take_seat(seat, by=None, person=cast.employee, from_date=today)
    return Person.objects.get(pk=cast.employee.pk)


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
