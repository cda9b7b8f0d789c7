"""A head of the day gets a time stamp of an authority, and what is no such stamp shows."""

from __future__ import annotations

import shutil
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone

from kommissorium.conftest import time_is
from kommissorium.core.evidence import time_stamps, verifier
from kommissorium.core.evidence.actions import record
from kommissorium.core.evidence.chain_check import check_database, head
from kommissorium.core.evidence.daily_anchor import anchor_today
from kommissorium.core.evidence.export import write_export
from kommissorium.core.evidence.models import Anchor, Stamp
from kommissorium.core.evidence.time_stamps import NotStamped, stamp_today
from kommissorium.core.evidence.verifier import STAMPED, anchors_in, imprint_for
from kommissorium.core.schedule.actions import Periodic, run_due
from kommissorium.core.schedule.models import Job
from kommissorium.core.tests.evidence.authority import Authority
from kommissorium.core.tests.evidence.tampering import tamper

OPENSSL = shutil.which("openssl")


@pytest.fixture
def known(cast: Any, settings: Any, tmp_path: Path) -> Authority:
    """An authority whose root the installation knows; nothing is asked of it over the network."""
    authority = Authority()
    settings.ANCHOR_FILE = tmp_path / "anchors.txt"
    settings.TIMESTAMP_URL = "https://tid.example/tsr"
    settings.TIMESTAMP_CERTIFICATES = str(tmp_path / "authority.pem")
    (tmp_path / "authority.pem").write_bytes(authority.root())
    return authority


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch, known: Authority) -> dict[str, Any]:
    """How the authority answers: `of` who gives the stamp, `at` which time, of which `head`."""
    how: dict[str, Any] = {"of": known, "at": None, "head": ""}

    def ask(question: bytes) -> bytes:
        answer: bytes = how["of"].answer(question, at=how["at"] or timezone.now(), head=how["head"])
        return answer

    monkeypatch.setattr(time_stamps, "_ask", ask)
    return how


@pytest.fixture
def stamped(answers: dict[str, Any]) -> Stamp:
    anchor_today(settings.ANCHOR_FILE)
    stamp = stamp_today()
    assert stamp is not None
    return stamp


def exported() -> BytesIO:
    target = BytesIO()
    write_export(target)
    return target


def test_the_head_of_the_day_is_stamped_once(known: Authority, stamped: Stamp) -> None:
    assert (stamped.anchor.seq, stamped.anchor.hash) == head()
    assert stamp_today() is None
    assert len(known.questions) == 1
    assert verifier.imprint_in(known.questions[0]) == imprint_for(*head())
    report = check_database()
    assert (report.faults, report.notes, report.stamps) == ([], [], 1)


def test_nobody_is_asked_by_default(cast: Any, settings: Any, tmp_path: Path) -> None:
    assert (settings.TIMESTAMP_URL, settings.TIMESTAMP_CERTIFICATES) == ("", "")
    anchor_today(tmp_path / "anchors.txt")
    assert stamp_today() is None


