"""Who links a person to an account of the directory, and what a link opens and what not."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.actions import accept_email_change, change_person, give_role
from kommissorium.accounts.actions.directory_links import (
    accept_link,
    ask_for_link,
    refuse_link,
    unlink,
)
from kommissorium.accounts.actions.email_changes import ask_for_email
from kommissorium.accounts.models import DirectoryLink, Person
from kommissorium.accounts.tests.counterpart import sign_in
from kommissorium.accounts.waiting import todos
from kommissorium.conftest import Cast, address, queries_of
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.refusals import Refused
from kommissorium.core.tests.evidence.tampering import tamper

PROVEN = {"email_verified": True}


@pytest.fixture
def second(cast: Cast) -> Person:
    """A second administrator."""
    give_role(cast.head_of_it, "administrator", by=None, from_date=timezone.localdate())
    return anew(cast.head_of_it)


def anew(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def who(browser: Client) -> str:
    return browser.session.get("_auth_user_id", "")


def test_two_administrators_link_by_the_pages(cast, directory, second, proven) -> None:
    first, other = proven("administrator"), proven("head_of_it")
    path = reverse("person_directory", args=[cast.chair.pk])
    assert "Forbind en konto" in first.get(f"/people/{cast.chair.pk}/").content.decode()
    for wrong in ("", "chair@tryllerup.example", "a b"):
        assert first.post(path, {"lasting_id": wrong}).status_code == 400
    assert first.post(path, {"lasting_id": "1"}).status_code == 302
    answer = first.post(path, {"lasting_id": "2"})
    assert answer.status_code == 400 and "venter allerede" in answer.content.decode()
    row = DirectoryLink.objects.get()
    assert anew(cast.chair).directory_account is None
    page = reverse("directory_link", args=[cast.chair.pk, row.pk])
    assert any(todo.url == page for todo in todos(second))
    assert first.post(page, {"answer": "yes"}).status_code == 403
    assert directory.issuer in other.get(page).content.decode()
    assert other.post(page, {"answer": "yes"}).status_code == 302
    browser = Client()
    sign_in(browser, directory)
    assert who(browser) == str(cast.chair.pk)
    acts = [*Event.objects.about(cast.chair).order_by("seq").values_list("act", "actor")][-2:]
    assert acts == [
        ("accounts.directory_link_asked", str(cast.administrator.pseudonym)),
        ("accounts.directory_linked", str(second.pseudonym)),
    ]
    told = OutboxMail.objects.filter(kind="accounts.access_changed", recipient=address("chair"))
    assert told.count() >= 2
    card = first.get(f"/people/{cast.chair.pk}/").content.decode()
    assert "kan logge ind med Tryllerup Kommune" in card and "havde bedt om det" in card


def test_nobody_links_himself_nor_without_being_administrator(cast, directory, proven) -> None:
    for name, whom in (
        ("administrator", cast.administrator),
        ("coordinator", cast.employee),
        ("chair", cast.chair),
    ):
        assert proven(name).get(f"/people/{whom.pk}/directory/").status_code == 404
        with pytest.raises(PermissionDenied):
            ask_for_link(whom, "x 1", by=cast.who(name))
        with pytest.raises(PermissionDenied):
            unlink(whom, by=cast.who(name))


def test_the_second_yes_is_another_administrators_or_where_there_is_none_the_coordinators(
    cast, directory
) -> None:
    row = ask_for_link(cast.chair, "x 1", by=cast.administrator)
    for no in (cast.administrator, cast.chair, cast.member, cast.auditor):
        with pytest.raises(PermissionDenied):
            accept_link(row, by=no)
    assert row.can_be_accepted_by(cast.coordinator)
    give_role(cast.head_of_it, "administrator", by=None, from_date=timezone.localdate())
    assert not row.can_be_accepted_by(cast.coordinator)
    accept_link(row, by=anew(cast.head_of_it))
    with pytest.raises(Refused):
        accept_link(row, by=anew(cast.head_of_it))


def test_an_account_is_one_persons_and_a_person_has_one(cast, directory) -> None:
    row = ask_for_link(cast.chair, "x 1", by=cast.administrator)
    also = ask_for_link(cast.member, "x 1", by=cast.administrator)
    accept_link(row, by=cast.coordinator)
    with pytest.raises(Refused, match="anden person"):
        accept_link(also, by=cast.coordinator)
    assert anew(cast.member).directory_account is None
    with pytest.raises(Refused, match="allerede forbundet"):
        ask_for_link(anew(cast.chair), "x 2", by=cast.administrator)


def test_a_no_links_nobody(cast, directory) -> None:
    row = ask_for_link(cast.chair, "x 1", by=cast.administrator)
    refuse_link(row, by=cast.chair)
    assert anew(cast.chair).directory_account is None
    ask_for_link(cast.chair, "x 1", by=cast.administrator)


def test_what_waits_keeps_an_email_from_linking(cast, directory, nobody) -> None:
    ask_for_link(cast.system_owner, directory.settings.named("9"), by=cast.administrator)
    sign_in(nobody, directory, email=address("system_owner"), **PROVEN)
    assert who(nobody) == ""


def test_an_administrator_takes_it_away_and_no_email_brings_it_back(
    cast, directory, nobody, proven
) -> None:
    sign_in(nobody, directory, email=address("system_owner"), **PROVEN)
    assert nobody.get("/account/").status_code == 200
    path = reverse("person_directory_removal", args=[cast.system_owner.pk])
    browser = proven("administrator")
    assert "logget ud med det samme" in browser.get(path).content.decode()
    assert browser.post(path).status_code == 302
    assert nobody.get("/account/").status_code == 302  # the session ended with it
    assert sign_in(nobody, directory, email=address("system_owner"), **PROVEN).status_code == 403
    assert browser.post(path).status_code == 400


def test_a_new_email_takes_away_what_the_old_one_linked_and_not_what_two_agreed_on(
    cast, directory, nobody, second
) -> None:
    sign_in(nobody, directory, sub="7", email=address("system_owner"), **PROVEN)
    accept_link(
        ask_for_link(cast.chair, directory.settings.named("1"), by=cast.administrator), by=second
    )
    for person in (cast.system_owner, cast.chair):
        row = ask_for_email(anew(person), f"ny{person.pk}@tryllerup.example", by=cast.administrator)
        assert accept_email_change(row, by=second)
    assert anew(cast.system_owner).directory_account is None
    assert nobody.get("/account/").status_code == 302
    sign_in(nobody, directory, sub="1")
    assert who(nobody) == str(cast.chair.pk)
    again = Client()
    sign_in(
        again, directory, sub="7", email=f"ny{cast.system_owner.pk}@tryllerup.example", **PROVEN
    )
    assert who(again) == str(cast.system_owner.pk)


def test_the_email_of_who_is_linked_is_guarded_and_no_link_of_an_invitation_is_shown(
    cast, directory, nobody
) -> None:
    sign_in(nobody, directory, email=address("system_owner"), **PROVEN)
    person = anew(cast.system_owner)
    assert not person.invitation_can_be_shown_to(cast.coordinator)
    card = {name: getattr(person, name) for name in ("name", "job_title", "department", "language")}
    waits = change_person(
        person,
        by=cast.coordinator,
        email="ond@tryllerup.example",
        edit_version=person.edit_version,
        **card,
    )
    assert waits and anew(person).email == address("system_owner")


def test_the_list_shows_who_is_linked_and_who_not(cast, directory, client_of, nobody) -> None:
    browser = client_of("administrator")
    assert queries_of(lambda: browser.get("/people/?directory=unlinked")) <= 12
    sign_in(nobody, directory, email=address("system_owner"), **PROVEN)
    name = cast.system_owner.name
    linked, without = (
        browser.get(f"/people/?directory={one}").content.decode() for one in ("linked", "unlinked")
    )
    assert name in linked and name not in without and cast.chair.name in without
    assert "Kan logge ind" in linked
    assert queries_of(lambda: browser.get("/people/?directory=unlinked")) <= 12


def test_a_link_that_a_script_slips_in_is_told_by_verify(cast, directory) -> None:
    assert check_database().holds
    tamper(
        "UPDATE accounts_person SET directory_account = %s WHERE id = %s",
        directory.settings.named("ond"),
        cast.chair.pk,
    )
    report = check_database()
    assert not report.holds
    assert any("accounts_person" in str(fault) for fault in report.faults)
