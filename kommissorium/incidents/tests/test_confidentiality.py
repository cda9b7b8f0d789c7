"""A case is read by those responsible for it, each reading is logged, and names are kept apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from kommissorium.accounts.actions.readings import forget_readings
from kommissorium.accounts.models import Reading
from kommissorium.assets.actions.assets import add_asset
from kommissorium.assets.actions.owners import appoint
from kommissorium.conftest import PEOPLE, Cast, time_is
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.evidence.models import Event, RowVersion
from kommissorium.core.mail.models import OutboxMail
from kommissorium.incidents.actions.concerned import add_names, erase_due_names
from kommissorium.incidents.actions.handling import end_handler, write_line
from kommissorium.incidents.handover import FiledIncidents
from kommissorium.incidents.models import ConcernedPerson, Incident, Notification
from kommissorium.incidents.tests.cases import (
    finished,
    handled,
    refuse,
    reported,
    triage,
    triaged,
)
from kommissorium.meetings.actions.filing import note_filing

Browser = Callable[[str], Client]


def seen(cast: Cast) -> set[str]:
    """Return who sees a case, and with it its notifications."""
    found, parts = (
        {name for name in PEOPLE if rows.visible_to(cast.who(name)).exists()}
        for rows in (Incident.objects, Notification.objects)
    )
    assert found == parts
    return found


def test_a_case_is_seen_by_handlers_coordinator_officer_and_who_leads(cast: Cast) -> None:
    found = handled(cast)
    assert seen(cast) == {"coordinator", "chair", "deputy", "dpo", "head_of_it"}
    end_handler(found.handlers.get(), by=cast.coordinator)
    assert seen(cast) == {"coordinator", "chair", "deputy", "dpo"}


def test_a_restricted_case_is_seen_by_fewer(cast: Cast) -> None:
    handled(cast, is_restricted=True)
    assert seen(cast) == {"coordinator", "dpo", "head_of_it"}


def test_each_reading_is_logged_and_forgotten_after_a_year(cast: Cast, client_of: Browser) -> None:
    found = handled(cast)
    for path in ("", "", "names/"):
        client_of("dpo").get(f"{found.get_absolute_url()}{path}")
    logged = list(Reading.objects.values_list("person", "what").order_by("pk"))
    assert logged == [(cast.dpo.pk, "page"), (cast.dpo.pk, "names")]
    assert cast.dpo.name in client_of("coordinator").get(found.get_absolute_url()).content.decode()
    with time_is(timezone.localtime() + timedelta(days=366)):
        forget_readings()
    assert not Reading.objects.exists()


def test_names_stand_in_no_chain_mail_or_search(cast: Cast, client_of: Browser) -> None:
    found = handled(cast)
    add_names(found, by=cast.head_of_it, names="Ulla Rosenørn\nKaj Birk")
    assert not Event.objects.filter(facts__icontains="Rosenørn").exists()
    assert not OutboxMail.objects.filter(body__icontains="Rosenørn").exists()
    page = client_of("coordinator").get("/incidents/?q=Rosenørn")
    assert page.context["listing"].number == 0
    assert "Rosenørn" in client_of("dpo").get(f"{found.get_absolute_url()}names/").content.decode()
    with pytest.raises(PermissionDenied):
        add_names(found, by=cast.dpo, names="En til")


def test_names_are_erased_by_rule_once_the_case_is_filed_and_the_case_stays(cast: Cast) -> None:
    found = handled(cast)
    refuse(cast, found, "gdpr_33", because="Ulla Rosenørn tåler det.")
    finished(cast, found)
    add_names(found, by=cast.coordinator, names="Ulla Rosenørn")
    named = RowVersion.objects.filter(text__contains="Rosenørn")
    assert (erase_due_names(), named.count()) == (0, 1)
    values = {"filed_on": timezone.localdate(), "case_number": "26-1"}
    note_filing(FiledIncidents(), [found], by=cast.coordinator, **values)  # type: ignore[arg-type]
    with time_is(timezone.localtime() + timedelta(days=29)):
        assert erase_due_names() == 0
    with time_is(timezone.localtime() + timedelta(days=31)):
        assert erase_due_names() == 1
        assert erase_due_names() == 0
    assert not ConcernedPerson.objects.exists()
    assert not named.exists()
    assert check_database().faults == []
    found.refresh_from_db()
    assert found.names_erased_at and found.title


def test_owners_are_told_once_and_not_of_a_restricted_case(cast: Cast) -> None:
    asset = add_asset(by=cast.coordinator, kind="system", values={"name": "Løn"})
    appoint(asset, "system_owner", cast.system_owner, by=cast.coordinator)
    for restricted in (True, False, False):
        found = reported(cast, place="løn")
        assert [one.pk for one in found.assets.all()] == [asset.pk]
        triage(cast, found, is_restricted=restricted)
        triage(cast, found, is_restricted=restricted)
    mails = OutboxMail.objects.filter(kind="incidents.owner_told")
    assert [one.recipient for one in mails] == [cast.system_owner.email] * 2
    assert "Phishing" not in mails[0].body
    assert "Løn" in mails[0].body
    assert "Løn" not in mails[0].subject, "administrators see subjects"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE incidents_entry SET text = 'andet'",
        "DELETE FROM incidents_entry",
        "UPDATE incidents_incident SET what = 'andet'",
        "DELETE FROM incidents_incident",
        "UPDATE incidents_awareness SET at = CURRENT_TIMESTAMP",
        "DELETE FROM incidents_awareness",
    ],
)
def test_the_database_itself_keeps_report_timeline_and_awareness(
    cast: Cast, statement: str
) -> None:
    found = triaged(cast)
    write_line(found, by=cast.coordinator, kind="note", text="Første")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
