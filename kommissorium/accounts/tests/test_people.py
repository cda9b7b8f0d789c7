"""The list of people and its file."""

from __future__ import annotations

import csv
import io

import pytest
from allauth.mfa.models import Authenticator

from kommissorium.accounts.actions import add_person, invite
from kommissorium.accounts.models import Person

pytestmark = pytest.mark.both("sorts and searches names")


def names(answer):
    return [row.name for row in answer.context["people"]]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("anonymous", 302),
        ("employee", 404),
        ("chair", 404),
        ("executive", 404),
        ("auditor", 200),
        ("coordinator", 200),
        ("administrator", 200),
    ],
)
@pytest.mark.parametrize("path", ["/people/", "/people/export/"])
def test_who_sees_the_list(client_of, who, status, path):
    assert client_of(who).get(path).status_code == status


def test_everybody_stands_in_it_with_their_roles_of_today(cast, client_of):
    answer = client_of("auditor").get("/people/")
    assert len(names(answer)) == 11
    rows = {row.pk: row for row in answer.context["people"]}
    assert [role.kind for role in rows[cast.auditor.pk].roles_today] == ["auditor"]
    assert rows[cast.employee.pk].roles_today == []


def test_danish_letters_come_last_in_their_order(cast, client_of):
    for name in ("Åse Z", "ørn Z", "Ægir Z", "Zenia Z"):
        add_person(by=cast.coordinator, name=name)
    answer = client_of("coordinator").get("/people/?q=z")
    assert names(answer) == ["Zenia Z", "Ægir Z", "ørn Z", "Åse Z"]
    answer = client_of("coordinator").get("/people/?q=z&sort=-name")
    assert names(answer) == ["Åse Z", "ørn Z", "Ægir Z", "Zenia Z"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("lindskov", ["Bo Lindskov"]),
        ("ødum", ["Søren Ødum"]),
        ("SØREN", ["Søren Ødum"]),
        ("revisor palle", ["Palle Korsvang"]),
        ("dpo@", ["Olga Mikkelborg"]),
        ("findes ikke", []),
        ("%", []),
    ],
)
def test_the_search_finds_by_words_in_any_column(client_of, words, found):
    assert names(client_of("coordinator").get("/people/", {"q": words})) == found


def test_the_list_narrows_to_a_role_held_today(client_of):
    assert names(client_of("coordinator").get("/people/?role=auditor")) == ["Palle Korsvang"]


def test_the_list_narrows_to_how_far_the_sign_in_is(cast, client_of, newcomer):
    browser = client_of("coordinator")
    assert names(browser.get("/people/?state=none")) == [newcomer.name]
    invite(newcomer, by=cast.coordinator)
    assert names(browser.get("/people/?state=invited")) == [newcomer.name]
    Person.objects.filter(pk=cast.chair.pk).update(is_active=False)
    assert names(browser.get("/people/?state=closed")) == [cast.chair.name]
    assert cast.chair.name not in names(browser.get("/people/?state=active"))


def test_nonsense_in_the_address_narrows_nothing(client_of):
    answer = client_of("coordinator").get("/people/?role=x&state=y&sort=password&page=-3")
    assert answer.status_code == 200
    assert len(names(answer)) == 11


def test_an_empty_list_says_how_to_go_on(client_of):
    answer = client_of("coordinator").get("/people/?q=ingen")
    assert "ui/empty.html" in [template.name for template in answer.templates]


def test_it_shows_who_has_a_second_step(cast, client_of):
    Authenticator.objects.create(user=cast.chair, type="totp", data={})
    rows = client_of("coordinator").get("/people/").context["people"]
    assert {row.name for row in rows if row.has_second_step} == {cast.chair.name}


def test_only_keepers_are_offered_to_add(client_of):
    assert client_of("coordinator").get("/people/").context["can_add"]
    assert not client_of("auditor").get("/people/").context["can_add"]


def test_the_list_is_cut_into_pages_with_few_questions(
    cast, client_of, django_assert_max_num_queries
):
    for number in range(60):
        add_person(by=cast.coordinator, name=f"Person {number:02}")
    browser = client_of("coordinator")
    browser.get("/people/")
    with django_assert_max_num_queries(12):
        answer = browser.get("/people/")
    assert answer.context["people"].paginator.num_pages == 4
    assert len(names(browser.get("/people/?page=4"))) == 11


def read(answer):
    text = answer.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_file_holds_the_list_as_it_is_narrowed(client_of):
    answer = client_of("auditor").get("/people/export/?role=auditor")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert "attachment" in answer["Content-Disposition"]
    rows = read(answer)
    assert [row[0] for row in rows[1:]] == ["Palle Korsvang"]
    assert len(rows[0]) == len(rows[1]) == 8


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " ="])
def test_no_cell_of_the_file_is_a_formula(cast, client_of, start):
    add_person(by=cast.coordinator, name=f"{start}1+1", job_title=f"{start}CMD()")
    rows = read(client_of("coordinator").get("/people/export/?q=1%2B1"))
    assert rows[1][0].startswith("'")
    assert rows[1][2].startswith("'")
