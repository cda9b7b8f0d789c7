"""Handing tasks over: asked by mail, accepted or not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.actions import close_login
from kommissorium.conftest import Cast
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.refusals import Refused
from kommissorium.tasks.actions import (
    accept_delegation,
    decline_delegation,
    delegate_task,
    finish_task,
    withdraw_delegation,
)
from kommissorium.tasks.models import Delegation, Task
from kommissorium.tasks.tests.conftest import Give, task_of, together

Browser = Callable[[str], Client]


def test_the_owner_asks_a_mail_goes_at_once_and_the_task_moves_on_acceptance(
    cast: Cast, task: Task, client_of: Browser
) -> None:
    url = reverse("task_delegation", args=[task.pk])
    sent = {"to": cast.employee.pk, "note": "Du kender systemet."}
    assert client_of("head_of_it").post(url, sent).status_code == 302
    mail = OutboxMail.objects.get()
    assert (mail.recipient, mail.kind) == (cast.employee.email, "tasks.delegated")
    for part in ("Jens Ulrik Bæk", "Opdatér beredskabsplanen", "Du kender systemet.", "/tasks/"):
        assert part in mail.body
    task.refresh_from_db()
    assert task.owner == cast.head_of_it
    browser = client_of("employee")
    delegation = Delegation.objects.get()
    accept = reverse("delegation_acceptance", args=[delegation.pk])
    assert task.get_absolute_url() in browser.get(reverse("tasks")).content.decode()
    assert accept in browser.get(task.get_absolute_url()).content.decode()
    assert browser.post(accept).status_code == 302
    task.refresh_from_db()
    delegation.refresh_from_db()
    assert (task.owner, delegation.answer) == (cast.employee, "accepted")
    assert Event.objects.about(task).first().act == "tasks.delegation_accepted"
    assert client_of("head_of_it").get(task.get_absolute_url()).status_code == 200


def test_a_mail_about_a_closed_item_holds_only_the_link(cast: Cast, give: Give) -> None:
    task = give(title="Hemmelig sårbarhed", is_closed=True)
    delegate_task(task, by=cast.head_of_it, to=cast.employee, note="Hullet i økonomisystemet")
    mail = OutboxMail.objects.get()
    for secret in ("Hemmelig", "Hullet"):
        assert secret not in mail.body + mail.subject
    assert task.get_absolute_url() in mail.body


def test_the_mail_speaks_the_language_of_who_is_asked(cast: Cast, task: Task) -> None:
    cast.employee.language = "en"
    cast.employee.save()
    delegate_task(task, by=cast.head_of_it, to=cast.employee)
    assert OutboxMail.objects.get().body.startswith("Hello Emma Skovlyst")


def test_no_is_an_answer_with_a_reason(cast: Cast, task: Task, client_of: Browser) -> None:
    delegation = delegate_task(task, by=cast.head_of_it, to=cast.member)
    url = reverse("delegation_refusal", args=[delegation.pk])
    assert client_of("member").post(url, {"because": ""}).status_code == 400
    with pytest.raises(Refused):
        decline_delegation(delegation, by=cast.member, because=" ")
    assert client_of("member").post(url, {"because": "Jeg har ferie."}).status_code == 302
    delegation.refresh_from_db()
    task.refresh_from_db()
    assert (delegation.answer, delegation.because) == ("declined", "Jeg har ferie.")
    assert task.owner == cast.head_of_it
    shown = client_of("head_of_it").get(task.get_absolute_url()).content.decode()
    assert "Jeg har ferie." in shown


def test_who_says_no_to_a_closed_task_is_led_where_they_may_be(
    cast: Cast, give: Give, client_of: Browser
) -> None:
    task = give(is_closed=True)
    delegation = delegate_task(task, by=cast.head_of_it, to=cast.employee)
    url = reverse("delegation_refusal", args=[delegation.pk])
    response = client_of("employee").post(url, {"because": "Nej"})
    assert response.url == reverse("tasks")
    assert client_of("employee").get(task.get_absolute_url()).status_code == 404


def test_only_one_is_asked_at_a_time(cast: Cast, task: Task) -> None:
    delegation = delegate_task(task, by=cast.head_of_it, to=cast.member)
    with pytest.raises(Refused) as refused:
        delegate_task(task, by=cast.head_of_it, to=cast.chair)
    assert "Søren Ødum" in str(refused.value)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.create(
            task=task,
            from_person=cast.head_of_it,
            to_person=cast.chair,
            asked_at=timezone.now(),
        )
    withdraw_delegation(delegation, by=cast.head_of_it)
    assert delegate_task(task, by=cast.head_of_it, to=cast.chair).pk


def test_an_answer_that_comes_too_late_changes_nothing(cast: Cast, task: Task) -> None:
    delegation = delegate_task(task, by=cast.head_of_it, to=cast.member)
    seen_before = Delegation.objects.get()
    withdraw_delegation(delegation, by=cast.coordinator)
    with pytest.raises(Refused):
        accept_delegation(seen_before, by=cast.member)
    with pytest.raises(Refused):
        decline_delegation(seen_before, by=cast.member, because="Nej")
    with pytest.raises(Refused):
        withdraw_delegation(seen_before, by=cast.head_of_it)
    task.refresh_from_db()
    assert task.owner == cast.head_of_it


def test_only_who_is_asked_answers_and_only_the_tasks_people_take_it_back(
    cast: Cast, task: Task, client_of: Browser
) -> None:
    delegation = delegate_task(task, by=cast.head_of_it, to=cast.member)
    for who in ("head_of_it", "coordinator", "dpo"):
        with pytest.raises(PermissionDenied):
            accept_delegation(delegation, by=cast.who(who))
    for who in ("member", "dpo", "executive"):
        url = reverse("delegation_withdrawal", args=[delegation.pk])
        assert client_of(who).post(url).status_code == 403
    url = reverse("delegation_acceptance", args=[delegation.pk])
    assert client_of("employee").post(url).status_code == 404
    assert client_of("dpo").post(url).status_code == 403


def test_what_cannot_be_delegated_is_refused_in_words(cast: Cast, task: Task) -> None:
    with pytest.raises(Refused) as refused:
        delegate_task(task, by=cast.coordinator, to=cast.head_of_it)
    assert list(refused.value.errors) == ["to"]
    close_login(cast.member, by=cast.administrator)
    cast.member.refresh_from_db()
    with pytest.raises(Refused) as refused:
        delegate_task(task, by=cast.head_of_it, to=cast.member)
    assert list(refused.value.errors) == ["to"]
    with pytest.raises(PermissionDenied):
        delegate_task(task, by=cast.dpo, to=cast.chair)
    finish_task(task, by=cast.head_of_it, word="Gjort")
    with pytest.raises(Refused):
        delegate_task(task, by=cast.head_of_it, to=cast.chair)
    assert not Delegation.objects.exists()


def test_the_page_says_that_somebody_cannot_sign_in_or_gets_no_mail(
    cast: Cast, give: Give, client_of: Browser
) -> None:
    def warned(task: Task) -> str:
        url = reverse("task_delegation", args=[task.pk])
        sent = {"to": cast.system_owner.pk}
        response = client_of("head_of_it").post(url, sent, follow=True)
        return [str(message) for message in response.context["messages"]][-1]

    first = warned(give())
    assert OutboxMail.objects.count() == 1
    cast.system_owner.email = None
    cast.system_owner.save()
    second = warned(give())
    assert OutboxMail.objects.count() == 1
    assert "Anne Tvedegaard" in first
    assert "Anne Tvedegaard" in second
    assert first != second


def test_of_three_who_delegate_at_once_one_does(committing: Cast) -> None:
    task = task_of(committing)
    copies = [Task.objects.select_related("committee").get(pk=task.pk) for _ in range(3)]
    whom = (committing.dpo, committing.head_of_it, committing.chair)
    results = together(
        *(
            lambda copy=copy, to=to: delegate_task(copy, by=committing.member, to=to)
            for copy, to in zip(copies, whom, strict=True)
        )
    )
    assert sum(isinstance(result, Delegation) for result in results) == 1
    assert sum(isinstance(result, Refused) for result in results) == 2
    assert OutboxMail.objects.filter(kind="tasks.delegated").count() == 1


def test_yes_and_withdrawal_at_once_leave_one_answer(committing: Cast) -> None:
    task = task_of(committing)
    made = delegate_task(task, by=committing.member, to=committing.dpo)
    one, other = (Delegation.objects.select_related("task").get(pk=made.pk) for _ in range(2))
    results = together(
        lambda: accept_delegation(one, by=committing.dpo),
        lambda: withdraw_delegation(other, by=committing.member),
    )
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "Refused"]
    made.refresh_from_db()
    task.refresh_from_db()
    assert (made.answer == "accepted") == (task.owner == committing.dpo)