def test_an_authority_that_does_not_answer_stops_nothing_and_is_asked_again(
    known: Authority, answers: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    asking = time_stamps._ask
    schedule = [Periodic("time_stamp", stamp_today, timedelta(hours=1))]
    anchor_today(settings.ANCHOR_FILE)

    def silent(_question: bytes) -> bytes:
        raise NotStamped("https://tid.example/tsr does not answer: timed out")

    monkeypatch.setattr(time_stamps, "_ask", silent)
    run_due(schedule)
    assert "does not answer" in Job.objects.get(name="time_stamp").last_error
    assert check_database().holds
    monkeypatch.setattr(time_stamps, "_ask", asking)
    run_due(schedule, timezone.now() + timedelta(hours=1, minutes=1))
    assert Job.objects.get(name="time_stamp").last_error == ""
    assert Stamp.objects.count() == 1


def test_what_is_no_stamp_of_this_head_is_not_kept(
    known: Authority, answers: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    anchor_today(settings.ANCHOR_FILE)
    for wrong in (
        {"of": Authority("En anden")},
        {"head": f"1:{'0' * 64}"},
        {"at": timezone.now() - timedelta(days=3)},
    ):
        answers.update({"of": known, "at": None, "head": ""} | wrong)
        with pytest.raises(NotStamped):
            stamp_today()
    for nothing in (b"", b"<html>", b"\x30\x05\x30\x03\x02\x01\x02"):
        monkeypatch.setattr(time_stamps, "_ask", lambda _question, answer=nothing: answer)
        with pytest.raises(NotStamped):
            stamp_today()
    assert not Stamp.objects.exists()


def test_an_old_answer_is_not_taken_for_a_new_one(
    known: Authority, stamped: Stamp, monkeypatch: pytest.MonkeyPatch
) -> None:
    tamper("DELETE FROM core_stamp")
    monkeypatch.setattr(time_stamps, "_ask", lambda _question: bytes(stamped.answer))
    with pytest.raises(NotStamped, match="Nonce"):
        stamp_today()


def test_a_stamp_that_is_another_shows(known: Authority, stamped: Stamp) -> None:
    other = Authority("En anden").answer(known.questions[0], at=timezone.now())
    late = known.answer(known.questions[0], at=timezone.now() + timedelta(days=40))
    of_another = known.answer(known.questions[0], at=timezone.now(), head="412:x")
    for answer, said in (
        (other, "by the authority"),
        (late, "a time stamp of another day"),
        (of_another, "no time stamp of this head"),
        (b"x", "no time stamp of this head"),
    ):
        tamper("UPDATE core_stamp SET answer = %s", answer)
        [fault] = check_database().faults
        assert said in fault
        assert f"the stamp of {stamped.anchor.on}" in fault


def test_a_chain_made_anew_gets_no_stamps_of_days_gone_by(
    known: Authority, answers: dict[str, Any]
) -> None:
    """Who owns the database can ask for stamps today, and they say that they are of today."""
    with time_is(timezone.now() - timedelta(days=30)):
        anchor_today(settings.ANCHOR_FILE)
    assert stamp_today() is None  # what is of a day gone by is not even asked for
    anchor = Anchor.objects.get()
    question = time_stamps.TimestampRequestBuilder(
        data=f"{anchor.seq}:{anchor.hash}".encode(),
        hash_algorithm=time_stamps.HashAlgorithm.SHA256,
    ).build()
    answer = known.answer(question.as_bytes(), at=timezone.now())
    Stamp.objects.create(anchor=anchor, answer=answer)
    [fault] = check_database().faults
    assert "a time stamp of another day" in fault


def test_heads_without_a_stamp_are_counted_and_are_no_fault(stamped: Stamp) -> None:
    days = [timezone.localdate() + timedelta(days=number) for number in range(1, 8)]
    for day in days:
        anchor_today(settings.ANCHOR_FILE, on=day)
    report = check_database()
    assert report.holds
    [note] = report.notes
    assert note.startswith(f"7 of 8 heads since {stamped.anchor.on} have no time stamp")
    assert note.endswith(f": {', '.join(map(str, days[:1:-1]))}.")
    assert note in verifier.in_words(report)


def test_without_certificates_signatures_are_not_checked_and_that_is_said(
    stamped: Stamp, settings: Any, tmp_path: Path
) -> None:
    settings.TIMESTAMP_CERTIFICATES = ""
    report = check_database()
    assert (report.faults, report.stamps) == ([], 1)
    assert "were not checked" in report.notes[0]
    tamper("UPDATE core_stamp SET answer = %s", b"x")
    assert len(check_database().faults) == 1
    settings.TIMESTAMP_CERTIFICATES = str(tmp_path / "none.pem")
    assert "certificates cannot be read" in check_database().faults[0]


def test_a_stamp_kept_elsewhere_tells_that_an_older_state_was_put_back(
    cast: Any, answers: dict[str, Any], tmp_path: Path
) -> None:
    record("core.tried", cast.chair, by=None)  # one of which no version hangs
    anchor_today(settings.ANCHOR_FILE)
    stamped = stamp_today()
    assert stamped is not None
    file = tmp_path / "kept.tsr"
    file.write_bytes(stamped.answer)
    assert anchors_in(str(file)) == [(STAMPED, imprint_for(*head()))]
    record("core.tried", cast.chair, by=None)
    assert check_database(anchors_in(str(file))).holds
    assert verifier.check_export(exported(), anchors_in(str(file))).holds
    tamper("DELETE FROM core_event WHERE seq >= %s", stamped.anchor.seq)
    faults = check_database(anchors_in(str(file))).faults
    assert "no event is the one of the time stamp: the chain is another or older" in faults


def test_an_export_holds_the_stamps_and_checks_what_they_are_of(stamped: Stamp) -> None:
    seq, value = head()
    name = f"stamps/{seq}_{value}.tsr"
    report = verifier.check_export(exported(), [])
    assert (report.faults, report.stamps) == ([], 1)
    with zipfile.ZipFile(exported()) as export:
        files = {one: export.read(one) for one in export.namelist()}
    assert files[name] == bytes(stamped.answer)

    def faults(**changed: bytes) -> list[str]:
        target = BytesIO()
        with zipfile.ZipFile(target, "w") as export:
            for one, data in files.items():
                export.writestr(changed.get("called", one) if one == name else one, data)
        return verifier.check_export(target, []).faults

    assert faults() == []
    other = f"stamps/{seq}_{'0' * 64}.tsr"
    assert faults(called=other) == [
        f"{other} is no time stamp of the head that it names",
        f"event {seq} is not the one that was anchored",
    ]
    files[name] = b"x"
    assert faults() == [f"{name} is no time stamp of the head that it names"]


@pytest.mark.skipif(OPENSSL is None, reason="no openssl on this machine")
def test_openssl_checks_a_stamp_with_nothing_of_ours(stamped: Stamp, tmp_path: Path) -> None:
    """As the guide to the evidence and the verifier of an export say."""
    (tmp_path / "kept.tsr").write_bytes(stamped.answer)
    given = ["-in", "kept.tsr", "-CAfile", "authority.pem"]

    def holds(digest: str) -> bool:
        command = [str(OPENSSL), "ts", "-verify", "-digest", digest, *given]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
        return done.returncode == 0

    assert holds(imprint_for(*head()))
    assert not holds("0" * 64)


def test_a_stamp_cannot_be_written_again(stamped: Stamp) -> None:
    for change in (lambda: Stamp.objects.update(answer=b"x"), stamped.delete):
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            change()


@pytest.fixture
def server(known: Authority, settings: Any) -> Iterator[dict[str, Any]]:
    """The authority on a port of this machine; `status` and `to` say how it answers."""
    how: dict[str, Any] = {"status": 200, "asked": []}

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = self.rfile.read(int(self.headers["Content-Length"]))
            how["asked"].append((self.path, self.headers["Content-Type"]))
            self.send_response(how["status"])
            if how["status"] == 302:
                self.send_header("Location", f"{settings.TIMESTAMP_URL}/elsewhere")
            self.end_headers()
            self.wfile.write(known.answer(question, at=how["at"]))

        do_GET = do_POST  # noqa: N815 as the library calls it

        def log_message(self, *_args: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answering) as listening:
        settings.TIMESTAMP_URL = f"http://127.0.0.1:{listening.server_port}/tsr"
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        how["at"] = timezone.now()
        yield how
        listening.shutdown()
        thread.join()


def test_the_authority_is_asked_over_http(server: dict[str, Any]) -> None:
    anchor_today(settings.ANCHOR_FILE)
    assert stamp_today() is not None
    assert server["asked"] == [("/tsr", "application/timestamp-query")]


@pytest.mark.parametrize("status", [302, 403, 500])
def test_no_redirect_is_followed_and_no_error_is_a_stamp(
    server: dict[str, Any], status: int
) -> None:
    server["status"] = status
    anchor_today(settings.ANCHOR_FILE)
    with pytest.raises(NotStamped, match="does not answer"):
        stamp_today()
    assert len(server["asked"]) == 1


def test_a_port_where_nobody_listens_is_told(known: Authority, settings: Any) -> None:
    settings.TIMESTAMP_URL = "http://127.0.0.1:9/tsr"
    anchor_today(settings.ANCHOR_FILE)
    with pytest.raises(NotStamped, match="does not answer"):
        stamp_today()
