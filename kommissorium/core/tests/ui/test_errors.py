"""The error pages that people see."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("kind", "status", "sentence"),
    [
        ("refused", 400, "The meeting is over."),
        ("refused", 400, "No such room."),
        ("file", 400, "The file is empty."),
        ("overtaken", 409, "Somebody else was first"),
        ("large", 413, "It is too large to send"),
        ("forbidden", 403, "Only the chair may."),
        ("broken", 500, "Something went wrong on our side"),
    ],
)
def test_each_failure_is_told_in_a_sentence(client, kind, status, sentence):
    response = client.get(f"/fails/{kind}/")
    assert response.status_code == status
    assert sentence in response.content.decode()


def test_a_page_that_is_not_there_is_told_with_a_way_on(client):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "Go to the front page" in response.content.decode()


def test_an_address_that_only_a_button_uses_says_so(client):
    response = client.get("/button/")
    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"
    assert "Go to the front page" in response.content.decode()
    assert not client.head("/button/").content


def test_a_failure_of_ours_shows_no_detail(client):
    assert "secret detail" not in client.get("/fails/broken/").content.decode()


def test_a_form_without_token_is_told_of_its_age():
    response = Client(enforce_csrf_checks=True).post("/edit/", {"title": "x"})
    assert response.status_code == 403
    assert "The page had expired" in response.content.decode()


def test_too_much_sent_at_once_is_413(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = client.post("/edit/", {"title": "x" * 2000})
    assert response.status_code == 413


def test_too_many_fields_are_413(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 5
    response = client.post("/edit/", {f"f{n}": "" for n in range(10)})
    assert response.status_code == 413


def test_an_error_page_is_shown_even_where_the_frame_cannot_be_had(client, settings, caplog):
    processor = "kommissorium.core.tests.ui.test_errors.broken"
    (engine,) = settings.TEMPLATES
    engine["OPTIONS"]["context_processors"].append(processor)
    settings.TEMPLATES = [engine]
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "We cannot find the page" in response.content.decode()
    assert "without its frame" in caplog.text


@pytest.mark.parametrize(
    ("before", "way"),
    [
        ("http://testserver/meetings/4/", 'href="http://testserver/meetings/4/">Go back'),
        ("https://elsewhere.example/", 'href="/">Go to the front page'),
        ("http://testserver/fails/refused/", 'href="/">Go to the front page'),
        ("javascript:alert(1)", 'href="/">Go to the front page'),
        ("", 'href="/">Go to the front page'),
    ],
)
def test_a_refusal_leads_back_to_our_own_pages_alone(client, before, way):
    response = client.get("/fails/refused/", headers={"Referer": before})
    assert way in response.content.decode()


def broken(_request):
    raise RuntimeError("the database is away")
