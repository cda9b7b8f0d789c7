"""What /health/ and `kommissorium check` find."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from kommissorium.core.mail.actions import queue_mail
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.mail.set_up import NOWHERE
from kommissorium.core.operations import findings as module
from kommissorium.core.operations.findings import LAST_BACKUP, State, findings
from kommissorium.core.operations.parts import missing_parts
from kommissorium.core.operations.trial import trial_pdf
from kommissorium.core.schedule.models import Job
from kommissorium.core.tests.mail.letters import letter

pytestmark = pytest.mark.django_db


def told() -> dict[str, State]:
    """Return what is not right."""
    return {str(one): one.state for one in findings() if one.state is not State.RIGHT}


def test_all_is_right_and_each_thing_was_looked_at():
    assert told() == {}
    wanted = {"static files", "fonts", "catalogues", "schema", "worker", "mail", "disk"}
    assert wanted <= {one.name for one in findings()}


def test_a_package_without_its_parts_is_not_well(client, monkeypatch, tmp_path):
    monkeypatch.setattr(module, "missing_parts", lambda: missing_parts(tmp_path))
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.content.startswith(
        b"not well\nstatic files: 1 missing (staticfiles.json)\nfonts: 6"
    )


def test_a_worker_that_fell_silent_is_told(client):
    Job.objects.create(name="mail", next_at=timezone.now(), started_at=timezone.now())
    assert told() == {}
    Job.objects.update(started_at=timezone.now() - timedelta(minutes=11))
    answer = client.get("/health/")
    assert (answer.status_code, answer.content) == (
        503,
        b"not well\nworker: silent for 11 minutes\n",
    )


def test_a_mail_that_waits_for_long_is_told_where_mail_is_set_up(client, settings):
    queue_mail(to="a@example.dk", kind="core.x", key="1", letter=letter())
    OutboxMail.objects.update(due=timezone.now() - timedelta(hours=5))
    answer = client.get("/health/")
    assert (answer.status_code, answer.content) == (
        200,
        b"ok\nmail: the oldest has waited for 5 hours\n",
    )
    settings.EMAIL_BACKEND = NOWHERE
    assert client.get("/health/").content == b"ok\n"


def test_a_backup_that_grows_old_is_told(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    assert "backup" not in {one.name for one in findings()}
    stamp = tmp_path / LAST_BACKUP
    stamp.touch()
    now, before = timezone.now().timestamp(), (timezone.now() - timedelta(days=3)).timestamp()
    os.utime(stamp, (now, now))  # the tests may live on another day than the disk
    assert told() == {}
    os.utime(stamp, (before, before))
    assert told() == {"backup: the last is 3 days old": State.LOOK}


def test_a_disk_with_little_left_is_told(monkeypatch):
    monkeypatch.setattr(module, "LITTLE", 10**18)
    [(says, state)] = told().items()
    assert says.endswith("MB free")
    assert state is State.LOOK


def test_a_schema_that_is_older_is_not_well():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'core' AND name = '0001_tables'")
    [(says, state)] = told().items()
    assert says == "schema: older than the program (core.0001_tables is missing)"
    assert state is State.WRONG


def test_a_trial_document_is_an_accessible_pdf():
    assert trial_pdf().startswith(b"%PDF-")
