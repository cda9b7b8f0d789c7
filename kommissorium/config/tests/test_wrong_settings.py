"""Every wrong setting is one clear sentence, without a traceback and without a password."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from kommissorium.config import environment, variables
from kommissorium.core.signing_key import FILE

pytestmark = pytest.mark.once

HOSTS, ADDRESSES = (
    ("EMAIL_HOST", "IMAP_HOST"),
    ("KOMMISSORIUM_ANCHOR_TO", "KOMMISSORIUM_NEIGHBOURS"),
)
PORTS, FLAGS = ("EMAIL_PORT", "IMAP_PORT"), ("EMAIL_USE_TLS", "KOMMISSORIUM_BEHIND_PROXY")
READERS = {
    "DATABASE_URL": environment.database,
    "KOMMISSORIUM_URL": lambda _: environment.site_url(),
    "KOMMISSORIUM_TIME_ZONE": lambda _: environment.time_zone(),
    "KOMMISSORIUM_SECURITY_CONTACT": lambda _: environment.security_contact(),
    "KOMMISSORIUM_LOG": lambda _: variables.choice("KOMMISSORIUM_LOG", "lines", "json"),
    "KOMMISSORIUM_METRICS_TOKEN": lambda _: variables.token("KOMMISSORIUM_METRICS_TOKEN"),
    "EMAIL_FROM": lambda _: variables.sender("EMAIL_FROM", "kommissorium@localhost"),
    **{name: lambda _, name=name: variables.host(name) for name in HOSTS},
    **{name: lambda _, name=name: variables.flag(name) for name in FLAGS},
    **{name: lambda _, name=name: variables.number(name, 25, most=65535) for name in PORTS},
    **{name: lambda _, name=name: variables.addresses(name, "auditors") for name in ADDRESSES},
}
WRONG = [
    ("DATABASE_URL", "mysql://root:hemmeligt@db/navn", "must start with postgres://"),
    ("DATABASE_URL", "postgres://root:hemmeligt@db", "names no database"),
    ("DATABASE_URL", "postgres://root:hemmeligt@db:x/navn", "look at its host and port"),
    ("DATABASE_URL", "sqlite://data/fil.sqlite3", "must start with postgres://"),
    ("KOMMISSORIUM_URL", "udvalg.example.dk", "scheme and host alone"),
    ("KOMMISSORIUM_URL", "ftp://udvalg.example.dk", "scheme and host alone"),
    ("KOMMISSORIUM_URL", "https://udvalg.example.dk/sti", "scheme and host alone"),
    ("KOMMISSORIUM_URL", "https://rådhus.example.dk", "xn--"),
    ("KOMMISSORIUM_URL", "https://x:port", "look at its host and port"),
    ("KOMMISSORIUM_TIME_ZONE", "Europe/København", "a time zone like Europe/Copenhagen"),
    ("KOMMISSORIUM_TIME_ZONE", "../../etc/passwd", "a time zone like Europe/Copenhagen"),
    ("KOMMISSORIUM_SECURITY_CONTACT", "http://x.dk", "no e-mail address"),
    ("EMAIL_FROM", "Udvalget", "no e-mail address"),
    ("KOMMISSORIUM_LOG", "xml", "must be lines or json"),
    ("KOMMISSORIUM_METRICS_TOKEN", "kort", "at least 20"),
    ("EMAIL_HOST", "smtp://mail.example.dk", "host name alone"),
    ("IMAP_HOST", "mail.example.dk:993", "host name alone"),
    ("EMAIL_PORT", "abc", "whole number"),
    ("IMAP_PORT", "70000", "from 1 to 65535"),
    ("EMAIL_USE_TLS", "ja", "must be yes"),
    ("KOMMISSORIUM_BEHIND_PROXY", "nginx", "must be yes"),
    ("KOMMISSORIUM_ANCHOR_TO", "revisor", "no e-mail address"),
    ("KOMMISSORIUM_NEIGHBOURS", "a@b.dk;c@d.dk", "no e-mail address"),
]


@pytest.mark.parametrize(("name", "value", "told"), WRONG)
def test_a_wrong_setting_is_named_in_one_sentence(name, value, told, monkeypatch, tmp_path):
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=told) as refused:
        READERS[name](tmp_path)
    sentence = str(refused.value)
    assert name in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "hemmeligt" not in sentence


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KOMMISSORIUM_URL", "https://udvalg.example.dk/"),
        ("KOMMISSORIUM_URL", "http://[::1]:8000"),
        ("DATABASE_URL", "sqlite:////srv/data/fil.sqlite3"),
        ("DATABASE_URL", "postgres:///navn?host=/run/postgresql"),
        ("EMAIL_FROM", "Udvalget <udvalg@example.dk>"),
        ("KOMMISSORIUM_ANCHOR_TO", "auditors, revisor@example.dk"),
        ("EMAIL_USE_TLS", "On"),
        ("EMAIL_HOST", ""),
        ("EMAIL_PORT", ""),
    ],
)
def test_a_right_or_empty_one_is_taken(name, value, monkeypatch, tmp_path):
    monkeypatch.setenv(name, value)
    READERS[name](tmp_path)


def test_a_key_that_is_empty_or_unreadable_is_told(tmp_path, monkeypatch):
    monkeypatch.delenv("KOMMISSORIUM_SECRET_KEY", raising=False)
    key = tmp_path / FILE
    for content, told in ((b"\n", "has 0 letters"), (b"\xff\xfe", "cannot be read")):
        key.write_bytes(content)
        with pytest.raises(ImproperlyConfigured, match=told):
            environment.secret_keys(tmp_path)


@pytest.mark.parametrize("module", ["kommissorium.config.worker", "kommissorium.cli"])
def test_the_processes_end_with_the_sentence_and_code_2(module, tmp_path):
    (tmp_path / FILE).write_text("x" * 50)
    arguments = ["verify", "--data", str(tmp_path)] if module.endswith("cli") else []
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env={**os.environ, "KOMMISSORIUM_DATA": str(tmp_path), "EMAIL_PORT": "abc"}
        | {"DJANGO_SETTINGS_MODULE": "kommissorium.config.settings"},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "kommissorium: EMAIL_PORT must be a whole number, not abc.\n"
