"""Giving and changing tasks, and who may read which."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.actions import close_login
from kommissorium.conftest import PEOPLE, Cast
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.tasks.actions import change_task, delegate_task, finish_task, give_task
from kommissorium.tasks.models import Task
from kommissorium.tasks.tests.conftest import Give

Browser = Callable[[str], Client]
TODAY = timezone.localdate


def readers(cast: Cast, task: Task) -> set[str]:
    return {
        who for who in PEOPLE if Task.objects.visible_to(cast.who(who)).filter(pk=task.pk).exists()
    }


def changed(task: Task, **values: Any) -> dict[str, Any]:
    now = {
        "title": task.title,
        "description": task.description,
        "owner": task.owner,
        "due": task.due,
        "edit_version": task.edit_version,
    }
    return {**now, **values}


def test_a_task_knows_what_gave_birth_to_it(cast: Cast, give: Give) -> None:
    task = give(title="  Ny\nplan ", born=cast.mandate, born_link="/mandates/1/")
    assert (task.title, task.born_kind, task.born_id) == (
        "Ny plan",
        "committees.mandate",
        str(cast.mandate.pk),
    )
    assert list(Task.objects.born_at("committees.mandate", [str(cast.mandate.pk)])) == [task]
    assert not Task.objects.born_at("committees.committee", [str(cast.mandate.pk)])


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " \n"}, "title"),
        ({"title": "\u200b"}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"owner": None}, "owner"),
        ({"days": -1}, "due"),
    ],
)
def test_a_task_without_sense_is_refused_in_words(
    give: Give, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        give(**values)
    assert list(refused.value.errors) == [field]
    assert not Task.objects.exists()


def test_who_has_left_gets_no_task_and_keeps_what_they_had(cast: Cast, give: Give) -> None:
    task = give(owner=cast.member)
    close_login(cast.member, by=cast.administrator)
    cast.member.refresh_from_db()
    with pytest.raises(Refused) as refused:
        give(owner=cast.member)
    assert "Søren Ødum" in refused.value.errors["owner"]
    task.refresh_from_db()
    change_task(task, by=cast.coordinator, **changed(task, title="Andet"))
    assert task.title == "Andet"


def test_everybody_gives_tasks_to_themselves_and_preparers_to_others(
    cast: Cast, give: Give
) -> None:
    give(by=cast.employee, owner=cast.employee, committee=None)
    give(by=cast.member, owner=cast.member)
    give(by=cast.chair)
    give(by=cast.coordinator, committee=None)
    for by, owner, committee in (
        (cast.employee, cast.employee, cast.committee),
        (cast.member, cast.chair, cast.committee),
        (cast.dpo, cast.chair, cast.committee),
        (cast.executive, cast.chair, cast.committee),
        (cast.chair, cast.member, None),
    ):
        with pytest.raises(PermissionDenied):
            give(by=by, owner=owner, committee=committee)


def test_those_who_follow_the_committee_read_its_tasks(cast: Cast, give: Give) -> None:
    members = {"coordinator", "chair", "deputy", "dpo", "head_of_it", "member"}
    above = {"executive", "auditor", "coordinator"}
    assert readers(cast, give()) == members | above
    assert readers(cast, give(owner=cast.employee)) == members | above | {"employee"}
    private = give(by=cast.employee, owner=cast.employee, committee=None)
    assert readers(cast, private) == above | {"employee"}


def test_a_task_of_a_closed_item_is_for_its_people_and_those_the_committee_names(
    cast: Cast, give: Give
) -> None:
    named = {"coordinator", "chair", "deputy", "dpo", "head_of_it", "member"}
    task = give(is_closed=True)
    assert readers(cast, task) == named
    assert readers(cast, give(is_closed=True, owner=cast.employee)) == named | {"employee"}
    delegation = delegate_task(task, by=cast.head_of_it, to=cast.system_owner)
    assert readers(cast, task) == named | {"system_owner"}
    delegation.task.delegations.update(answered_at=timezone.now(), answer="declined")
    assert readers(cast, task) == named


def test_whoever_was_asked_or_handed_it_on_still_reads_an_open_task(cast: Cast, give: Give) -> None:
    task = give(owner=cast.employee)
    delegate_task(task, by=cast.employee, to=cast.system_owner)
    task.delegations.update(answered_at=timezone.now(), answer="accepted")
    Task.objects.filter(pk=task.pk).update(owner=cast.system_owner)
    assert {"employee", "system_owner"} <= readers(cast, task)


def test_the_area_is_the_own_department_among_what_one_may_read(cast: Cast, give: Give) -> None:
    own, other = give(), give(owner=cast.chair)
    hidden = give(by=cast.employee, owner=cast.employee, committee=None)
    assert not Task.objects.area(cast.member)
    for person in (cast.member, cast.head_of_it, cast.employee):
        person.department = "Stab"
        person.save()
    assert list(Task.objects.area(cast.member)) == [own]
    assert other not in Task.objects.area(cast.member)
    assert list(Task.objects.area(cast.employee)) == [hidden]


def test_due_and_overdue_are_counted_from_a_date(give: Give) -> None:
    task = give(days=10)
    due = task.due
    assert not Task.objects.overdue(due)
    assert list(Task.objects.overdue(due + timedelta(days=1))) == [task]
    assert list(Task.objects.due_within(due - timedelta(days=7), 7)) == [task]
    assert not Task.objects.due_within(due - timedelta(days=8), 7)
    assert not Task.objects.due_within(due + timedelta(days=1), 7)


def test_the_page_gives_a_task_and_says_who_hears_nothing_of_it(
    cast: Cast, client_of: Browser
) -> None:
    cast.system_owner.email = None
    cast.system_owner.save()
    sent = {
        "title": "Ny plan",
        "owner": cast.system_owner.pk,
        "due": (TODAY() + timedelta(days=3)).isoformat(),
        "committee": cast.committee.pk,
    }
    response = client_of("chair").post(reverse("task_add"), sent, follow=True)
    task = Task.objects.get()
    assert (task.owner, task.given_by, task.committee) == (
        cast.system_owner,
        cast.chair,
        cast.committee,
    )
    said = [str(message) for message in response.context["messages"]]
    assert len(said) == 2
    assert "Anne Tvedegaard" in said[1]


def test_the_page_says_why_a_task_cannot_be_given(cast: Cast, client_of: Browser) -> None:
    sent = {
        "title": "Ny plan",
        "owner": cast.chair.pk,
        "due": (TODAY() - timedelta(days=3)).isoformat(),
        "committee": cast.committee.pk,
    }
    response = client_of("member").post(reverse("task_add"), sent)
    assert response.status_code == 400
    assert list(response.context["form"].errors) == ["committee"]
    response = client_of("chair").post(reverse("task_add"), sent)
    assert list(response.context["form"].errors) == ["due"]
    assert not Task.objects.exists()


def test_a_change_is_saved_recorded_and_never_overwrites_another(
    cast: Cast, task: Task, client_of: Browser
) -> None:
    url = reverse("task_edit", args=[task.pk])
    due = (TODAY() + timedelta(days=40)).isoformat()
    sent = {
        "title": "Min tekst",
        "owner": cast.member.pk,
        "due": due,
        "description": "",
        "edit_version": 1,
    }
    assert client_of("coordinator").post(url, sent).status_code == 302
    task.refresh_from_db()
    assert (task.title, task.owner, str(task.due)) == ("Min tekst", cast.member, due)
    assert Event.objects.about(task).first().act == "tasks.task_changed"
    late = client_of("chair").post(url, {**sent, "title": "Deres", "owner": cast.dpo.pk})
    assert late.status_code == 409
    shown = late.content.decode()
    assert "Min tekst" in shown
    assert "Søren Ødum" in shown
    task.refresh_from_db()
    assert task.title == "Min tekst"


def test_a_new_owner_ends_the_request_to_take_it_over(cast: Cast, task: Task) -> None:
    delegation = delegate_task(task, by=cast.head_of_it, to=cast.employee)
    task.refresh_from_db()
    change_task(task, by=cast.coordinator, **changed(task, owner=cast.member))
    delegation.refresh_from_db()
    assert delegation.answer == "withdrawn"


def test_a_finished_task_is_not_changed(cast: Cast, task: Task, client_of: Browser) -> None:
    before = changed(task)
    finish_task(task, by=cast.head_of_it, word="Gjort")
    with pytest.raises(Refused):
        change_task(task, by=cast.coordinator, **before)
    answer = client_of("coordinator").get(reverse("task_edit", args=[task.pk]))
    assert answer.status_code == 400


def test_an_overdue_task_can_be_corrected_without_a_new_day(cast: Cast, task: Task) -> None:
    Task.objects.filter(pk=task.pk).update(due=TODAY() - timedelta(days=5))
    task.refresh_from_db()
    change_task(task, by=cast.coordinator, **changed(task, title="Rettet"))
    assert task.title == "Rettet"
    with pytest.raises(Refused) as refused:
        values = changed(task, due=TODAY() - timedelta(days=1))
        change_task(task, by=cast.coordinator, **values)
    assert list(refused.value.errors) == ["due"]


def test_two_who_save_at_once_are_told(cast: Cast, task: Task) -> None:
    values = changed(task, title="Første")
    change_task(task, by=cast.coordinator, **values)
    with pytest.raises(Conflict) as conflict:
        change_task(task, by=cast.chair, **{**values, "title": "Anden"})
    assert conflict.value.current["title"] == "Første"
    assert conflict.value.edit_version == 2


def test_the_chain_holds_neither_title_nor_name(cast: Cast) -> None:
    task = give_task(
        by=cast.coordinator,
        title="Hemmelig sårbarhed",
        owner=cast.member,
        due=TODAY(),
        committee=cast.committee,
        is_closed=True,
    )
    finish_task(task, by=cast.member, word="Hullet er lukket")
    facts = " ".join(Event.objects.about(task).values_list("facts", flat=True))
    for secret in ("Hemmelig", "Hullet", "Ødum"):
        assert secret not in facts
    assert str(cast.member.pseudonym) in facts
