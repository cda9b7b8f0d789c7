"""A thing as it was on a day, and as each event changed it; and proof by the chain."""

from __future__ import annotations

import json
import zipfile
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.audits.tests.cases import approved, drafted
from kommissorium.conftest import Cast, time_is
from kommissorium.core.evidence import verifier
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.evidence.export import write_export
from kommissorium.core.evidence.models import RowVersion
from kommissorium.core.tests.evidence.tampering import tamper
from kommissorium.incidents.tests.cases import triage, triaged
from kommissorium.secretariat.evidence_access import PersonReader
from kommissorium.tasks.actions import give_task
from kommissorium.tasks.actions.tasks import change_task
from kommissorium.tasks.models import Task

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def task(cast: Cast) -> Task:
    """Return a task that got another title, owner and day a week after it was given."""
    now, today = timezone.now(), timezone.localdate()
    first = {"title": "Tæl fyr", "owner": cast.member, "due": today, "committee": cast.committee}
    with time_is(now - 2 * WEEK):
        found = give_task(by=cast.coordinator, **first)
    with time_is(now - WEEK):
        change(found, cast, title="Tæl fyrtårne", owner=cast.chair, due=today + WEEK)
    return found


def change(found: Task, cast: Cast, **values: Any) -> None:
    found.refresh_from_db()
    names = ("title", "description", "owner", "due", "edit_version")
    change_task(found, by=cast.coordinator, **{n: getattr(found, n) for n in names} | values)
    found.refresh_from_db()


def on(client: Client, row: Any, day: date | str) -> Any:
    return client.get(f"/history/{row._meta.label_lower}/{row.pk}/on/", {"on": str(day)})


def told(answer: Any) -> dict[str, tuple[str, str]]:
    return {line.label: (line.was, line.now) for line in answer.context["changed"]}


def test_it_is_told_field_by_field_beside_today(cast: Cast, client_of: Any) -> None:
    found, client, today = task(cast), client_of("member"), timezone.localdate()
    then = told(on(client, found, today - WEEK - timedelta(days=2)))
    assert then["Titel"] == ("Tæl fyr", "Tæl fyrtårne")
    assert then["Ansvarlig"] == (cast.member.name, cast.chair.name)
    assert set(then) == {"Titel", "Ansvarlig", "Frist"}
    assert told(on(client, found, today)) == {}
    assert "fandtes det ikke" in on(client, found, today - 3 * WEEK).content.decode()
    assert client.get(f"/history/tasks.task/{found.pk}/on/").context["day"] < today - WEEK / 2
    assert on(client_of("employee"), found, today).status_code == 404
    assert client.get("/history/meetings.meeting/1/on/").status_code == 404


def test_each_event_says_what_it_changed(cast: Cast, client_of: Any) -> None:
    page = client_of("member").get(task(cast).get_absolute_url())
    newest, first = page.context["entries"]
    title = newest.changes[0]
    assert (title.label, title.was, title.now) == ("Titel", "Tæl fyr", "Tæl fyrtårne")
    assert first.changes == []
    assert "Som det var den" in page.content.decode()


def faults() -> list[str]:
    return check_database().faults


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE core_rowversion SET text = 'x' WHERE id = %s", "is not what that sealed"),
        ("DELETE FROM core_rowversion WHERE id = %s", "is missing"),
        ("UPDATE core_rowversion SET key = '9999' WHERE id = %s", "was added without it"),
    ],
)
def test_a_version_that_somebody_changed_is_found(cast: Cast, statement: str, said: str) -> None:
    found = task(cast)
    rows = RowVersion.objects.filter(table="tasks_task", key=str(found.pk))
    assert faults() == []
    tamper(statement, rows[0].pk)
    assert any(said in fault for fault in faults())
    target = BytesIO()
    write_export(target)
    assert any(said in fault for fault in verifier.check_export(target, []).faults)


def versions_for(person: Person, table: str) -> list[str]:
    """Return the former values of a table's rows in a person's export, "" where withheld."""
    target = BytesIO()
    write_export(target, PersonReader(person))
    assert verifier.check_export(target, []).faults == []
    lines = zipfile.ZipFile(target).read("versions.jsonl").splitlines()
    rows = [json.loads(line) for line in lines]
    return [row.get("text", "") for row in rows if row["table"] == table]


def test_an_export_shows_former_values_to_whoever_reads_the_thing(cast: Cast) -> None:
    task(cast)
    assert len(versions_for(cast.auditor, "tasks_task")) > 1
    assert all(versions_for(cast.auditor, "tasks_task"))
    triaged(cast, is_restricted=False)
    assert not any(versions_for(cast.auditor, "incidents_incident"))


def test_an_export_withholds_what_a_thing_held_while_it_was_closed(cast: Cast) -> None:
    found = triaged(cast, is_restricted=True, title="Om Ulla Rosenørn")
    triage(cast, found, is_restricted=False, title="Om en medarbejder")
    told = versions_for(cast.coordinator, "incidents_incident")
    assert "" in told
    assert any("Om en medarbejder" in text for text in told)
    assert "Rosenørn" not in "".join(told)


def test_an_export_shows_a_draft_to_who_writes_it_and_to_others_what_became_of_it(
    cast: Cast,
) -> None:
    drafted(cast)
    assert all(versions_for(cast.coordinator, "audits_auditplan"))
    assert not any(versions_for(cast.auditor, "audits_auditplan"))
    assert not any(versions_for(cast.auditor, "audits_audit"))
    approved(cast)
    told = versions_for(cast.auditor, "audits_auditplan")
    assert "" in told
    assert any('"state":"approved"' in text.replace(" ", "") for text in told)
    assert not any('"state":"draft"' in text.replace(" ", "") for text in told)
    assert any(versions_for(cast.auditor, "audits_audit"))


def test_what_is_removed_keeps_its_versions(cast: Cast) -> None:
    found = task(cast)
    key = str(found.pk)
    assert RowVersion.objects.filter(table="tasks_task", key=key).count() == 2
    found.quarters.all().delete()
    found.delete()
    change(task(cast), cast, title="En anden")  # its event seals the removal
    assert RowVersion.objects.filter(table="tasks_task", key=key).count() == 3
    assert faults() == []


def test_what_was_said_while_it_was_known_to_few_is_not_shown(cast: Cast, client_of: Any) -> None:
    now = timezone.now()
    with time_is(now - 2 * WEEK):
        found = triaged(cast, is_restricted=True, title="Om Ulla Rosenørn")
    with time_is(now - WEEK):
        triage(cast, found, is_restricted=False, title="Om en medarbejder")
    client = client_of("chair")
    answer = on(client, found, timezone.localdate() - WEEK - timedelta(days=2))
    assert answer.status_code == 200
    assert "Rosenørn" not in answer.content.decode()
    assert answer.context["is_closed"]
    history = client.get(f"{found.get_absolute_url()}history/").content.decode()
    assert "Rosenørn" not in history
