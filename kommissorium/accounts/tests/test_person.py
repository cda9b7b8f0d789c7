"""A person's card: seen, added, corrected."""

from __future__ import annotations

import re

import pytest

from kommissorium.accounts.actions import choose_language
from kommissorium.accounts.models import Person
from kommissorium.accounts.tests.test_invitation import CHOSEN
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.models import OutboxMail


def card_of(person, **changes):
    return {
        "name": person.name,
        "email": person.email or "",
        "job_title": person.job_title,
        "department": person.department,
        "language": person.language,
        "edit_version": person.edit_version,
        **changes,
    }


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("anonymous", 302),
        ("employee", 404),
        ("executive", 404),
        ("chair", 200),
        ("auditor", 200),
        ("coordinator", 200),
        ("administrator", 200),
    ],
)
def test_a_card_opens_to_its_owner_and_to_those_who_keep_or_audit(cast, client_of, who, status):
    assert client_of(who).get(f"/people/{cast.chair.pk}/").status_code == status


def test_a_card_that_is_nobodys_is_not_found(client_of):
    assert client_of("coordinator").get("/people/999999/").status_code == 404


def test_only_keepers_are_offered_anything_to_do(cast, client_of):
    for who in ("chair", "auditor"):
        context = client_of(who).get(f"/people/{cast.chair.pk}/").context
        assert not context["can_edit"]
        assert not context["can_keep_sign_in"]
        assert not context["can_reset"]


def test_the_history_shows_the_newest_and_all_on_wish(cast, client_of):
    for number in range(12):
        choose_language(cast.chair, "en" if number % 2 else "da", by=cast.chair)
    browser = client_of("coordinator")
    path = f"/people/{cast.chair.pk}/"
    newest = browser.get(path).context
    assert len(newest["entries"]) == 10
    assert newest["has_more_history"]
    assert newest["entries"][0].who == cast.chair.name
    everything = browser.get(f"{path}?history=all").context
    assert len(everything["entries"]) == Event.objects.about(cast.chair).count()


def test_a_card_asks_the_database_little(cast, client_of, django_assert_max_num_queries):
    browser = client_of("administrator")
    browser.get(f"/people/{cast.auditor.pk}/")
    with django_assert_max_num_queries(12):
        browser.get(f"/people/{cast.auditor.pk}/")


@pytest.mark.parametrize(
    ("who", "status"),
    [("employee", 404), ("auditor", 404), ("chair", 404), ("coordinator", 302)],
)
def test_who_may_add_a_person(client_of, who, status):
    answer = client_of(who).post("/people/add/", {"name": "Ny Medarbejder", "language": "da"})
    assert answer.status_code == status
    assert Person.objects.filter(name="Ny Medarbejder").exists() == (status == 302)


def test_a_new_person_has_no_login_and_an_e_mail_in_small_letters(client_of):
    values = {"name": "Ny", "email": "Ny@Tryllerup.example", "language": "da"}
    client_of("coordinator").post("/people/add/", values)
    person = Person.objects.get(name="Ny")
    assert person.email == "ny@tryllerup.example"
    assert not person.has_login


def test_an_e_mail_belongs_to_one_person(cast, client_of):
    values = {"name": "Ny", "email": cast.chair.email.upper(), "language": "da"}
    answer = client_of("coordinator").post("/people/add/", values)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["email"]


def test_nothing_but_the_card_can_be_set(client_of):
    values = {"name": "Ny", "language": "da", "is_active": "", "password": "x", "pk": "1"}
    client_of("coordinator").post("/people/add/", values)
    person = Person.objects.get(name="Ny")
    assert person.is_active
    assert not person.has_usable_password()


@pytest.mark.parametrize(
    ("who", "status"),
    [("chair", 404), ("auditor", 404), ("coordinator", 302), ("administrator", 302)],
)
def test_who_may_correct_a_card(cast, client_of, who, status):
    path = f"/people/{cast.chair.pk}/edit/"
    answer = client_of(who).post(path, card_of(cast.chair, job_title="Ny titel"))
    assert answer.status_code == status
    changed = Person.objects.get(pk=cast.chair.pk).job_title == "Ny titel"
    assert changed == (status == 302)


def test_the_form_opens_filled(cast, client_of):
    answer = client_of("coordinator").get(f"/people/{cast.chair.pk}/edit/")
    assert answer.context["form"]["name"].value() == cast.chair.name


def test_who_saves_second_sees_both_and_loses_nothing(cast, client_of):
    path = f"/people/{cast.chair.pk}/edit/"
    opened = card_of(cast.chair)
    browser = client_of("coordinator")
    assert browser.post(path, {**opened, "department": "Stab"}).status_code == 302
    second = browser.post(path, {**opened, "department": "Digitalisering"})
    assert second.status_code == 409
    (difference,) = second.context["differences"]
    assert (difference.mine, difference.theirs) == ("Digitalisering", "Stab")
    again = {**opened, "department": "Digitalisering"}
    again["edit_version"] = second.context["form"]["edit_version"].value()
    assert browser.post(path, again).status_code == 302
    assert Person.objects.get(pk=cast.chair.pk).department == "Digitalisering"


def test_a_new_e_mail_waits_for_the_old_mailbox_and_then_signs_in(cast, proven, nobody):
    old, new = cast.chair.email, "ny@tryllerup.example"
    proven("coordinator").post(f"/people/{cast.chair.pk}/edit/", card_of(cast.chair, email=new))
    assert Person.objects.get(pk=cast.chair.pk).email == old
    mail = OutboxMail.objects.get(kind="accounts.email_change")
    assert mail.recipient == old
    path = re.search(r"/new-email/\S+", mail.body)[0]
    assert nobody.get(path).status_code == 200
    assert Person.objects.get(pk=cast.chair.pk).email == old, "looking changes nothing"
    assert nobody.post(path, {"answer": "yes"}).status_code == 302
    assert Person.objects.get(pk=cast.chair.pk).email == new
    assert nobody.get(path).status_code == 410
    mail = OutboxMail.objects.get(kind="accounts.invitation")
    assert mail.recipient == new
    choose = nobody.get(re.search(r"/invitation/\S+", mail.body)[0]).url
    nobody.post(choose, {"password": CHOSEN, "repeated": CHOSEN})
    assert nobody.get("/account/").status_code == 200
    nobody.post("/account/logout/")
    nobody.post("/account/password/reset/", {"email": old})
    nobody.post("/account/password/reset/", {"email": new})
    mails = OutboxMail.objects.filter(kind="account.email.password_reset_key")
    assert [mail.recipient for mail in mails] == [new]


def test_who_signs_in_keeps_an_e_mail(cast, proven):
    values = card_of(cast.chair, email="")
    answer = proven("coordinator").post(f"/people/{cast.chair.pk}/edit/", values)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["email"]


def test_a_coordinator_cannot_take_an_administrators_mailbox(cast, proven):
    values = card_of(cast.administrator, email="min@tryllerup.example")
    answer = proven("coordinator").post(f"/people/{cast.administrator.pk}/edit/", values)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["email"]
    title = card_of(cast.administrator, job_title="Driftschef")
    path = f"/people/{cast.administrator.pk}/edit/"
    assert proven("coordinator").post(path, title).status_code == 302


def test_the_own_account_shows_roles_and_ways_to_sign_in(cast, client_of):
    context = client_of("auditor").get("/account/").context
    assert [role.kind for role in context["roles"]] == ["auditor"]
    assert context["second_step"] == {"app": False, "passkeys": 0, "codes": 0, "any": False}
