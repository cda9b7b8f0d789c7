"""Visitors' errors are one line each in the log, and a flood of them a few."""

from __future__ import annotations

import io
import logging
import re

import pytest
from django.test import Client
from django.utils.module_loading import import_string

from kommissorium.core.ui import log
from kommissorium.core.ui.log import VisitorsFilter


@pytest.fixture
def lines(monkeypatch):
    """Return the lines written by a program that has logged nothing yet."""
    for before in logging.getLogger().handlers:
        for one in before.filters:
            if isinstance(one, VisitorsFilter):  # it counts what other tests did, too
                monkeypatch.setattr(one, "_kinds", {})
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(VisitorsFilter())
    logging.getLogger().addHandler(handler)
    yield lambda: written.getvalue().splitlines()
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


def test_who_may_not_is_one_line(visitor, lines):
    assert visitor.get("/fails/forbidden/").status_code == 403
    assert lines() == ["Forbidden (Permission denied): /fails/forbidden/ by nobody signed in"]


def test_a_foreign_host_is_one_line_and_cannot_write_another(visitor, lines):
    response = visitor.get("/edit/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert len(lines()) == 1
    assert "evil.example" in lines()[0]
    assert visitor.get("/edit/", headers={"Host": "a\r\nb"}).status_code == 400
    assert len(lines()) == 2


def test_a_line_says_when_with_the_offset_of_its_zone(settings):
    line = import_string(settings.LOGGING["formatters"]["line"]["()"])()
    record = logging.LogRecord("x", logging.WARNING, "", 0, "It happened.", None, None)
    assert re.match(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d WARNING x: ", line.format(record)
    )


def test_no_key_of_a_link_is_written_down(visitor, lines):
    key = "Zm9vYmFyYmF6:1tX2yZ:Qk9PS01BUktfT0ZfU09NRUJPRFk"
    for path in (f"/nowhere/{key}/", f"/nowhere/{key}", "/fails/broken/?q=100%25s"):
        visitor.get(path)
    assert key not in "".join(lines())
    assert lines()[0] == f"Not Found: /nowhere/…{key[-4:]}/ by nobody signed in"


def test_a_failure_of_ours_keeps_its_traceback(visitor, lines):
    visitor.get("/fails/broken/")
    assert any("Traceback" in line for line in lines())


def test_a_flood_is_a_few_lines_and_says_how_many_it_was(visitor, lines, monkeypatch):
    for _ in range(50):
        visitor.get("/edit/", headers={"Host": "evil.example"})
    assert len(lines()) == log.MOST
    visitor.get("/fails/forbidden/")
    assert len(lines()) == log.MOST + 1  # another kind is not kept out by it
    later = log.time.monotonic() + log.SECONDS + 1
    monkeypatch.setattr(log.time, "monotonic", lambda: later)
    visitor.get("/edit/", headers={"Host": "evil.example"})
    assert lines()[-1].endswith("(and 30 more like it before)")
