"""Advisers advise and decide nothing; when they are not followed the committee says why."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.meetings.actions.advice import (
    answer_advice,
    change_advice,
    give_advice,
    note_advice,
    withdraw_advice,
)
from kommissorium.meetings.actions.call import call_meeting
from kommissorium.meetings.actions.open_and_close import reasons_against_decisions
from kommissorium.meetings.actions.proceedings import save_field
from kommissorium.meetings.models import Advice, AgendaItem, Meeting

HX = {"HX-Request": "true"}


@pytest.fixture
def item(meeting: Meeting) -> AgendaItem:
    """The fifth item of a planned meeting, which asks for a decision."""
    rows = meeting.items.select_related("meeting__committee", "clause")
    return rows.get(position=5)


def again(item: AgendaItem) -> AgendaItem:
    rows = AgendaItem.objects.select_related("meeting__committee", "clause", "proceedings")
    return rows.get(pk=item.pk)


def test_the_adviser_alone_advises_before_the_meeting(cast, item, client_of):
    url = reverse("advice_add", args=[item.pk])
    for who, status in [("member", 403), ("coordinator", 403), ("employee", 404)]:
        assert client_of(who).get(url).status_code == status, who
        assert client_of(who).post(url, {"text": "Nej"}).status_code == status, who
    assert client_of("dpo").post(url, {"text": " "}).status_code == 400
    page = item.get_absolute_url()
    assert client_of("dpo").post(url, {"text": "Vent"}).url == page
    advice = Advice.objects.get()
    assert client_of("dpo").get(url).url == reverse("advice_edit", args=[advice.pk])
    with pytest.raises(Refused):
        give_advice(item, by=cast.dpo, text="Igen")
    for who in ("dpo", "member"):
        html = client_of(who).get(page).content.decode()
        assert "Vent" in html
        assert (reverse("advice_withdrawal", args=[advice.pk]) in html) is (who == "dpo")


def test_the_case_stands_beside_the_advice(cast, item, client_of):
    AgendaItem.objects.filter(pk=item.pk).update(presentation="<p>Det drejer sig om logs.</p>")
    advice = give_advice(item, by=cast.dpo, text="Vent")
    page = client_of("dpo").get(reverse("advice_edit", args=[advice.pk])).text
    assert "Det drejer sig om logs." in page and "Vent" in page


def test_advice_is_changed_and_withdrawn_by_who_gave_it(cast, item, client_of):
    advice = give_advice(item, by=cast.dpo, text="Vent")
    url = reverse("advice_edit", args=[advice.pk])
    assert client_of("coordinator").post(url, {"text": "Kør", "edit_version": 1}).status_code == 403
    assert client_of("dpo").post(url, {"text": "Kør", "edit_version": 1}).status_code == 302
    answer = client_of("dpo").post(url, {"text": "Stop", "edit_version": 1})
    assert answer.status_code == 409
    assert "Kør" in answer.content.decode() and "Stop" in answer.content.decode()
    with pytest.raises(Conflict):
        change_advice(advice, by=cast.dpo, text="Stop", edit_version=1)
    removal = reverse("advice_withdrawal", args=[advice.pk])
    assert client_of("coordinator").post(removal).status_code == 403
    assert client_of("dpo").get(removal).status_code == 200
    assert client_of("dpo").post(removal).status_code == 302
    assert not Advice.objects.exists()


def test_advice_stands_when_the_item_is_decided(cast, item):
    advice = give_advice(item, by=cast.dpo, text="Vent")
    call_meeting(item.meeting, by=cast.coordinator)
    save_field(again(item), "outcome", "approved", by=cast.coordinator, version=0)
    decided = again(item)
    assert not decided.can_be_advised_on_by(cast.dpo)
    advice.item = decided
    for act in (withdraw_advice, lambda a, by: change_advice(a, by=by, text="x", edit_version=1)):
        with pytest.raises(PermissionDenied):
            act(advice, by=cast.dpo)


def test_advice_not_followed_needs_its_reason(cast, item, client_of):
    advice = give_advice(item, by=cast.dpo, text="Vent")
    meeting = item.meeting
    call_meeting(meeting, by=cast.coordinator)
    save_field(again(item), "outcome", "approved", by=cast.coordinator, version=0)
    assert again(item).label in reasons_against_decisions(meeting)[-1]
    url = reverse("advice_answer", args=[advice.pk])
    assert client_of("dpo").post(url, {"followed": "yes"}).status_code == 403
    refused = client_of("coordinator").post(url, {"followed": "no", "because": " "}, headers=HX)
    assert refused.status_code == 400
    assert client_of("coordinator").post(url, {}).status_code == 400
    wish = {"followed": "no", "because": "Risikoen er lille."}
    assert client_of("coordinator").post(url, wish, headers=HX).status_code == 200
    advice.refresh_from_db()
    assert advice.followed is False and advice.because == "Risikoen er lille."
    assert not any("advice" in reason for reason in reasons_against_decisions(meeting))
    answer_advice(advice, by=cast.coordinator, followed=True, because="glemt")
    assert advice.followed is True and advice.because == ""
    event = Event.objects.filter(act="meetings.advice_answered").first()
    assert "Risikoen" not in event.facts and '"capacity":"secretary"' in event.facts


def test_the_secretary_writes_down_what_was_said_and_can_take_it_back(cast, item, client_of):
    call_meeting(item.meeting, by=cast.coordinator)
    url = reverse("spoken_advice_add", args=[item.pk])
    wish = {"person": cast.dpo.pk, "text": "Pas på"}
    assert client_of("dpo").post(url, wish).status_code == 403
    assert client_of("coordinator").post(url, {**wish, "person": cast.chair.pk}).status_code == 400
    with pytest.raises(Refused):
        note_advice(again(item), by=cast.coordinator, person=cast.chair, text="x")
    assert client_of("coordinator").post(url, wish, headers=HX).status_code == 200
    noted = Advice.objects.get()
    assert noted.person == cast.dpo and noted.noted_by == cast.coordinator
    removal = reverse("spoken_advice_removal", args=[noted.pk])
    assert client_of("dpo").post(removal).status_code == 403
    assert client_of("coordinator").post(removal).status_code == 302
    own = give_advice(again(item), by=cast.dpo, text="Selv skrevet")
    removal = reverse("spoken_advice_removal", args=[own.pk])
    assert client_of("coordinator").post(removal).status_code == 404
    with pytest.raises(PermissionDenied):
        withdraw_advice(own, by=cast.coordinator)
