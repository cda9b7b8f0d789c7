"""Statuses by their pages: composed, written, refused, read, and handed out."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from kommissorium.conftest import Cast
from kommissorium.measures.periods import Quarter
from kommissorium.reports.models import QuarterlyStatus
from kommissorium.reports.tests.cases import approved, composed, drafted, ended, proposed, write


def fields(status: QuarterlyStatus, page: str, **typed: str) -> dict[str, str]:
    """Return the form of the page as a browser sends it, with what was typed."""
    form = page.context["form"]  # type: ignore[attr-defined]
    sent = {name: form[name].value() or "" for name in form.fields}
    return {name: value for name, value in sent.items() if value is not True} | typed


def edit_url(status: QuarterlyStatus) -> str:
    return reverse("told_edit", args=["status", status.pk])


def test_the_coordinator_composes_with_one_press(cast: Cast, client_of) -> None:
    browser = client_of("coordinator")
    page = browser.get(reverse("statuses")).content.decode()
    assert "Ikke begyndt" in page and ended().label in page
    sent = {"committee": cast.committee.pk, "quarter": str(ended())}
    answer = browser.post(reverse("status_new"), sent)
    made = QuarterlyStatus.objects.get()
    assert answer.status_code == 302 and answer.url == made.get_absolute_url()
    shown = browser.get(answer.url).content.decode()
    assert "Skal skrives" in shown and "Firewall" in shown


@pytest.mark.parametrize("quarter", ["2026-5", "", "i går", "\x00", "1999-1", "²026-1"])
def test_what_names_no_quarter_is_refused_in_words(cast: Cast, client_of, quarter: str) -> None:
    sent = {"committee": cast.committee.pk, "quarter": quarter}
    answer = client_of("coordinator").post(reverse("status_new"), sent)
    assert answer.status_code == 400 and "Skriv kvartalet" in answer.content.decode()


def test_a_quarter_to_come_and_a_second_status_are_refused_in_words(cast: Cast, client_of) -> None:
    composed(cast)
    browser, url = client_of("coordinator"), reverse("status_new")
    sent = {"committee": cast.committee.pk, "quarter": str(Quarter.of(timezone.localdate()))}
    answer = browser.post(url, sent)
    assert answer.status_code == 400 and "er ikke slut" in answer.content.decode()
    answer = browser.post(url, sent | {"quarter": str(ended())})
    assert answer.status_code == 400 and "har allerede én" in answer.content.decode()
    for key in ("999999", "x", "", "99999999999999999999"):
        assert (
            browser.post(url, sent | {"quarter": str(ended(2)), "committee": key}).status_code
            == 404
        )


def test_all_sentences_are_written_on_one_page(cast: Cast, client_of) -> None:
    status, browser = composed(cast), client_of("coordinator")
    page = browser.get(edit_url(status))
    typed = {"text_firewall": "Udskiftet i maj.", "empty_network": "on"}
    assert browser.post(edit_url(status), fields(status, page, **typed)).status_code == 302
    parts = {one.code: one for one in status.parts.all()}
    assert parts["firewall"].said == "Udskiftet i maj." and parts["network"].is_empty
    assert [one.code for one in parts.values() if one.said or one.is_empty] == [
        "firewall",
        "network",
    ]


def test_two_who_write_the_same_sentence_see_both_and_nothing_is_lost(
    cast: Cast, client_of
) -> None:
    status, browser = composed(cast), client_of("coordinator")
    page = browser.get(edit_url(status))
    write(cast, status, awareness="Den første", physical="Ny lås")
    typed = fields(status, page, text_awareness="Den anden", text_firewall="Min egen")
    answer = browser.post(edit_url(status), typed)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Den første" in text and "Den anden" in text and "Min egen" in text
    assert [one.label for one in answer.context["differences"]] == ["Awareness"]
    again = fields(status, answer)
    assert browser.post(edit_url(status), again).status_code == 302
    parts = {one.code: one.text for one in status.parts.all()}
    assert parts["awareness"] == "Den anden" and parts["firewall"] == "Min egen"
    assert parts["physical"] == "Ny lås", "what was not touched is not saved over"


def test_two_who_write_different_sentences_do_not_meet(cast: Cast, client_of) -> None:
    status, browser = composed(cast), client_of("coordinator")
    page = browser.get(edit_url(status))
    write(cast, status, awareness="Den første")
    typed = fields(status, page, text_firewall="Min egen")
    assert browser.post(edit_url(status), typed).status_code == 302
    parts = {one.code: one.text for one in status.parts.all()}
    assert (parts["awareness"], parts["firewall"]) == ("Den første", "Min egen")


def test_a_text_too_long_stands_beside_its_field_and_is_not_lost(cast: Cast, client_of) -> None:
    status, browser = composed(cast), client_of("coordinator")
    page = browser.get(edit_url(status))
    answer = browser.post(edit_url(status), fields(status, page, text_network="æ" * 5001))
    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {"text_network"}
    assert "æ" * 5001 in answer.content.decode()


def test_nonsense_in_hidden_fields_is_no_error(cast: Cast, client_of) -> None:
    status, browser = composed(cast), client_of("coordinator")
    sent = {"text_network": "Nyt", "seen_network": "x:²", "seen_firewall": "9" * 40}
    assert browser.post(edit_url(status), sent).status_code in {302, 409}
    kept = list(status.parts.values_list("said", flat=True))
    assert browser.post(edit_url(status), {}).status_code == 302
    assert list(status.parts.values_list("said", flat=True)) == kept


def test_an_approved_one_says_that_it_cannot_be_edited(cast: Cast, client_of) -> None:
    status, browser = approved(cast), client_of("coordinator")
    for url in (edit_url(status), reverse("told_recompose", args=["status", status.pk])):
        answer = browser.post(url, {"text_network": "Nej"})
        assert answer.status_code == 400 and "godkendt" in answer.content.decode()
    assert edit_url(status) not in browser.get(status.get_absolute_url()).content.decode()


def test_word_and_data_are_of_what_was_approved_or_say_that_it_is_a_draft(
    cast: Cast, client_of
) -> None:
    browser = client_of("member")
    kept, waiting = approved(cast, 2), proposed(cast)

    def handed_out(status: QuarterlyStatus, form: str) -> bytes:
        answer = browser.get(reverse("told_file", args=["status", status.pk, form]))
        assert answer.status_code == 200
        return b"".join(answer.streaming_content) if answer.streaming else answer.content

    data = json.loads(handed_out(kept, "json"))
    assert data["decision"] == kept.decision.number and not data["is_draft"]
    assert {one["code"] for one in data["parts"]} >= {"conclusion", "compliance", "projects"}
    assert json.loads(handed_out(waiting, "json"))["is_draft"]
    words = "\n".join(one.text for one in Document(BytesIO(handed_out(waiting, "docx"))).paragraphs)
    assert "UDKAST" in words and "Alle er grønne." in words
    words = "\n".join(one.text for one in Document(BytesIO(handed_out(kept, "docx"))).paragraphs)
    assert "UDKAST" not in words
    assert browser.get(reverse("told_file", args=["status", kept.pk, "exe"])).status_code == 404


def test_a_draft_is_the_coordinators_alone_and_an_outsider_sees_nothing(
    cast: Cast, client_of
) -> None:
    status = drafted(cast)
    for who in ("member", "dpo", "auditor", "executive", "employee"):
        assert client_of(who).get(status.get_absolute_url()).status_code == 404, who
    assert client_of("member").get(reverse("statuses")).status_code == 200
    assert client_of("employee").get(reverse("statuses")).status_code == 404
