"""An agenda read item by item: marks that are no votes, questions, private notes, and the copy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.models import Municipality, Person, Reading
from kommissorium.conftest import Cast, queries_of, time_is
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.agenda import add_item, change_item, remove_item
from kommissorium.meetings.actions.call import call_meeting, withdraw_item
from kommissorium.meetings.actions.reading import (
    answer_question,
    ask_question,
    encrypt_notes_anew,
    forget_item_readings,
    forget_reader,
    mark_item,
    write_note,
)
from kommissorium.meetings.models import (
    AgendaItem,
    ItemQuestion,
    ItemReading,
    Meeting,
    PrivateNote,
)
from kommissorium.meetings.reading_page import cards_of, who_has_read
from kommissorium.meetings.tests.test_agenda import closed_item
from kommissorium.meetings.todo import todos_of

Browser = Callable[[str], Client]
SECRET = "Det her må formanden ikke se"


def page_of(meeting: Meeting) -> str:
    return reverse("meeting_read", args=[meeting.pk])


def shown(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def item(meeting: Meeting, cast: Cast) -> AgendaItem:
    """An item that recommends something, on an agenda that is not sent out yet."""
    return add_item(
        meeting,
        by=cast.coordinator,
        title="Ny firewall",
        type="decision",
        presentation="<p>Den gamle er slidt op.</p>",
        recommendation="<p>Udvalget køber en ny.</p>",
    )


def anew(item: AgendaItem) -> AgendaItem:
    return AgendaItem.objects.select_related("meeting__committee").get(pk=item.pk)


def test_a_card_for_each_item_with_its_recommendation(item, meeting, client_of) -> None:
    html = shown(client_of("member"), page_of(meeting))
    assert html.count("reading-card") == meeting.items.count()
    assert html.count('reading-fold" open') == 1  # the first that is not read
    assert "Udvalget køber en ny." in html and "Den gamle er slidt op." in html
    assert f"0 af {meeting.items.count()} punkter er læst" in html
    assert "Det er ikke en stemme." in html


def test_marks_lead_to_the_next_item_and_can_be_taken_back(item, meeting, cast, client_of) -> None:
    browser, first = client_of("member"), meeting.items.first()
    answer = browser.post(reverse("item_mark", args=[first.pk]), {"mark": "read"})
    second = meeting.items.all()[1]
    assert answer.url == f"{page_of(meeting)}?item={second.pk}#item-{second.pk}"
    assert shown(browser, answer.url).count('reading-fold" open') == 1
    browser.post(reverse("item_mark", args=[item.pk]), {"mark": "agree"})
    html = shown(browser, page_of(meeting))
    assert f"2 af {meeting.items.count()} punkter er læst" in html and "Du er enig" in html
    assert ItemReading.objects.get(item=item).is_agreed
    answer = browser.post(reverse("item_mark", args=[item.pk]), {"mark": "unread"})
    assert answer.url.endswith(f"#item-{item.pk}")
    assert not ItemReading.objects.filter(item=item).exists()
    with pytest.raises(Refused):
        mark_item(first, by=cast.member, mark="agree")  # it recommends nothing


def test_what_was_changed_is_to_be_read_again(item, meeting, cast, client_of) -> None:
    mark_item(item, by=cast.member, mark="agree")
    values = {name: getattr(item, name) for name in ("title", "type", "presentation")}
    change_item(
        item,
        by=cast.coordinator,
        **values,
        recommendation="<p>Udvalget køber to.</p>",
        is_closed=False,
        closed_ground="",
        edit_version=item.edit_version,
    )
    html = shown(client_of("member"), page_of(meeting))
    assert "Ændret, siden du læste det" in html
    assert f"0 af {meeting.items.count()} punkter er læst" in html
    readers = who_has_read(list(meeting.items.all()), [cast.member, cast.chair])
    assert [one.read for one in readers.people] == [0, 0]


def test_only_who_has_a_seat_marks_and_asks(item, meeting, cast, client_of) -> None:
    for who, status in [("auditor", 403), ("executive", 403), ("administrator", 404)]:
        for name in ("item_mark", "item_note", "item_question_add"):
            address = reverse(name, args=[item.pk])
            assert client_of(who).post(address, {"text": "Hvad?"}).status_code == status, who
    html = shown(client_of("auditor"), page_of(meeting))
    assert "punkter er læst" not in html and reverse("item_mark", args=[item.pk]) not in html
    for act in (ask_question, write_note):
        with pytest.raises(PermissionDenied):
            act(item, by=cast.auditor, text="Hvad?")


def test_nothing_is_marked_when_the_meeting_is_over_and_notes_stay(item, meeting, cast) -> None:
    write_note(item, by=cast.member, text="Husk prisen")
    with time_is(meeting.ends_at + timedelta(hours=1)):
        late = anew(item)
        with pytest.raises(PermissionDenied):
            mark_item(late, by=cast.member, mark="read")
        with pytest.raises(PermissionDenied):
            ask_question(late, by=cast.member, text="For sent?")
        write_note(late, by=cast.member, text="Sådan gik det")
    assert PrivateNote.objects.get().text == "Sådan gik det"


def test_a_private_note_is_seen_by_its_writer_alone(item, meeting, cast, client_of) -> None:
    address = reverse("item_note", args=[item.pk])
    assert client_of("member").post(address, {"text": SECRET}).status_code == 302
    assert SECRET in shown(client_of("member"), page_of(meeting))
    pages = [
        page_of(meeting),
        reverse("meeting_read_copy", args=[meeting.pk]),
        meeting.get_absolute_url(),
        item.get_absolute_url(),
        reverse("meeting_history", args=[meeting.pk]),
    ]
    for who in ("coordinator", "chair", "dpo", "auditor", "executive"):
        for one in pages:
            assert SECRET not in shown(client_of(who), one), (who, one)
    kept = bytes(PrivateNote.objects.get().encrypted)
    assert SECRET.encode() not in kept
    assert "note" not in "".join(Event.objects.values_list("act", flat=True)[:5])
    client_of("member").post(address, {"text": " "})
    assert not PrivateNote.objects.exists()


def test_a_note_outlasts_another_key_where_it_is_encrypted_anew(item, cast, settings) -> None:
    write_note(item, by=cast.member, text=SECRET)
    former = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_BEFORE = "another key, long enough for that", former
    assert encrypt_notes_anew() == 0
    settings.SECRET_KEY_BEFORE = ""
    assert PrivateNote.objects.get().text == SECRET
    settings.SECRET_KEY = "a third one, and nobody has the second"
    assert PrivateNote.objects.get().text is None
    assert encrypt_notes_anew() == 1


def test_a_note_that_no_key_reads_is_said_to_be_lost(item, meeting, cast, client_of) -> None:
    write_note(item, by=cast.member, text=SECRET)
    PrivateNote.objects.update(encrypted=b"x" * 40)
    html = shown(client_of("member"), page_of(meeting))
    assert "Noten kan ikke læses" in html


def test_a_question_is_seen_answered_and_waits_for_who_prepares(
    item, meeting, cast, client_of
) -> None:
    address = reverse("item_question_add", args=[item.pk])
    assert client_of("member").post(address, {"text": " "}).status_code == 400
    for _twice in range(2):
        client_of("member").post(address, {"text": "Hvad koster den?"})
    question = ItemQuestion.objects.get()
    today = timezone.localdate()
    kept = [meeting.committee_id]
    assert any("spørgsmål" in one.text for one in todos_of(cast.coordinator, today, kept=kept))
    for who in ("coordinator", "dpo", "auditor"):
        assert "Hvad koster den?" in shown(client_of(who), page_of(meeting))
        assert "Hvad koster den?" in shown(client_of(who), item.get_absolute_url())
    to_answer = reverse("item_question_answer", args=[question.pk])
    assert client_of("member").post(to_answer, {"answer": "Meget"}).status_code == 403
    assert client_of("coordinator").post(to_answer, {"answer": ""}).status_code == 400
    client_of("coordinator").post(to_answer, {"answer": "40.000 kr."})
    assert "40.000 kr." in shown(client_of("member"), page_of(meeting))
    with pytest.raises(Refused):
        answer_question(question, by=cast.coordinator, answer="Igen")
    assert not any("spørgsmål" in one.text for one in todos_of(cast.coordinator, today, kept=kept))
    acts = set(Event.objects.about(meeting).values_list("act", flat=True))
    assert {"meetings.question_asked", "meetings.question_answered"} <= acts
    assert "Ny firewall" in shown(
        client_of("member"), reverse("meeting_history", args=[meeting.pk])
    )
    assert check_database().holds


def test_a_closed_item_is_a_card_without_words_for_others(meeting, cast, client_of) -> None:
    closed = closed_item(meeting, cast)
    question = ask_question(closed, by=cast.member, text="Hvem er det?")
    assert closed.title in shown(client_of("member"), page_of(meeting))
    noted = Reading.objects.filter(what="closed", object_kind="meetings.meeting")
    assert [one.person for one in noted] == [cast.member]
    html = shown(client_of("auditor"), page_of(meeting))
    assert closed.title not in html and "Lukket punkt" in html and "Hvem er det?" not in html
    for name in ("item_mark", "item_note", "item_question_add"):
        assert client_of("auditor").post(reverse(name, args=[closed.pk])).status_code == 404
    address = reverse("item_question_answer", args=[question.pk])
    assert client_of("executive").post(address, {"answer": "Nej"}).status_code == 404


def test_the_copy_holds_no_closed_item_unless_the_municipality_lets_it(
    item, meeting, cast, client_of
) -> None:
    closed = closed_item(meeting, cast)
    write_note(item, by=cast.member, text="Husk prisen")
    address = reverse("meeting_read_copy", args=[meeting.pk])
    answer = client_of("member").get(address)
    html = answer.content.decode()
    assert "Det er kopien fra" in html and "Husk prisen" in html and item.title in html
    assert closed.title not in html and "Det er ikke med i kopien." in html
    assert "<form" not in html and cast.member.name not in html
    until = datetime.fromisoformat(answer.headers["X-Kept-Until"])
    assert until == meeting.ends_at + timedelta(days=1)
    assert answer.headers["Cache-Control"] == "no-store"
    assert not Reading.objects.filter(what="closed").exists()
    Municipality.objects.update(closed_items_offline=True)
    assert closed.title in shown(client_of("member"), address)
    assert closed.title not in shown(client_of("auditor"), address)
    assert Reading.objects.filter(what="closed", person=cast.member).exists()


def test_the_worker_governs_the_page_alone(meeting, client_of) -> None:
    answer = client_of("member").get(reverse("meeting_worker", args=[meeting.pk]))
    assert answer.headers["Content-Type"] == "text/javascript"
    assert "Service-Worker-Allowed" not in answer.headers  # so its folder is its scope
    assert b"copy/" in answer.content
    assert client_of("administrator").get(answer.request["PATH_INFO"]).status_code == 404
    html = shown(client_of("member"), page_of(meeting))
    assert f'data-worker="{answer.request["PATH_INFO"]}"' in html


def test_who_prepares_sees_who_has_read_and_nobody_else(item, meeting, cast, client_of) -> None:
    call_meeting(meeting, by=cast.coordinator)
    mark_item(anew(item), by=cast.member, mark="agree")
    mark_item(meeting.items.first(), by=cast.member, mark="read")
    for who in ("coordinator", "chair"):
        html = shown(client_of(who), meeting.get_absolute_url())
        assert f"2 af {meeting.items.count()}, senest" in html and "enig én gang" in html
    for who in ("member", "auditor", "executive", "dpo"):
        assert "Hvem har læst" not in shown(client_of(who), meeting.get_absolute_url())


def test_withdrawn_items_are_not_counted(item, meeting, cast) -> None:
    call_meeting(meeting, by=cast.coordinator)
    withdraw_item(anew(item), by=cast.coordinator, because="Den holder endnu.")
    cards = cards_of(Meeting.objects.get(pk=meeting.pk), cast.member)
    assert [card.counts for card in cards].count(False) == 1
    with pytest.raises(PermissionDenied):
        mark_item(anew(item), by=cast.member, mark="read")


def test_no_page_for_meetings_of_others_and_cancelled_ones(meeting, client_of) -> None:
    for who in ("administrator", "employee"):
        assert client_of(who).get(page_of(meeting)).status_code == 404
    Meeting.objects.update(state="cancelled", cancelled_because="Sygdom")
    assert client_of("member").get(page_of(meeting)).status_code == 404


def test_an_item_that_was_read_and_asked_about_can_be_removed(item, cast) -> None:
    mark_item(item, by=cast.member, mark="read")
    write_note(item, by=cast.member, text=SECRET)
    ask_question(item, by=cast.member, text="Hvorfor?")
    remove_item(anew(item), by=cast.coordinator)
    assert not (ItemReading.objects.exists() or PrivateNote.objects.exists())
    assert not ItemQuestion.objects.exists()
    assert check_database().holds


def test_marks_and_notes_are_forgotten_some_months_after(item, meeting, cast) -> None:
    mark_item(item, by=cast.member, mark="read")
    write_note(item, by=cast.member, text=SECRET)
    ask_question(item, by=cast.member, text="Hvorfor?")
    for days, left in ((89, 1), (91, 0)):
        with time_is(meeting.ends_at + timedelta(days=days)):
            forget_item_readings()
        assert ItemReading.objects.count() == PrivateNote.objects.count() == left
    assert ItemQuestion.objects.count() == 1  # it was said to the committee


def test_what_a_person_read_and_noted_goes_with_their_name(item, cast) -> None:
    for one in (cast.member, cast.dpo):
        mark_item(item, by=one, mark="read")
        write_note(item, by=one, text=SECRET)
    forget_reader(cast.member)
    assert ItemReading.objects.get().person == PrivateNote.objects.get().person == cast.dpo


def test_the_page_asks_as_much_for_many_items(item, meeting, cast, client_of) -> None:
    browser = client_of("member")
    browser.get(page_of(meeting))
    few = queries_of(lambda: browser.get(page_of(meeting)))
    for number in range(5):
        more = add_item(meeting, by=cast.coordinator, title=f"Punkt {number}", type="information")
        ask_question(more, by=cast.member, text="Hvad?")
        write_note(more, by=cast.member, text="Noget")
    assert queries_of(lambda: browser.get(page_of(meeting))) <= few


def test_pages_are_in_english_too(item, meeting, client_of) -> None:
    Person.objects.update(language="en")
    html = shown(client_of("member"), page_of(meeting))
    assert "It is no vote." in html
