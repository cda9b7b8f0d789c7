"""`kommissorium check`: a line for each thing, and what to do where it is not right."""

from __future__ import annotations

import dataclasses
import socket

import pytest

from kommissorium.accounts.tests import counterpart
from kommissorium.cli import check as module
from kommissorium.cli.check import check
from kommissorium.core.documents.press import DocumentError
from kommissorium.core.tests.free_port import free_port

pytestmark = pytest.mark.django_db
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture(autouse=True)
def ours(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    tmp_path.chmod(0o700)
    for name in ("KOMMISSORIUM_TEST_HOME", "KOMMISSORIUM_MOST_ASKED_A_MINUTE", "KOMMISSORIUM_DEMO"):
        monkeypatch.delenv(name, raising=False)


def lines(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """Return what was told by the name of the thing."""
    told = capsys.readouterr().out.splitlines()[:-1]
    return {line[7:].partition(":")[0]: line for line in told}


def test_each_thing_stands_on_a_line_of_its_own(capsys):
    assert check() == 0
    told = lines(capsys)
    assert {"data folder", "database", "fonts", "documents", "mail server", "mailbox"} <= set(told)
    assert all(line.startswith(("right", "look")) for line in told.values())


def test_a_variable_that_nobody_reads_is_told(capsys, monkeypatch):
    monkeypatch.setenv("KOMMISSORIUM_TIMEZONE", "Europe/Copenhagen")
    assert check() == 0
    assert lines(capsys)["settings"].startswith(
        "look   settings: nobody reads KOMMISSORIUM_TIMEZONE"
    )


def test_a_folder_that_others_read_and_an_open_address_are_told(capsys, settings, tmp_path):
    tmp_path.chmod(0o755)
    settings.SITE_URL, settings.ALLOWED_HOSTS = "http://udvalg.example.dk", ["udvalg.example.dk"]
    assert check() == 0
    told = lines(capsys)
    assert told["data folder"].endswith(f"chmod 700 {tmp_path}")
    assert told["address"].endswith("Put a proxy with TLS before it.")


def test_what_does_not_answer_is_told_and_the_others_are_looked_at(capsys, settings):
    port = free_port()
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", port
    settings.IMAP_HOST, settings.IMAP_PORT, settings.CLAMD = "127.0.0.1", port, f"127.0.0.1:{port}"
    assert check() == 1
    told = lines(capsys)
    for name in ("mail server", "mailbox", "virus scanner"):
        assert told[name].startswith(f"wrong  {name}: 127.0.0.1"), told[name]
    assert told["documents"].startswith("right")


def test_documents_that_cannot_be_set_are_told(capsys, monkeypatch):
    def broken() -> bytes:
        raise DocumentError("no font")

    monkeypatch.setattr(module, "trial_pdf", broken)
    assert check() == 1
    assert lines(capsys)["documents"].startswith("wrong  documents: no font. Install")


def test_a_mail_server_that_says_nothing_is_told(capsys, settings):
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, "127.0.0.1"
        settings.EMAIL_PORT = server.getsockname()[1]
        settings.EMAIL_TIMEOUT = 0.2  # it listens and says nothing
        assert check() == 1
    assert "timed out" in lines(capsys)["mail server"]


def test_the_own_sign_in_is_asked_and_the_emergency_login_looked_for(capsys, settings, cast):
    assert check() == 0
    assert "emergency login" not in lines(capsys)
    with counterpart.running() as found:
        for person, says in ((cast.administrator, "right"), (cast.coordinator, "wrong")):
            settings.DIRECTORY = dataclasses.replace(found.settings, break_glass=person.email)
            assert check() == (says == "wrong")
            told = lines(capsys)
            assert told["own sign-in"].endswith("cannot be asked to sign people out")
            assert told["emergency login"].startswith(f"{says:<6} emergency login: ")
    assert check() == 1
    assert lines(capsys)["own sign-in"].startswith("wrong  own sign-in: ")
