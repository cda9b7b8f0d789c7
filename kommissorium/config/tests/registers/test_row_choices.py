"""An expiring acceptance before the committee: what is chosen for it takes effect."""

from __future__ import annotations

import json
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.urls import reverse

from kommissorium.config.tests.registers.cycle_cases import (
    approve_minutes_of,
    fresh,
    later_meeting,
)
from kommissorium.conftest import queries_of, time_is
from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.localised import day
from kommissorium.meetings.actions.open_and_close import end_meeting
from kommissorium.meetings.models import Attendance, Outcome, RowChoice
from kommissorium.risks.actions.acceptances import withdraw_acceptance
from kommissorium.risks.models import Acceptance, AcceptedRisk
from kommissorium.risks.tests.acceptance_cases import limit, make_risks
from kommissorium.risks.tests.standing_cases import accept_until, level, today
from kommissorium.secretariat.actions.agendas import bring_back, compose_agenda
from kommissorium.secretariat.actions.cycle import call
from kommissorium.secretariat.actions.effects import effects_of, hindered_of

EXPIRES, LATER = 50, 300  # days from today


@pytest.fixture
def expiring(cast, meeting):
    """Two acceptances that expire after the meeting, each of one risk, on its agenda."""
    limit("committee", per_risk=500_000, per_year=900_000)
    level(cast, 4, year=today().year + 1)
    first, second = make_risks(cast, [(2, 2), (2, 3)])
    found = accept_until(cast, [first], EXPIRES, 70_000), accept_until(cast, [second], EXPIRES + 1)
    bring_back(meeting, by=cast.coordinator)
    return found


def item_of(meeting):
    return meeting.items.get(subject_kind="risks.expiring")


def key_of(acceptance):
    return f"risks.acceptance:{acceptance.pk}"


def sent(choices, versions=0):
    """Return what the form sends of acceptances: a code, a day and why for each."""
    found = {}
    for one, (code, until, *because) in choices.items():
        key = key_of(one)
        found |= {key: code, f"{key}-day": until.isoformat() if until else ""}
        found |= {f"{key}-because": "".join(because), f"{key}-version": versions}
    return found


def choose(client, item, choices, versions=0, **more):
    return client.post(
        reverse("row_choices", args=[item.pk]), sent(choices, versions), follow=True, **more
    )


def minuted(cast, client, meeting, outcome=""):
    """Hold a called meeting, follow the recommendation or note an outcome, send the minutes out."""
    item = item_of(meeting)
    if outcome:
        url = reverse("field_save", args=[item.pk, "outcome"])
        answer = client.post(url, {"value": outcome, "version": 0})
    else:
        answer = client.post(reverse("recommendation_use", args=[item.pk]))
    assert answer.status_code == HTTPStatus.FOUND
    for one in meeting.items.filter(type="decision").exclude(pk=item.pk):
        url = reverse("field_save", args=[one.pk, "not_discussed"])
        assert client.post(url, {"value": "on", "version": 0}).status_code == HTTPStatus.FOUND
    with time_is(meeting.starts_at + timedelta(minutes=90)):
        meeting.attendances.filter(person=cast.chair).update(presence=Attendance.Presence.PRESENT)
        end_meeting(meeting, by=cast.coordinator)
    approve_minutes_of(cast, meeting)
    return meeting.decisions.get(item=item)


def test_the_recommendation_names_the_outcome_of_each(cast, meeting, expiring):
    item = item_of(meeting)
    assert "forlænger risikoaccepten på 70.000 kr." in item.recommendation
    assert item.recommendation.startswith("<p>Det indstilles, at udvalget</p><ol>")
    assert "<li>" in item.recommendation
    assert "beslutter" not in item.recommendation
    assert not RowChoice.objects.filter(edit_version__gt=0).exists()  # nobody chose yet


def test_an_acceptance_is_extended_by_a_choice_in_the_meeting(cast, meeting, expiring, client_of):
    first, second = expiring
    call(meeting, by=cast.coordinator)
    item, client = item_of(meeting), client_of("coordinator")
    page = client.get(reverse("conduct_item", args=[meeting.pk, item.number])).content.decode()
    assert f'name="{key_of(first)}"' in page and "Forlæng til" in page
    until = today() + timedelta(days=LATER)
    answer = choose(client, item, {first: ("extend", until), second: ("end", None)})
    assert answer.status_code == HTTPStatus.OK and "Valgene er gemt." in answer.content.decode()
    decision = minuted(cast, client, meeting)
    assert decision.outcome == Outcome.APPROVED
    assert "forlængede risikoaccepten på 70.000 kr." in decision.text
    assert f"til {day(until)}" in decision.text and "ophævede risikoaccepten på" in decision.text
    assert "beslutter" not in decision.text

    [new] = first.replaced_by.all()
    assert new.is_standing and new.expires_on == until and new.amount == 70_000
    assert new.capacity == "committee" and new.decision == decision and new.record.pdf
    assert new.proposed_by == cast.coordinator and new.accepted_by is None
    assert fresh(first).ending == Acceptance.Ending.REPLACED
    assert fresh(second).ending == Acceptance.Ending.WITHDRAWN
    assert decision.number in second.ended_because
    told = effects_of(decision)[0].text
    assert "Trådt i kraft: Udvalget forlænger" in told and "Udvalget ophæver" in told
    later = later_meeting(cast)
    assert not later.items.filter(subject_kind="risks.expiring").exists()
    page = client_of("member").get(decision.get_absolute_url()).content.decode()
    assert "forlængede risikoaccepten" in page and "Trådt i kraft" in page


