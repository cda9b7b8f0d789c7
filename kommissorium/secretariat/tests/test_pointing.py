"""What search offers beside what it found: what one may do, and where the guide tells of it."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

import pytest
from django.test import Client
from django.utils.translation import override

from kommissorium.conftest import Cast, queries_of
from kommissorium.meetings.models import Meeting
from kommissorium.secretariat.pointing import _all, deeds_found, passages_found

Browser = Callable[[str], Client]
WHO = (
    *("administrator", "coordinator", "chair", "member", "executive", "auditor"),
    *("system_owner", "employee", "dpo"),
)
SHUT = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
# Where the page is for more people than the deed, whose button they do not see.
OPEN_PAGES = {"meetings", "yearwheel", "objectives", "imports"}


def told(lines: list) -> list[str]:
    return ["".join(words for _hit, words in one.title) for one in lines]


@pytest.mark.parametrize("who", WHO)
def test_it_leads_those_who_may_to_a_page_that_is_there(
    cast: Cast, meeting: Meeting, client_of: Browser, who: str
) -> None:
    browser, person = client_of(who), cast.who(who)
    shut = {}
    for place, deed in _all():
        status = browser.get(deed.url).status_code
        may = deed.may(person)
        if may == (status in SHUT) and (may or deed.name not in OPEN_PAGES):
            shut[f"{place}: {deed.label}"] = (may, status)
    assert shut == {}


@pytest.mark.parametrize(
    ("question", "leads"),
    [
        ("nyt møde", "/meetings/"),
        ("fortryd", "/imports/assets/"),
        ("indberet hændelse", "/incidents/report/"),
        ("nyt system", "/assets/new/system/"),
        ("ny risiko", "/risks/assessments/new/"),
        ("opret bruger", "/people/add/"),
        ("ny politik", "/policies/new/"),
        ("ny opgave", "/tasks/add/"),
        ("årsplan audit", "/activities/audits/years/new/"),
        ("adgangskode", "/account/"),
    ],
)
def test_words_that_people_type_lead_to_the_page_where_it_is_done(
    cast: Cast, meeting: Meeting, client_of: Browser, question: str, leads: str
) -> None:
    shown = client_of("coordinator").get("/search/", {"q": question})
    assert leads in [one.url for one in shown.context["deeds"]]
    assert "Det kan du gøre" in shown.text and f'href="{leads}"' in shown.text


def test_who_may_not_is_not_led_there(cast: Cast, meeting: Meeting, client_of: Browser) -> None:
    for question in ("nyt møde", "nyt system", "opret bruger", "fortryd"):
        assert deeds_found(question, cast.member) == [], question
    assert told(deeds_found("ny hændelse", cast.employee)) == ["Indberet en hændelse"]
    assert deeds_found("", cast.coordinator) == deeds_found("xyzzy", cast.coordinator) == []
    assert "Det kan du gøre" not in client_of("member").get("/search/", {"q": "nyt system"}).text


def test_in_english_its_english_words_are_known(cast: Cast) -> None:
    with override("en"):
        assert told(deeds_found("new breach", cast.member)) == ["Report an incident"]


def test_the_guide_is_found_by_its_words(cast: Cast, client_of: Browser) -> None:
    [first, *_others] = passages_found("datatilsynet fristen")
    assert first.url == "/guide/en-haendelse/#du-har-vagten"
    assert (True, "Datatilsynet") in first.pieces and first.heading == "Du har vagten"
    assert told(passages_found("revisor kommer"))[0] == "Revisor kommer"
    assert len(passages_found("udvalget")) == 3
    assert passages_found("xyzzy") == passages_found("") == []
    browser = client_of("employee")
    shown = browser.get("/search/", {"q": "datatilsynet"}).text
    assert 'id="passages"' in shown and 'lang="da"' in shown
    assert "#du-har-vagten" in shown
    assert (
        'id="passages"'
        not in browser.get("/search/", {"q": "datatilsynet", "type": "tasks.task"}).text
    )


def test_both_are_offered_while_one_types(cast: Cast, client_of: Browser) -> None:
    shown = client_of("coordinator").get("/search/suggestions/", {"q": "risikovurdering"}).text
    assert shown.index("/risks/assessments/new/") < shown.index("/guide/")


def test_neither_asks_more_the_more_there_is(cast: Cast, meeting: Meeting) -> None:
    person = cast.coordinator
    assert queries_of(lambda: passages_found("risiko")) == 0
    assert queries_of(lambda: deeds_found("ny", person)) <= 2
    assert queries_of(lambda: deeds_found("nyt møde", person)) <= 2
