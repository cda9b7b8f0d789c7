"""A new person wherever a person is chosen: added together with the act, by those who may."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kommissorium.accounts.actions import add_person, choose_language
from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.assets.models import Area
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.models import OutboxMail
from kommissorium.tasks.models import Delegation, Task

pytestmark = pytest.mark.django_db
AREA = {"name": "Havnen", "head_new_name": "Rigmor Rask", "head_new_email": "Rigmor@x.example"}


def test_somebody_new_is_added_with_the_act_and_gets_no_access(cast, client_of):
    mails = OutboxMail.objects.count()
    answer = client_of("coordinator").post(reverse("area_new"), AREA)
    assert answer.status_code == 302, answer.content.decode()
    rigmor = Area.objects.get(name="Havnen").head
    assert (rigmor.name, rigmor.email) == ("Rigmor Rask", "rigmor@x.example")
    assert not rigmor.has_login
    assert not rigmor.invitations.exists()
    assert not OrganisationRole.objects.filter(person=rigmor).exists()
    assert OutboxMail.objects.count() == mails
    acts = list(Event.objects.order_by("-seq").values_list("act", flat=True)[:2])
    assert acts == ["assets.area_added", "accounts.person_added"]


def test_nobody_is_added_where_the_act_is_refused(cast, client_of):
    browser = client_of("coordinator")
    browser.post(reverse("area_new"), AREA)
    again = browser.post(reverse("area_new"), AREA | {"head_new_name": "Bo", "head_new_email": ""})
    assert again.status_code == 400
    assert not Person.objects.filter(name="Bo").exists()
    assert 'value="Bo"' in again.content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"head_new_name": "", "head_new_email": "a@x.example"}, "Write the name that belongs"),
        ({"head_new_name": "A", "head_new_email": "a(at)x"}, "Enter a valid email address"),
        (
            {"head_new_name": "A", "head_new_email": "DPO@tryllerup.example"},
            "already has this e-mail",
        ),
        ({"head_new_name": "søren ødum", "head_new_email": ""}, "is on the list above"),
        ({"head_new_name": "x" * 300, "head_new_email": ""}, "120 characters"),
        ({"head_new_name": "A", "head": "dpo"}, "Choose a person or write a new one, not both"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_typed_is_lost(cast, client_of, typed, sentence):
    people = Person.objects.count()
    data = {key: str(cast.dpo.pk) if value == "dpo" else value for key, value in typed.items()}
    choose_language(cast.coordinator, "en", by=cast.coordinator)
    answer = client_of("coordinator").post(reverse("area_new"), {"name": "Havnen", **data})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in page
    assert '<details class="fold new-person" open>' in page
    assert all(f'value="{value}"' in page for value in data.values() if value)
    assert (Person.objects.count(), Area.objects.filter(name="Havnen").exists()) == (people, False)


def test_the_controls_are_labelled_and_follow_the_choice(client_of):
    page = client_of("coordinator").get(reverse("area_new")).content.decode()
    places = [page.index(f'id="id_head{end}"') for end in ("", "_new_name", "_new_email")]
    assert places == sorted(places)
    for end in ("_new_name", "_new_email"):
        assert f'<label class="form-label" for="id_head{end}">' in page
    assert ">Ny person<" in page


def test_a_choice_that_stood_there_gives_way(cast, client_of):
    area = Area.objects.create(name="Havnen", head=cast.dpo)
    data = {"name": "Havnen", "head": cast.dpo.pk, "head_new_name": "Rigmor", "edit_version": 1}
    assert (
        client_of("coordinator").post(reverse("area_change", args=[area.pk]), data).status_code
        == 302
    )
    area.refresh_from_db()
    assert area.head.name == "Rigmor"


def test_who_saved_second_sees_both_texts_and_adds_nobody(cast, client_of):
    area = Area.objects.create(name="Havnen", head=cast.dpo, edit_version=2)
    data = {"name": "Kajen", "head": "", "head_new_name": "Rigmor", "edit_version": 1}
    answer = client_of("coordinator").post(reverse("area_change", args=[area.pk]), data)
    assert answer.status_code == 409
    assert "Rigmor" in answer.content.decode()
    assert not Person.objects.filter(name="Rigmor").exists()


def test_who_may_not_add_people_sees_and_does_nothing_of_it(cast, client_of):
    browser = client_of("member")
    assert "_new_name" not in browser.get("/tasks/add/").content.decode()
    data = {"title": "Find nøglen", "due": "1.1.2099", "owner_new_name": "Rigmor Rask"}
    assert browser.post("/tasks/add/", data).status_code == 400
    answer = browser.post("/tasks/add/", data | {"owner": cast.member.pk})
    assert answer.status_code == 302
    assert not Person.objects.filter(name="Rigmor Rask").exists()


def test_a_task_for_somebody_new(cast, client_of):
    data = {"title": "Find nøglen", "due": "1.1.2099", "owner_new_name": "Rigmor Rask"}
    assert client_of("coordinator").post("/tasks/add/", data).status_code == 302
    task = Task.objects.get(title="Find nøglen")
    assert task.owner.name == "Rigmor Rask"


def test_a_task_handed_to_somebody_new(cast, client_of):
    browser = client_of("coordinator")
    data = {"title": "Find nøglen", "due": "1.1.2099", "owner": cast.coordinator.pk}
    browser.post("/tasks/add/", data)
    task = Task.objects.get(title="Find nøglen")
    mail = {"to_new_name": "Rigmor Rask", "to_new_email": "r@x.example"}
    answer = browser.post(reverse("task_delegation", args=[task.pk]), mail)
    assert answer.status_code == 302, answer.content.decode()
    assert Delegation.objects.get().to_person.name == "Rigmor Rask"


def test_a_guest_who_is_new(cast, client_of, meeting):
    add_person(by=cast.coordinator, name="En helt anden")
    data = {"person_new_name": "Rigmor Rask", "person_new_email": "r@x.example"}
    answer = client_of("coordinator").post(reverse("guest_add", args=[meeting.pk]), data)
    assert answer.status_code == 302, answer.content.decode()
    assert meeting.attendances.filter(person__name="Rigmor Rask").exists()