def test_what_goes_beyond_the_years_limit_together_is_refused(cast, meeting, expiring, client_of):
    first, second = expiring
    limit("committee", per_risk=500_000, per_year=150_000)
    call(meeting, by=cast.coordinator)
    item, client, until = item_of(meeting), client_of("coordinator"), today() + timedelta(LATER)
    both = {first: ("extend", until), second: ("extend", until + timedelta(days=1))}
    answer = choose(client, item, both)
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert "har allerede brugt 70.000" in answer.content.decode()
    assert not RowChoice.objects.filter(edit_version__gt=0).exists()
    # Nor can the meeting follow what was recommended of both while the limit was higher.
    outcome = reverse("field_save", args=[item.pk, "outcome"])
    answer = client.post(outcome, {"value": Outcome.APPROVED, "version": 0})
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert choose(client, item, {**both, second: ("return", None)}).status_code == HTTPStatus.OK
    assert minuted(cast, client, meeting).outcome == Outcome.APPROVED
    assert first.replaced_by.get().is_standing and fresh(second).is_standing


def test_what_is_recommended_holds_where_nobody_chose(cast, meeting, expiring, client_of):
    first, second = expiring
    call(meeting, by=cast.coordinator)
    minuted(cast, client_of("coordinator"), meeting, Outcome.APPROVED)
    assert {one.code for one in RowChoice.objects.all()} == {"extend"}
    for one in (first, second):
        assert fresh(one).ending == Acceptance.Ending.REPLACED


@pytest.mark.parametrize("outcome", [Outcome.REJECTED, Outcome.DEFERRED, Outcome.NOTED])
def test_what_is_not_approved_takes_no_effect(cast, meeting, expiring, client_of, outcome):
    first, second = expiring
    call(meeting, by=cast.coordinator)
    client, until = client_of("coordinator"), today() + timedelta(days=LATER)
    choose(client, item_of(meeting), {first: ("extend", until), second: ("end", None)})
    decision = minuted(cast, client, meeting, outcome)
    assert fresh(first).is_standing and fresh(second).is_standing
    assert "Trådt i kraft" not in effects_of(decision)[0].text


def test_what_cannot_be_is_told_beside_its_row_and_nothing_is_lost(
    cast, meeting, expiring, client_of
):
    first, second = expiring
    item, client = item_of(meeting), client_of("coordinator")
    far = today().replace(year=today().year + 2, month=2, day=1)
    answer = choose(client, item, {first: ("extend", far), second: ("extend", None)})
    page = answer.content.decode()
    assert (
        answer.status_code == HTTPStatus.BAD_REQUEST
        and not RowChoice.objects.filter(edit_version__gt=0).exists()
    )
    assert far.isoformat() in page and "Vælg en dag." in page
    form = answer.context["row_form"]
    assert set(form.errors) == {key_of(first), key_of(second)}
    limit("committee", per_risk=60_000, per_year=900_000)
    until = today() + timedelta(days=LATER)
    answer = choose(client, item, {first: ("extend", until), second: ("return", None)})
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert set(answer.context["row_form"].errors) == {key_of(first)}
    limit("committee", per_risk=500_000, per_year=900_000)
    because = "Afløseren kommer først om to år."
    answer = choose(client, item, {first: ("extend", far, because), second: ("return", None)})
    assert answer.status_code == HTTPStatus.OK
    item.refresh_from_db()
    assert day(far) in item.recommendation and "udsætter risikoaccepten" in item.recommendation


def test_two_who_choose_never_overwrite_each_other(cast, meeting, expiring, client_of):
    first, second = expiring
    item, until = item_of(meeting), today() + timedelta(days=LATER)
    chosen = {first: ("extend", until), second: ("return", None)}
    assert choose(client_of("coordinator"), item, chosen).status_code == HTTPStatus.OK
    answer = choose(client_of("chair"), item, {**chosen, second: ("end", None)})
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert set(answer.context["row_form"].errors) == {key_of(second)}
    assert cast.coordinator.name in answer.content.decode()
    again = choose(client_of("chair"), item, {**chosen, second: ("end", None)}, versions=1)
    assert again.status_code == HTTPStatus.OK
    assert RowChoice.objects.get(key=key_of(second)).code == "end"


