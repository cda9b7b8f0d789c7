"""A database that is away: 503 in words, nothing typed is lost, one line a minute, back by itself."""

from __future__ import annotations

import logging
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection
from django.test import Client

from kommissorium.accounts.middleware import SEEN
from kommissorium.config import worker
from kommissorium.conftest import Cast, address, in_days
from kommissorium.core.database.away import is_away
from kommissorium.core.evidence.models import Event
from kommissorium.core.schedule.actions import Periodic, run_due
from kommissorium.core.ui.log import VisitorsFilter
from kommissorium.tasks.models import Task

pytestmark = pytest.mark.both("each database says in its own way that it is away")

TYPED = "Bestil gennemgang af <leverandøraftalen>"
ON_POSTGRESQL = connection.vendor == "postgresql"
WRITES = ("INSERT", "UPDATE", "SELECT")


def gone() -> Exception:
    if ON_POSTGRESQL:
        return psycopg.OperationalError("server closed the connection unexpectedly")
    error = sqlite3.OperationalError("unable to open database file")
    error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
    return error


@contextmanager
def away(begins: str = "") -> Iterator[None]:
    """Let no statement that begins so be answered in the block."""

    def execute(run: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(begins):
            with connection.wrap_database_errors:
                raise gone()
        return run(sql, params, many, context)

    with connection.execute_wrapper(execute):
        yield


@pytest.fixture
def coordinator(committing: Cast) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(committing.coordinator)
    return client


@pytest.fixture
def lines() -> Iterator[Callable[[], list[str]]]:
    """Return the lines that a program writes which has logged nothing yet."""
    written: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: written.append(record.getMessage())  # type: ignore[method-assign]
    handler.addFilter(VisitorsFilter())
    logging.getLogger().addHandler(handler)
    yield lambda: written
    logging.getLogger().removeHandler(handler)


def task_of(cast: Cast) -> dict[str, Any]:
    due = in_days(20, 12).strftime("%d.%m.%Y")
    return {"title": "Gennemgang", "owner": cast.member.pk, "due": due, "description": TYPED * 3}


@pytest.mark.parametrize("begins", ["", "INSERT", "SELECT", "UPDATE"])
def test_what_was_typed_stands_in_a_form_that_sends_it_again(
    begins: str, coordinator: Client, committing: Cast
) -> None:
    events = Event.objects.count()
    session = coordinator.session
    session.pop(SEEN, None)
    session.save()
    with away(begins):
        response = coordinator.post("/tasks/add/", task_of(committing))
    if begins == "UPDATE" and response.status_code == 302:  # all was saved but that one was here
        return
    html = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "10"), html
    assert "&lt;leverandøraftalen&gt;" in html
    assert 'action="/tasks/add/"' in html
    assert (Task.objects.count(), Event.objects.count()) == (0, events)
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html))
    again["description"] = TYPED
    assert coordinator.post("/tasks/add/", again).status_code == 302
    assert Task.objects.get().description == TYPED


def test_a_form_that_another_site_sent_is_not_offered_again(committing: Cast) -> None:
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    client.force_login(committing.coordinator)
    with away():
        response = client.post("/tasks/add/", task_of(committing))
    assert response.status_code == 503
    assert "leverandøraftalen" not in response.content.decode()


def test_no_password_stands_on_the_page(committing: Cast) -> None:
    visitor = Client(raise_request_exception=False)
    with away():
        response = visitor.post(
            "/account/login/", {"login": address("member"), "password": "very secret indeed"}
        )
    assert response.status_code == 503
    assert "very secret" not in response.content.decode()


def test_it_is_one_line_a_minute_whoever_meets_it(
    coordinator: Client, lines: Callable[[], list[str]], client: Client
) -> None:
    with away():
        for path in ("/", "/tasks/", "/people/", "/nowhere/", "/"):
            assert coordinator.get(path).status_code == 503, path
        assert client.get("/health/").status_code == 503
        with pytest.raises(OperationalError):
            run_due([])
    [line] = [one for one in lines() if "session" not in one]
    assert line.startswith("the database does not answer: ")
    assert coordinator.get("/tasks/").status_code == 200


def test_a_job_that_met_it_did_not_fail(db: None, lines: Callable[[], list[str]]) -> None:
    def ask() -> None:
        with away():
            Task.objects.exists()

    with pytest.raises(OperationalError):
        run_due([Periodic("tried", ask, timedelta(days=1))])
    assert lines() == []
    assert worker.is_away is is_away


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite has no server to end the connection")
def test_a_connection_ended_by_the_server_in_the_middle_of_an_act(
    coordinator: Client, committing: Cast
) -> None:
    ended: list[int] = []

    def execute(run: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith('INSERT INTO "tasks_task"') and not ended:
            ended.append(connection.connection.info.backend_pid)
            with psycopg.connect(
                **connection.get_connection_params() | {"cursor_factory": None}
            ) as other:
                other.execute("SELECT pg_terminate_backend(%s)", ended)
        return run(sql, params, many, context)

    with connection.execute_wrapper(execute):
        response = coordinator.post("/tasks/add/", task_of(committing))
    assert (response.status_code, len(ended)) == (503, 1)
    assert "&lt;leverandøraftalen&gt;" in response.content.decode()
    assert coordinator.post("/tasks/add/", task_of(committing)).status_code == 302


@pytest.mark.parametrize("statement", ["SELECT nothing FROM nowhere", "SELECT ("])
def test_a_fault_of_ours_is_none(db: None, statement: str) -> None:
    with pytest.raises(Exception, match=r".") as caught, connection.cursor() as cursor:
        cursor.execute(statement)
    assert not is_away(caught.value)
