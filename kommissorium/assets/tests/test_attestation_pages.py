"""The pages of attestation: the owner's one page, and the coordinator's rounds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kommissorium.assets.actions.attestation.round import close_round, settle
from kommissorium.assets.models import Role, Round, Statement
from kommissorium.assets.tests.attestation_cases import (
    TITLE,
    asset,
    day,
    give,
    opened,
    owns,
    request_of,
    says,
)
from kommissorium.assets.views import attestation as views
from kommissorium.conftest import Cast, time_is
from kommissorium.core.mail.models import OutboxMail

type ClientOf = Callable[..., Client]
URL = "/attestation/"
MOST_QUERIES = 12


def form(*things: object, **answers: str) -> dict[str, str]:
    """Return the values the page of these assets would send."""
    return {f"seen-{thing.pk}": "1" for thing in things} | {  # type: ignore[attr-defined]
        name.replace("_", "-"): value for name, value in answers.items()
    }


def answers() -> list[str]:
    return list(Statement.objects.order_by("asset__name").values_list("answer", flat=True))


def test_who_is_asked_nothing_sees_when_they_would_be(client_of: ClientOf) -> None:
    response = client_of("employee").get(URL)
    assert response.status_code == 200
    assert 'class="empty"' in response.content.decode()
    assert client_of("employee").post(URL).status_code == 404


def test_the_page_shows_what_is_registered_and_what_lacks(cast: Cast, client_of: ClientOf) -> None:
    thing = asset(cast, "Borgerjournal", criticality="society", personal_data=["cpr"])
    give(cast, thing, cast.member)
    give(cast, thing, cast.member, Role.MANAGER)
    owns(cast, cast.dpo, "En andens")
    opened(cast)
    html = client_of("member").get(URL).content.decode()
    assert html.count('class="statement"') == 1
    assert "Borgerjournal" in html
    assert "statement-lacks" in html
    assert "En andens" not in html
    assert html.count('type="radio"') == 3


def test_answers_are_saved_as_far_as_they_go(cast: Cast, client_of: ClientOf) -> None:
    one, two, three = owns(cast, cast.member, "A", "B", "C")
    opened(cast)
    sent = form(one, two, three, **{f"answer_{one.pk}": "correct"})
    response = client_of("member").post(URL, sent, follow=True)
    assert response.redirect_chain == [(URL, 302)]
    assert answers() == ["correct", "", ""]
    text = response.content.decode()
    assert 'class="alert alert-success"' in text


def test_one_that_says_too_little_holds_none_of_the_others_back(
    cast: Cast, client_of: ClientOf
) -> None:
    one, two = owns(cast, cast.member, "A", "B")
    opened(cast)
    sent = form(one, two, **{f"answer_{one.pk}": "change", f"answer_{two.pk}": "correct"})
    response = client_of("member").post(URL, sent)
    html = response.content.decode()
    assert response.status_code == 400
    assert answers() == ["", "correct"]
    chosen = f'id="answer-{one.pk}-change" name="answer-{one.pk}" value="change" checked'
    assert chosen in html
    assert f'href="#note-{one.pk}"' in html


def test_the_rest_is_correct_in_one_press_and_leaves_what_was_said(
    cast: Cast, client_of: ClientOf
) -> None:
    one, two, three = owns(cast, cast.member, "A", "B", "C")
    opened(cast)
    says(cast.member, one, "not_mine", "Jens")
    sent = form(one, two, three, rest="sure", **{f"answer_{one.pk}": "not_mine"})
    sent |= {f"note-{one.pk}": "Jens", f"answer-{two.pk}": "change", f"note-{two.pk}": "Navn"}
    response = client_of("member").post(URL, sent)
    assert response.url == reverse("attestation_receipt")
    assert answers() == ["not_mine", "change", "correct"]


def test_the_rest_is_asked_about_first_where_facts_are_missing(
    cast: Cast, client_of: ClientOf
) -> None:
    one, two = owns(cast, cast.member, "A", "B")
    opened(cast)
    sent = form(one, two, rest="correct", **{f"answer_{one.pk}": "correct"})
    response = client_of("member").post(URL, sent)
    # What was chosen is kept; what was not is asked about, in focus, and by its own button.
    assert answers() == ["correct", ""]
    assert [card.asset.name for card in response.context["unsure"]] == ["B"]
    assert 'role="alert" tabindex="-1" data-error-summary' in response.text
    assert 'name="rest" value="sure"' in response.text
    assert client_of("member").post(URL, form(two, rest="sure")).status_code == 302
    assert answers() == ["correct", "correct"]


def test_the_rest_is_only_what_stood_on_the_page(cast: Cast, client_of: ClientOf) -> None:
    one, _unseen = owns(cast, cast.member, "A", "B")
    opened(cast)
    client_of("member").post(URL, form(one, rest="sure"))
    assert answers() == ["correct", ""]


def test_nonsense_from_a_form_is_passed_over(cast: Cast, client_of: ClientOf) -> None:
    (one,) = owns(cast, cast.member, "A")
    (other,) = owns(cast, cast.dpo, "B")
    opened(cast)
    sent = {"seen-": "", "seen-x": "1", f"seen-{'9' * 30}": "1", f"seen-{other.pk}": "1"}
    sent |= {f"answer-{other.pk}": "correct", f"answer-{one.pk}": "wrong", f"seen-{one.pk}": "²"}
    assert client_of("member").post(URL, sent).status_code == 400
    assert answers() == ["", ""]
    assert client_of("member").get(f"{URL}?page=99").status_code == 200


def test_one_answer_is_saved_by_itself(cast: Cast, client_of: ClientOf) -> None:
    one, two = owns(cast, cast.member, "A", "B")
    (other,) = owns(cast, cast.dpo, "C")
    opened(cast)
    client = client_of("member")
    url = reverse("attestation_answer", args=[one.pk])
    assert client.post(url, {f"answer-{one.pk}": "change"}).status_code == 400
    assert answers() == ["", "", ""]
    response = client.post(url, {f"answer-{one.pk}": "change", f"note-{one.pk}": "Navn"})
    assert response.status_code == 200
    assert 'value="1" max="2"' in response.content.decode()
    assert answers() == ["change", "", ""]
    foreign = reverse("attestation_answer", args=[other.pk])
    assert client.post(foreign, {f"answer-{other.pk}": "correct"}).status_code == 404
    assert client.get(url).status_code == 405
    assert two.pk != one.pk


def test_the_receipt_comes_when_all_is_answered(cast: Cast, client_of: ClientOf) -> None:
    one, two = owns(cast, cast.member, "A", "B")
    opened(cast)
    client = client_of("member")
    url = reverse("attestation_receipt")
    says(cast.member, one, "change", "Navnet er nyt")
    assert client.get(url).url == URL
    says(cast.member, two, "correct")
    html = client.get(url).content.decode()
    assert "Navnet er nyt" in html
    settle(Statement.objects.wanting().get(), by=cast.coordinator, settlement="Det er rettet")
    assert "Det er rettet" in client.get(url).content.decode()
    assert client.get(URL).status_code == 200
    close_round(Round.objects.get(), by=cast.coordinator)
    assert client.get(url).url == URL


def test_sixty_assets_take_no_more_questions_than_two(cast: Cast, client_of: ClientOf) -> None:
    owns(cast, cast.member, *(f"System {number:02}" for number in range(60)))
    opened(cast)
    client = client_of("member")
    client.get(URL)
    with CaptureQueriesContext(connection) as queries:
        html = client.get(URL).content.decode()
    assert html.count('class="statement"') == views.ASSETS_A_PAGE
    assert len(queries) <= MOST_QUERIES, "\n".join(one["sql"][:200] for one in queries)
    sent = {f"seen-{row.asset_id}": "1" for row in Statement.objects.all()}
    client.post(URL, sent | {"rest": "sure"})
    assert request_of(cast.member).answered_at
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("attestation_receipt"))
    assert len(queries) <= MOST_QUERIES


def test_very_many_assets_come_in_pages(
    cast: Cast, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "ASSETS_A_PAGE", 2)
    things = owns(cast, cast.member, "A", "B", "C")
    opened(cast)
    client = client_of("member")
    assert client.get(URL).content.decode().count('class="statement"') == 2
    html = client.get(f"{URL}?page=2").content.decode()
    assert html.count('class="statement"') == 1
    assert f'action="{URL}?page=2"' in html
    response = client.post(f"{URL}?page=2", form(things[2], rest="sure"))
    assert response.url == f"{URL}?page=2"
    assert answers() == ["", "", "correct"]


def test_a_late_owner_can_still_answer(cast: Cast, client_of: ClientOf) -> None:
    owns(cast, cast.member, "A")
    opened(cast)
    with time_is(timezone.localtime() + timedelta(days=31)):
        client = client_of("member")
        assert 'class="alert alert-warning"' in client.get(URL).content.decode()


# The coordinator's pages


def test_the_list_begins_with_how_to_begin(cast: Cast, client_of: ClientOf) -> None:
    url = reverse("attestation_rounds")
    open_url = reverse("attestation_open")
    assert open_url in client_of("coordinator").get(url).content.decode()
    assert open_url not in client_of("auditor").get(url).content.decode()
    assert client_of("employee").get(url).status_code == 404
    owns(cast, cast.member, "A")
    opened(cast)
    html = client_of("chair").get(url).content.decode()
    assert TITLE in html
    assert open_url not in client_of("coordinator").get(url).content.decode()


def test_a_round_is_opened_in_one_form(cast: Cast, client_of: ClientOf) -> None:
    owns(cast, cast.member, "A")
    client = client_of("coordinator")
    url = reverse("attestation_open")
    assert client.get(url).status_code == 200
    assert client.post(url, {"title": "", "due": ""}).status_code == 400
    assert client.post(url, {"title": "X", "due": str(day(-2))}).status_code == 400
    response = client.post(url, {"title": TITLE, "due": str(day(20))})
    found = Round.objects.get()
    assert response.url == found.get_absolute_url()
    assert client.get(url).url == found.get_absolute_url()
    assert client_of("auditor").get(url).status_code == 403
    assert client_of("employee").get(url).status_code == 404


def test_the_round_shows_who_has_answered_and_what_waits(cast: Cast, client_of: ClientOf) -> None:
    one, _two = owns(cast, cast.member, "A", "B")
    owns(cast, cast.system_owner, "C")
    found = opened(cast)
    give(cast, one, cast.chair, Role.MANAGER)
    says(cast.member, one, "not_mine", "Jens har det")
    row = Statement.objects.wanting().get()
    settle_url = reverse("statement_settle", args=[row.pk])
    html = client_of("coordinator").get(found.get_absolute_url()).content.decode()
    for wanted in ("Jens har det", settle_url, cast.system_owner.name, "attestation", "0 "):
        assert wanted in html
    assert reverse("attestation_ask", args=[found.pk]) in html
    html = client_of("auditor").get(found.get_absolute_url()).content.decode()
    assert "Jens har det" in html
    for address in (settle_url, "attestation_ask", reverse("attestation_close", args=[found.pk])):
        assert address not in html


def test_an_answer_is_acted_on_from_the_round(cast: Cast, client_of: ClientOf) -> None:
    (one,) = owns(cast, cast.member, "A")
    found = opened(cast)
    says(cast.member, one, "not_mine", "Jens har det")
    row = Statement.objects.get()
    url = reverse("statement_settle", args=[row.pk])
    client = client_of("coordinator")
    assert "Jens har det" in client.get(url).content.decode()
    assert client.post(url, {"settlement": ""}).status_code == 400
    assert client_of("auditor").post(url, {"settlement": "x"}).status_code == 403
    assert client_of("member").post(url, {"settlement": "x"}).status_code == 403
    assert client_of("employee").get(url).status_code == 404
    assert client.post(url, {"settlement": "Jens er ejer"}).url == found.get_absolute_url()
    row.refresh_from_db()
    assert (row.settled_by, row.settlement) == (cast.coordinator, "Jens er ejer")
    assert client.get(url).status_code == 400


def test_newcomers_are_asked_and_the_silent_reminded(cast: Cast, client_of: ClientOf) -> None:
    owns(cast, cast.member, "A")
    found = opened(cast)
    owns(cast, cast.dpo, "B")
    client = client_of("coordinator")
    client.post(reverse("attestation_ask", args=[found.pk]))
    assert request_of(cast.dpo).round == found
    url = reverse("attestation_remind", args=[found.pk])
    asked = request_of(cast.dpo).pk
    assert client.post(url, {"asked": str(asked)}).status_code == 302
    for nonsense in ("x", "9" * 40, "0"):
        assert client.post(url, {"asked": nonsense}).status_code == 404
    client.post(url)
    assert OutboxMail.objects.filter(kind="assets.attestation_reminder").count() == 2


def test_the_title_and_day_are_changed_and_a_second_sees_both(
    cast: Cast, client_of: ClientOf
) -> None:
    owns(cast, cast.member, "A")
    found = opened(cast)
    client, url = client_of("coordinator"), reverse("attestation_change", args=[found.pk])
    sent = {"title": "Nyt", "due": str(day(40)), "edit_version": "1"}
    assert client.get(url).status_code == 200
    assert client.post(url, sent).url == found.get_absolute_url()
    assert client.post(url, sent | {"title": "Andet"}).status_code == 409
    assert client.post(url, sent | {"due": str(day(-1))}).status_code == 400


def test_closing_says_what_waits_then_who_is_silent_then_gives_the_document(
    cast: Cast, client_of: ClientOf
) -> None:
    (one,) = owns(cast, cast.member, "A")
    owns(cast, cast.dpo, "B")
    found = opened(cast)
    says(cast.member, one, "change", "Navnet")
    client, url = client_of("coordinator"), reverse("attestation_close", args=[found.pk])
    document = reverse("attestation_record", args=[found.pk])
    assert "<textarea" not in client.get(url).content.decode()
    assert client.post(url, {"conclusion": ""}).status_code == 400
    assert client.get(document).status_code == 404
    settle(Statement.objects.wanting().get(), by=cast.coordinator, settlement="Rettet")
    assert cast.dpo.name in client.get(url).content.decode()
    assert client.post(url, {"conclusion": "Sådan blev det"}).url == found.get_absolute_url()
    html = client_of("chair").get(found.get_absolute_url()).content.decode()
    for wanted in ("Sådan blev det", "Rettet", cast.dpo.name, document):
        assert wanted in html
    assert client_of("chair").get(document).content.startswith(b"%PDF")
    assert client_of("employee").get(document).status_code == 404
    assert client.post(url, {"conclusion": ""}).status_code == 400


def test_the_workbook_is_for_who_reads_the_registers(cast: Cast, client_of: ClientOf) -> None:
    owns(cast, cast.system_owner, "A")
    found = opened(cast)
    url = reverse("attestation_file", args=[found.pk])
    assert client_of("auditor").get(url).content.startswith(b"PK")
    assert client_of("employee").get(url).status_code == 404


@pytest.mark.parametrize("who", ["coordinator", "auditor"])
def test_the_rounds_ask_few_questions_however_many_are_asked(
    cast: Cast, client_of: ClientOf, who: str
) -> None:
    for person in (cast.member, cast.dpo, cast.chair, cast.deputy, cast.system_owner):
        for thing in owns(cast, person, *(f"{person.name} {number}" for number in range(5))):
            give(cast, thing, cast.head_of_it, Role.MANAGER)
    found = opened(cast)
    for row in Statement.objects.filter(asked__person=cast.member).select_related("asset"):
        says(cast.member, row.asset, "not_mine")
    client = client_of(who)
    for url in (found.get_absolute_url(), reverse("attestation_rounds")):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        assert len(queries) <= MOST_QUERIES, "\n".join(one["sql"][:160] for one in queries)
