"""Pages for machines and administrators."""

from __future__ import annotations

import pytest
from django.db import DatabaseError

from kommissorium.core import views


@pytest.mark.django_db
def test_a_running_program_is_well(client):
    response = client.get("/health/")
    assert (response.status_code, response.content) == (200, b"ok\n")


def away():
    raise DatabaseError("away")


def test_without_its_database_it_is_not(client, monkeypatch):
    monkeypatch.setattr(views, "write_probe", away)
    assert client.get("/health/").status_code == 503


def test_search_engines_are_asked_to_stay_out(client):
    assert b"Disallow: /\n" in client.get("/robots.txt").content


def test_nobody_is_named_until_the_municipality_names_somebody(client, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize(
    ("contact", "line"),
    [
        ("sikkerhed@example.dk", "Contact: mailto:sikkerhed@example.dk"),
        ("https://example.dk/s", "Contact: https://example.dk/s"),
    ],
)
def test_whom_to_tell_of_a_hole(client, settings, contact, line):
    settings.SECURITY_CONTACT = contact
    text = client.get("/.well-known/security.txt").content.decode()
    assert line in text
    assert "Expires: 20" in text


def test_a_machine_page_takes_no_post(client):
    assert client.post("/robots.txt").status_code == 405
