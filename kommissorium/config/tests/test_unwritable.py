"""A full or read-only disk: told in words, nothing typed is lost, reading goes on."""

from __future__ import annotations

import errno
import os
import re

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from django.test import Client

from kommissorium.accounts.middleware import SEEN
from kommissorium.config.tests.faults import WAYS, without_writing
from kommissorium.conftest import PASSWORD, Cast, address, in_days, plan
from kommissorium.core import unwritable as probing
from kommissorium.core.evidence.models import Event
from kommissorium.core.unwritable import Unwritable, unwritable, write_probe
from kommissorium.meetings.models import Attachment, Meeting
from kommissorium.tasks.models import Task

SENTENCE = {"full": "disk er fuld", "read-only": "må kun læse sine data"}
TYPED = "Bestil gennemgang af <leverandøraftalen>"
FULL_TABLE = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON core_cache FOR EACH ROW EXECUTE FUNCTION full_disk()
"""


@pytest.fixture
def coordinator(committing: Cast) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(committing.coordinator)
    return client


def task_of(cast: Cast) -> dict[str, object]:
    due = in_days(20, 12).strftime("%d.%m.%Y")
    return {"title": "Gennemgang", "owner": cast.member.pk, "due": due, "description": TYPED}


@pytest.mark.parametrize("why", WAYS)
def test_a_form_says_so_and_keeps_what_was_typed(why, coordinator, committing):
    events = Event.objects.count()
    with without_writing(why):
        response = coordinator.post("/tasks/add/", task_of(committing))
    html = response.content.decode()
    assert response.status_code == 507
    assert SENTENCE[why] in html
    assert "Bestil gennemgang af &lt;leverandøraftalen&gt;</textarea>" in html
    assert (Task.objects.count(), Event.objects.count()) == (0, events)
    assert coordinator.post("/tasks/add/", task_of(committing)).status_code == 302
    assert Task.objects.get().description == TYPED


@pytest.mark.parametrize("why", WAYS)
def test_a_page_without_a_form_of_its_own_gives_one_to_try_again_with(why, coordinator, committing):
    day = in_days(40, 13)
    sent = {"date": day.strftime("%d.%m.%Y"), "start": "13.00", "end": "15.00", "place": TYPED * 3}
    path = f"/committees/{committing.committee.pk}/meetings/add/"
    with without_writing(why):
        response = coordinator.post(path, sent)
    html = response.content.decode()
    assert response.status_code == 507, html
    assert SENTENCE[why] in html
    assert "&lt;leverandøraftalen&gt;" in html
    assert f'action="{path}"' in html
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html))
    assert again["start"] == "13.00"
    assert not Meeting.objects.exists()
    assert coordinator.post(path, {**again, "place": "Rådhuset"}).status_code == 302


@pytest.mark.parametrize("why", WAYS)
def test_reading_goes_on_and_nobody_is_signed_out(why, coordinator, committing):
    plan(committing)
    committee = committing.committee.pk
    with without_writing(why):
        for path in (
            "/",
            "/meetings/",
            "/tasks/",
            "/people/",
            f"/committees/{committee}/compliance/",
        ):
            assert coordinator.get(path).status_code == 200, path
    assert SEEN not in Session.objects.get().get_decoded()
    assert coordinator.get("/").status_code == 200
    assert SEEN in Session.objects.get().get_decoded()


@pytest.mark.parametrize("why", WAYS)
def test_nobody_comes_in_and_no_password_stands_on_the_page(why, committing):
    visitor = Client(raise_request_exception=False)
    with without_writing(why):
        response = visitor.post(
            "/account/login/", {"login": address("member"), "password": PASSWORD}
        )
    assert response.status_code == 507  # the limit on attempts cannot be counted either
    assert PASSWORD not in response.content.decode()
    assert visitor.get("/").status_code == 302


@pytest.mark.parametrize(("why", "said"), [("full", "disk full"), ("read-only", "read-only")])
def test_the_health_page_says_so(why, said, client, committing):
    with without_writing(why):
        answer = client.get("/health/")
    assert (answer.status_code, answer.content.decode()) == (507, f"{said}\n")
    assert client.get("/health/").content == b"ok\n"


@pytest.mark.parametrize(
    ("number", "said"), [(errno.ENOSPC, "disk full"), (errno.EROFS, "read-only")]
)
def test_the_health_page_tries_the_folder_too(number, said, client, db, monkeypatch):
    def fail(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(probing.os, "fsync", fail)
    answer = client.get("/health/")
    assert (answer.status_code, answer.content.decode()) == (507, f"{said}\n")


def test_a_file_that_finds_no_room_is_told_and_leaves_nothing(
    coordinator, committing, settings, tmp_path, monkeypatch
):
    settings.FILES_DIR = tmp_path / "files"
    item = plan(committing).items.first()
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def fail(_handle: int) -> None:
        raise full

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        file = SimpleUploadedFile("bilag.pdf", b"%PDF-1.7 x")
        sent = {
            "title": "Punkt",
            "type": "decision",
            "edit_version": item.edit_version,
            "presentation": TYPED,
            "attachments": file,
        }
        response = coordinator.post(f"/items/{item.pk}/edit/", sent)
    assert response.status_code == 507
    assert "leverandøraftalen" in response.content.decode()
    assert not Attachment.objects.exists()
    assert [path for path in settings.FILES_DIR.rglob("*") if path.is_file()] == []


def test_what_a_full_database_says_itself_is_known(committing):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FULL_TABLE)
        else:
            cursor.execute("PRAGMA max_page_count = 1")  # no page more than there are
    with pytest.raises(DatabaseError) as caught, connection.cursor() as cursor:
        write_probe()
        cursor.execute("CREATE TABLE more (text TEXT)")
        cursor.execute("INSERT INTO more VALUES (%s)", ["x" * 100_000])
    assert unwritable(caught.value) is Unwritable.FULL


def test_what_a_database_says_itself_that_is_only_to_be_read_is_known(committing):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET default_transaction_read_only = on")
        else:
            cursor.execute("PRAGMA query_only = on")
    with pytest.raises(DatabaseError) as caught:
        write_probe()
    assert unwritable(caught.value) is Unwritable.READ_ONLY
