"""The lines of the log: when, which request, and nobody's address."""

from __future__ import annotations

import json
import logging
import re
import sys

import pytest

from kommissorium.core.operations.log_lines import (
    JsonFormatter,
    LineFormatter,
    json_line,
    masked,
    request_id,
)

MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d"


def record(text: str, *, fails: bool = False) -> logging.LogRecord:
    error = None
    if fails:
        try:
            int("Key (email)=(bo@example.dk) exists")
        except ValueError:
            error = sys.exc_info()
    return logging.LogRecord("kommissorium.x", logging.WARNING, "", 0, text, ("æ",), error)


@pytest.fixture
def asked():
    was = request_id.set("ab12cd34")
    yield "ab12cd34"
    request_id.reset(was)


def test_a_line_has_moment_level_logger_and_request(asked):
    line = LineFormatter().format(record("said %s"))
    assert re.fullmatch(rf"{MOMENT} WARNING kommissorium\.x \[{asked}\]: said æ", line)


def test_json_has_the_same_and_the_error_in_one_line(asked):
    line = JsonFormatter().format(record("said %s", fails=True))
    assert "\n" not in line
    told = json.loads(line)
    assert re.fullmatch(MOMENT, told["time"])
    assert (told["level"], told["request"], told["message"]) == ("WARNING", asked, "said æ")
    assert "…@example.dk" in told["error"]
    assert "bo@" not in line


def test_what_happens_outside_a_request_has_none():
    assert LineFormatter().format(record("x %s")).endswith("kommissorium.x: x æ")
    assert "request" not in json.loads(json_line("kommissorium.serve", "it ended"))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("to bo.hansen+x@mail.example.dk: refused", "to …@mail.example.dk: refused"),
        ("cpr 010190-1234 and 0101901234", "cpr … and …"),
        ("event 12345678901 at 127.0.0.1:8000", "event 12345678901 at 127.0.0.1:8000"),
    ],
)
def test_addresses_and_cpr_numbers_stand_in_no_line(text, left):
    assert masked(text) == left


@pytest.mark.django_db
def test_an_answer_carries_the_number_of_its_request(client, settings):
    given = {"X-Request-ID": "from-the-proxy-1"}
    number = client.get("/robots.txt", headers=given).headers["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f]{16}", number), "without a proxy a stranger's is not taken"
    settings.BEHIND_PROXY = True
    assert client.get("/robots.txt", headers=given).headers["X-Request-ID"] == "from-the-proxy-1"
    strange = {"X-Request-ID": "a b"}
    assert client.get("/robots.txt", headers=strange).headers["X-Request-ID"] != "a b"
