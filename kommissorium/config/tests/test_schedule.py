"""The worker's own jobs."""

from __future__ import annotations

from datetime import timedelta

from kommissorium.config.schedule import SCHEDULE
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
