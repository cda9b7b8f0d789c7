"""The worker's own jobs."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from kommissorium.accounts.models import Municipality
from kommissorium.config.schedule import SCHEDULE, anchor
from kommissorium.core.evidence.chain_check import head
from kommissorium.core.mail.models import OutboxMail
from kommissorium.meetings.actions.reading import forget_item_readings
from kommissorium.secretariat.daily_reminders import remind_today


def test_no_two_jobs_share_a_name() -> None:
    names = [job.name for job in SCHEDULE]
    assert len(set(names)) == len(names)


def test_every_register_keeps_its_schedule() -> None:
    names = {job.name for job in SCHEDULE}
    assert names >= {"register_figures", "asset_newcomers", "asset_reviews", "risk_figures"}


def test_people_are_reminded_by_the_worker_every_hour() -> None:
    (job,) = [job for job in SCHEDULE if job.name == "reminders"]
    assert (job.run, job.every) == (remind_today, timedelta(hours=1))


def test_who_has_read_what_is_forgotten_by_the_worker() -> None:
    (job,) = [job for job in SCHEDULE if job.name == "item_readings"]
    assert job.run == forget_item_readings


def test_the_head_of_the_day_goes_to_the_mailbox_the_addresses_and_the_auditors(
    cast: Any, settings: Any, tmp_path: Path
) -> None:
    settings.ANCHOR_FILE = tmp_path / "anchors.txt"
    settings.ANCHOR_TO = ["nabo@nabokommune.example", "auditors"]
    Municipality.objects.update(anchor_email="nabo@nabokommune.example")
    anchor()
    anchor()
    sent = OutboxMail.objects.filter(kind="core.anchor")
    assert sorted(sent.values_list("recipient", flat=True)) == sorted(
        ["nabo@nabokommune.example", cast.auditor.email]
    )
    assert f"{head()[0]}:{head()[1]}" in sent[0].body
