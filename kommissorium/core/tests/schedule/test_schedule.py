"""Periodic work: run when due, caught up once, never twice, never stopped by another."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from kommissorium.core.schedule.actions import Periodic, run_due
from kommissorium.core.schedule.models import Job

HOUR = timedelta(hours=1)


@pytest.fixture
def runs() -> list[str]:
    return []


@pytest.fixture
def schedule(runs) -> list[Periodic]:
    return [
        Periodic("hourly", lambda: runs.append("hourly"), HOUR),
        Periodic("daily", lambda: runs.append("daily"), 24 * HOUR),
    ]


def test_a_new_job_runs_at_once_and_then_when_its_time_has_come(db, schedule, runs):
    now = timezone.now()
    assert run_due(schedule, now) == ["hourly", "daily"]
    assert run_due(schedule, now) == []
    assert run_due(schedule, now + HOUR - timedelta(seconds=1)) == []
    assert run_due(schedule, now + HOUR) == ["hourly"]
    assert runs == ["hourly", "daily", "hourly"]


def test_what_was_missed_is_caught_up_once(db, schedule, runs):
    now = timezone.now()
    run_due(schedule, now)
    back = now + timedelta(days=9)
    assert run_due(schedule, back) == ["hourly", "daily"]
    assert run_due(schedule, back + timedelta(minutes=1)) == []
    assert run_due(schedule, back + HOUR) == ["hourly"]
    assert runs.count("daily") == 2


def test_a_clock_set_back_lets_no_job_wait_and_none_run_twice(db, schedule, runs):
    now = timezone.now()
    run_due(schedule, now + timedelta(days=400))
    assert run_due(schedule, now) == ["hourly", "daily"]
    assert run_due(schedule, now - timedelta(seconds=30)) == []  # another worker's clock
    assert run_due(schedule, now + HOUR) == ["hourly"]
    assert runs.count("daily") == 2


def test_a_job_that_fails_stops_no_other_and_says_why(db, runs):
    def fail() -> None:
        raise ValueError("the disk is full")

    schedule = [Periodic("bad", fail, HOUR), Periodic("good", lambda: runs.append("good"), HOUR)]
    now = timezone.now()
    assert run_due(schedule, now) == ["bad", "good"]
    assert runs == ["good"]
    assert Job.objects.get(pk="bad").last_error == "ValueError: the disk is full"
    assert Job.objects.get(pk="good").last_error == ""
    assert run_due(schedule, now + HOUR) == ["bad", "good"]


def test_a_job_that_works_again_has_no_error(db):
    faults = [ValueError("once")]

    def fail_once() -> None:
        if faults:
            raise faults.pop()

    now = timezone.now()
    run_due([Periodic("shaky", fail_once, HOUR)], now)
    run_due([Periodic("shaky", fail_once, HOUR)], now + HOUR)
    job = Job.objects.get()
    assert (job.last_error, job.next_at) == ("", now + 2 * HOUR)
    assert job.finished_at is not None


def test_workers_at_the_same_time_run_a_job_once(committing, runs):
    schedule = [Periodic("once", lambda: runs.append("once"), HOUR)]
    now = timezone.now()
    start = threading.Barrier(4)
    errors = []

    def work() -> None:
        try:
            start.wait(10)
            run_due(schedule, now)
        except Exception as error:  # noqa: BLE001 whatever it is, the test must tell
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    assert runs == ["once"]
