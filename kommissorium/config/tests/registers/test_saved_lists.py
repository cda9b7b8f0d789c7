"""Lists kept under a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from kommissorium.conftest import Cast
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.registers.actions.lists import MOST_LISTS, forget_list, save_list, tidy
from kommissorium.registers.models import SavedList

type ClientOf = Callable[[Any], Client]


def test_a_list_is_kept_and_found_again(cast: Cast, client_of: ClientOf) -> None:
    browser = client_of("auditor")
    address = "/lists/assets/new/?q=journal&kind=&page=3&sort=-area"
    assert browser.get(address).status_code == 200
    answer = browser.post(address, {"name": "Journaler"})
    assert answer.headers["Location"] == "/assets/?q=journal&sort=-area"
    text = browser.get("/assets/").content.decode()
    assert 'href="/assets/?q=journal&amp;sort=-area"' in text
    assert "Journaler" in text
    assert "Journaler" not in client_of("coordinator").get("/assets/").content.decode()


def test_a_list_without_a_name_is_refused_and_nothing_is_kept(client_of: ClientOf) -> None:
    for name in ("", "   ", "x" * 81):
        answer = client_of("auditor").post("/lists/assets/new/?q=x", {"name": name})
        assert answer.status_code == 400
    assert not SavedList.objects.exists()


def test_a_name_used_again_means_the_new_list(cast: Cast) -> None:
    save_list(by=cast.auditor, code="assets", name="Mine", query="q=a")
    save_list(by=cast.auditor, code="assets", name=" Mine ", query="q=b&columns=area&columns=kind")
    kept = SavedList.objects.get()
    assert kept.query == "q=b&columns=area&columns=kind"


def test_each_list_has_kept_lists_of_its_own(cast: Cast, client_of: ClientOf) -> None:
    for code in ("assets", "risk_list"):
        save_list(by=cast.auditor, code=code, name="Mine", query="q=brand")
    browser = client_of("auditor")
    assert SavedList.objects.count() == 2
    assert 'href="/assets/?q=brand"' in browser.get("/assets/").content.decode()
    text = browser.get("/risks/list/").content.decode()
    assert 'href="/risks/list/?q=brand"' in text
    assert 'href="/assets/?q=brand"' not in text


def test_a_list_that_is_not_there_or_not_ones_own_is_not_kept(client_of: ClientOf) -> None:
    assert client_of("auditor").get("/lists/spoons/new/?q=x").status_code == 404
    assert client_of("employee").get("/lists/assessments/new/?q=x").status_code == 404


def test_a_question_too_long_and_lists_too_many_are_refused(cast: Cast) -> None:
    with pytest.raises(Refused):
        save_list(by=cast.auditor, code="assets", name="Lang", query=f"q={'x' * 2000}")
    for number in range(MOST_LISTS):
        save_list(by=cast.auditor, code="assets", name=str(number), query="q=a")
    with pytest.raises(Refused):
        save_list(by=cast.auditor, code="assets", name="En til", query="q=a")
    save_list(by=cast.auditor, code="assets", name="0", query="q=b")


def test_only_its_person_removes_a_list(cast: Cast, client_of: ClientOf) -> None:
    kept = save_list(by=cast.auditor, code="assets", name="Mine", query="q=a")
    address = f"/lists/{kept.pk}/remove/"
    assert client_of("coordinator").post(address).status_code == 404
    with pytest.raises(PermissionDenied):
        forget_list(kept, by=cast.coordinator)
    assert client_of("auditor").get(address).status_code == 405
    assert client_of("auditor").post(address).status_code == 302
    assert not SavedList.objects.exists()
    acts = Event.objects.order_by("seq").values_list("act", flat=True)
    assert list(acts)[-2:] == ["registers.list_saved", "registers.list_forgotten"]


def test_the_chain_learns_no_word_of_a_list(cast: Cast) -> None:
    save_list(by=cast.auditor, code="assets", name="Anne Tvedegaard", query="owner=tvedegaard")
    event = Event.objects.latest("seq")
    assert "tvedegaard" not in event.facts.lower()


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", ""),
        ("q=&kind=", ""),
        ("page=2&q=a", "q=a"),
        ("all=1&q=a", "q=a"),
        ("columns=a&columns=&columns=b", "columns=a&columns=b"),
        ("q=%C3%A6+%26", "q=%C3%A6+%26"),
    ],
)
def test_a_question_is_kept_without_page_and_empty_wishes(query: str, kept: str) -> None:
    assert tidy(query) == kept
