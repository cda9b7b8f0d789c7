"""The figures in Prometheus' format: who is shown them, and how they are counted."""

from __future__ import annotations

import re

import pytest

from kommissorium.core.operations import metrics as module
from kommissorium.core.operations.findings import LAST_BACKUP
from kommissorium.core.operations.request_counts import Counts, all_counts

TOKEN = "x" * 20
LINE = re.compile(r'[a-z_]+(\{([a-z]+="[^"\\\n]*",?)+\})? -?[0-9.e+]+')


@pytest.fixture
def counts(settings, tmp_path, monkeypatch) -> Counts:
    """Counts of a process that answered nothing yet, in a folder of their own."""
    settings.METRICS_TOKEN, settings.DATA_DIR = TOKEN, tmp_path
    fresh = Counts()
    for place in (module, __import__(Counts.__module__, fromlist=["COUNTS"])):
        monkeypatch.setattr(place, "COUNTS", fresh)
    return fresh


def figures(client) -> dict[str, float]:
    answer = client.get("/metrics/", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    lines = [one for one in answer.content.decode().splitlines() if not one.startswith("#")]
    assert [one for one in lines if not LINE.fullmatch(one)] == []
    return {name: float(value) for name, value in (one.rsplit(" ", 1) for one in lines)}


@pytest.mark.django_db
def test_without_a_token_there_are_none_and_with_another_nobody_is_told(client, counts, settings):
    for given in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": TOKEN}):
        answer = client.get("/metrics/", headers=given)
        assert (answer.status_code, answer.content) == (401, b"")
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics/", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.django_db
def test_requests_are_counted_by_room_method_and_status(client, counts, settings):
    client.get("/robots.txt")
    client.get("/account/login/")
    client.get("/no-such-page/")
    client.generic("SMUGGLE", "/robots.txt")
    told = figures(client)
    total = 'kommissorium_requests_total{room="%s",method="%s",status="%s"}'
    assert told[total % ("core", "GET", "2xx")] == 1
    assert told[total % ("core", "OTHER", "4xx")] == 1
    assert told[total % ("accounts", "GET", "2xx")] == 1
    assert told['kommissorium_request_seconds_count{room="core"}'] == 2
    assert told['kommissorium_request_seconds_bucket{room="core",le="+Inf"}'] == 2
    assert told['kommissorium_well{part="fonts"}'] == 1
    for name in ("chain_events", "mails_waiting", "disk_free_bytes", "files_limit_bytes"):
        assert f"kommissorium_{name}" in told
    assert "kommissorium_backup_timestamp_seconds" not in told
    (settings.DATA_DIR / LAST_BACKUP).touch()
    assert figures(client)["kommissorium_backup_timestamp_seconds"] > 0


def test_several_processes_are_added_up_and_one_that_ended_counts_on(counts):
    for one in (counts, Counts(), Counts()):
        one.note("core", "GET", 200, 0.07)
        one.note("core", "GET", 500, 20)
        one.write()
    answers, seconds, sums = all_counts()
    assert answers == {"core GET 2xx": 3, "core GET 5xx": 3}
    assert seconds == {"core 1": 3, "core 8": 3}
    assert sums["core"] == pytest.approx(60.21)


def test_nobody_counts_where_there_is_no_token(client, counts, settings, tmp_path):
    settings.METRICS_TOKEN = ""
    client.get("/robots.txt")
    counts.write()
    assert all_counts()[0] == {}
