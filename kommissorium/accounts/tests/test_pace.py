"""Nobody takes more out in a minute than people can read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from kommissorium.accounts.middleware import FILES_ARE, PaceMiddleware
from kommissorium.accounts.models import Person
from kommissorium.conftest import Cast

type Ask = Callable[[Any, str], HttpResponse]


@pytest.fixture
def ask(settings: Any, cast: Cast) -> Ask:
    """A process that answers twenty times a minute, two times with a file."""
    settings.MOST_ASKED_A_MINUTE = 2 * FILES_ARE

    def answer(request: Any) -> HttpResponse:
        response = HttpResponse("x")
        if request.path == "/file/":
            response.headers["Content-Disposition"] = "attachment"
        return response

    process = PaceMiddleware(answer)

    def asked(person: Person | None, path: str) -> HttpResponse:
        request: Any = RequestFactory().get(path)
        request.user, request.session = person, {}
        return process(request)

    return asked


def test_who_asks_faster_than_anybody_reads_is_asked_to_wait(ask: Ask, cast: Cast) -> None:
    found = [ask(cast.chair, "/page/").status_code for _ in range(2 * FILES_ARE + 2)]
    assert found == [200] * 2 * FILES_ARE + [429] * 2
    assert ask(cast.chair, "/page/").headers["Retry-After"] == "60"
    assert ask(cast.member, "/page/").status_code == 200
    assert {ask(None, "/page/").status_code for _ in range(50)} == {200}


def test_files_are_handed_out_more_slowly(ask: Ask, cast: Cast) -> None:
    assert [ask(cast.chair, "/file/").status_code for _ in range(4)] == [200, 200, 429, 429]
    assert ask(cast.chair, "/page/").status_code == 200


def test_the_page_says_so(client_of: Any, settings: Any) -> None:
    settings.MOST_ASKED_A_MINUTE = 1
    browser = client_of("chair")
    browser.get(reverse("account"))
    answer = browser.get(reverse("account"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert "Det var meget på kort tid" in answer.text