def test_a_recommendation_that_somebody_edited_stays(cast, meeting, expiring, client_of):
    first, second = expiring
    item, until = item_of(meeting), today() + timedelta(days=LATER)
    type(item).objects.filter(pk=item.pk).update(recommendation="<p>Min egen.</p>")
    choose(client_of("coordinator"), item, {first: ("extend", until), second: ("end", None)})
    compose_agenda(meeting, by=cast.coordinator)
    assert fresh(item).recommendation == "<p>Min egen.</p>"


def test_the_page_asks_no_more_of_many_rows_than_of_one(cast, meeting, client_of):
    limit("committee", per_risk=500_000, per_year=9_000_000)
    level(cast, 4, year=today().year + 1)
    risks = make_risks(cast, [(2, 2)] * 5)
    accept_until(cast, risks[:1], EXPIRES, 7_000)
    bring_back(meeting, by=cast.coordinator)
    browser, page = client_of("coordinator"), item_of(meeting).get_absolute_url()
    browser.get(page)
    few = queries_of(lambda: browser.get(page))
    for number, risk in enumerate(risks[1:], 1):
        accept_until(cast, [risk], EXPIRES + number, 7_000)
    compose_agenda(meeting, by=cast.coordinator)
    assert item_of(meeting).row_choices.count() == len(risks)
    assert queries_of(lambda: browser.get(page)) <= few


def test_a_recommendation_of_before_that_only_asked_is_made_anew(cast, meeting, expiring):
    item = item_of(meeting)
    asked = "<p>Det indstilles, at udvalget for hver af dem beslutter, om risikoen accepteres.</p>"
    type(item).objects.filter(pk=item.pk).update(recommendation=asked)
    compose_agenda(meeting, by=cast.coordinator)
    assert "beslutter, om" not in fresh(item).recommendation
    assert "70.000 kr." in fresh(item).recommendation


def test_a_decision_made_of_the_choices_follows_them(cast, meeting, expiring, client_of):
    first, second = expiring
    call(meeting, by=cast.coordinator)
    item, client = item_of(meeting), client_of("coordinator")
    assert client.post(reverse("recommendation_use", args=[item.pk])).status_code < 400
    choose(client, item, {first: ("end", None), second: ("end", None)}, versions=1)
    proceedings = item.proceedings
    assert proceedings.decision.count("ophævede") == 2
    proceedings.decision = "<p>I hånden.</p>"
    proceedings.save()
    page = client.get(reverse("conduct_item", args=[meeting.pk, item.number])).content.decode()
    assert "Beslutningen siger noget andet" in page


def test_a_row_that_changed_meanwhile_hinders_no_other(cast, meeting, expiring, client_of):
    first, second = expiring
    call(meeting, by=cast.coordinator)
    client, until = client_of("coordinator"), today() + timedelta(days=LATER)
    choose(client, item_of(meeting), {first: ("extend", until), second: ("extend", until)})
    withdraw_acceptance(first, by=cast.coordinator, because="Risikoen nedbringes i stedet.")
    decision = minuted(cast, client, meeting)
    assert not first.replaced_by.exists()
    assert second.replaced_by.get().is_standing
    told = effects_of(decision)[0].text
    assert "kunne ikke træde i kraft" in told and "Trådt i kraft: Udvalget forlænger" in told
    assert hindered_of(meeting) == [decision]
    [event] = Event.objects.filter(act="registers.row_hindered")
    assert json.loads(event.facts) == {"key": key_of(first)}, "no words, which can name people"


def test_what_ended_before_anybody_chose_is_told_by_nobody(cast, meeting, expiring, client_of):
    first, second = expiring
    call(meeting, by=cast.coordinator)
    withdraw_acceptance(first, by=cast.coordinator, because="Risikoen er håndteret.")
    decision = minuted(cast, client_of("coordinator"), meeting)
    assert second.replaced_by.get().is_standing
    assert hindered_of(meeting) == []
    assert "70.000 kr." not in effects_of(decision)[0].text + decision.text


def test_those_who_only_read_do_not_choose(cast, meeting, expiring, client_of):
    first, _second = expiring
    for who in ("member", "dpo", "auditor"):
        answer = choose(client_of(who), item_of(meeting), {first: ("end", None)})
        assert answer.status_code == HTTPStatus.FORBIDDEN
    assert not RowChoice.objects.filter(edit_version__gt=0).exists()


def test_the_rows_of_an_acceptance_of_several_risks_are_one(cast, meeting):
    limit("committee", per_risk=500_000, per_year=900_000)
    level(cast, 4, year=today().year + 1)
    one = accept_until(cast, make_risks(cast, [(2, 2), (2, 3)]), EXPIRES)
    bring_back(meeting, by=cast.coordinator)
    titles = AcceptedRisk.objects.filter(acceptance=one).values_list("scenario__title", flat=True)
    assert item_of(meeting).recommendation.count("forlænger") == 1
    assert "; ".join(titles) in item_of(meeting).recommendation
