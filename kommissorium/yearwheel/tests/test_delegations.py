"""Somebody else does it: asked, accepted, handed back, taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from kommissorium.accounts.actions import close_login
from kommissorium.conftest import Cast
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.refusals import Refused
from kommissorium.yearwheel.actions import (
    accept_delegation,
    delegate,
    finish,
    hand_back,
    skip,
    take_back,
)
from kommissorium.yearwheel.models import Delegation, Occurrence

Browser = Callable[[str], Client]


def test_an_employee_is_asked_says_yes_does_it_and_the_responsible_stays(
    cast: Cast, occurrence: Occurrence, client_of: Browser
) -> None:
    url = reverse("occurrence_delegation", args=[occurrence.pk])
    sent = {"to": cast.employee.pk, "note": "Du kender systemet."}
    assert client_of("employee").get(occurrence.get_absolute_url()).status_code == 404
    assert client_of("head_of_it").post(url, sent).status_code == 302
    mail = OutboxMail.objects.get()
    assert (mail.recipient, mail.kind) == (cast.employee.email, "yearwheel.delegated")
    assert occurrence.get_absolute_url() in mail.body
    browser = client_of("employee")
    accept = reverse("wheel_delegation_acceptance", args=[Delegation.objects.get().pk])
    finish_url = reverse("occurrence_completion", args=[occurrence.pk])
    assert browser.post(finish_url, {"result": "no_fault"}).status_code == 403
    assert accept in browser.get(occurrence.get_absolute_url()).content.decode()
    assert client_of("member").post(accept).status_code == 403
    assert browser.post(accept).status_code == 302
    year = reverse("wheel_year", args=[cast.committee.pk, occurrence.due.year])
    assert [m.entries for m in browser.get(year).context["months"] if m.entries] != []
    with pytest.raises(PermissionDenied):
        skip(Occurrence.objects.get(pk=occurrence.pk), by=cast.employee, because="Nej")
    assert browser.post(finish_url, {"result": "no_fault"}).status_code == 302
    occurrence.refresh_from_db()
    assert occurrence.ended_by == cast.employee
    assert occurrence.responsible_then == cast.head_of_it
    assert Delegation.objects.get().ending == "done"


def test_it_is_handed_back_with_a_reason_or_taken_back(
    cast: Cast, occurrence: Occurrence, client_of: Browser
) -> None:
    delegation = delegate(occurrence, by=cast.head_of_it, to=cast.member)
    accept_delegation(delegation, by=cast.member)
    url = reverse("wheel_delegation_return", args=[delegation.pk])
    assert client_of("member").post(url, {"because": " "}).status_code == 400
    assert client_of("member").post(url, {"because": "Jeg har ferie."}).status_code == 302
    occurrence.refresh_from_db()
    assert occurrence.delegate is None
    with pytest.raises(PermissionDenied):
        finish(occurrence, by=cast.member, result="no_fault")
    again = delegate(occurrence, by=cast.head_of_it, to=cast.dpo)
    accept_delegation(again, by=cast.dpo)
    back = reverse("wheel_delegation_withdrawal", args=[again.pk])
    assert client_of("dpo").post(back).status_code == 403
    assert client_of("coordinator").post(back).status_code == 302
    shown = client_of("head_of_it").get(occurrence.get_absolute_url()).content.decode()
    assert "Jeg har ferie." in shown


def test_an_answer_that_comes_too_late_changes_nothing(cast: Cast, occurrence: Occurrence) -> None:
    delegation = delegate(occurrence, by=cast.head_of_it, to=cast.member)
    take_back(delegation, by=cast.head_of_it)
    for act in (
        lambda: accept_delegation(delegation, by=cast.member),
        lambda: hand_back(delegation, by=cast.member, because="Nej"),
        lambda: take_back(delegation, by=cast.head_of_it),
    ):
        with pytest.raises(Refused):
            act()
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        connection.cursor().execute("UPDATE yearwheel_delegation SET because = 'x'")
    other = delegate(occurrence, by=cast.head_of_it, to=cast.member)
    finish(occurrence, by=cast.head_of_it, result="no_fault")
    with pytest.raises(Refused) as refused:
        accept_delegation(other, by=cast.member)
    assert "Jens Ulrik Bæk" in str(refused.value)


def test_who_cannot_be_asked_is_refused_in_words(cast: Cast, occurrence: Occurrence) -> None:
    with pytest.raises(Refused) as refused:
        delegate(occurrence, by=cast.coordinator, to=cast.head_of_it)
    assert list(refused.value.errors) == ["to"]
    delegate(occurrence, by=cast.coordinator, to=cast.member)
    with pytest.raises(Refused) as refused:
        delegate(occurrence, by=cast.coordinator, to=cast.chair)
    assert "Søren Ødum" in str(refused.value)
    close_login(cast.dpo, by=cast.administrator)
    cast.dpo.refresh_from_db()
    with pytest.raises(Refused):
        delegate(occurrence, by=cast.coordinator, to=cast.dpo)
    with pytest.raises(PermissionDenied):
        delegate(occurrence, by=cast.employee, to=cast.chair)
