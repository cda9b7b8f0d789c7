"""The agenda is drafted by one press; what a person edits stays, and what is new lies beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from kommissorium.accounts.models import Person
from kommissorium.conftest import MOST_OF_PARTS, Cast, in_days, queries_of
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Conflict
from kommissorium.core.richtext import plain_text, sanitise
from kommissorium.meetings.actions.agenda import add_item, change_item, remove_item
from kommissorium.meetings.actions.calendar import cancel_meeting, plan_meeting
from kommissorium.meetings.actions.drafts import keep_own_text, use_draft
from kommissorium.meetings.models import AgendaItem, ItemDraft, Meeting
from kommissorium.secretariat.actions.agendas import compose_agenda
from kommissorium.secretariat.actions.cycle import call
from kommissorium.tasks.actions import give_task

pytestmark = pytest.mark.both("numbers too large for a column")

Browser = Callable[[str], Client]
ONGOING = "agenda_ongoing"


@pytest.fixture(autouse=True)
def _in_english(cast: Cast) -> Iterator[None]:
    Person.objects.update(language="en")
    for name in ("coordinator", "chair", "member", "auditor"):
        cast.who(name).language = "en"
    with translation.override("en"):
        yield


def page_of(meeting: Meeting) -> str:
    return reverse("meeting_composing", args=[meeting.pk])


def item(meeting: Meeting, measure: str = ONGOING) -> AgendaItem:
    found = meeting.items.select_related("clause", "draft", "meeting__committee")
    return found.get(clause__measure=measure)


def late_task(cast: Cast, title: str, days: int = 3) -> None:
    given = give_task(
        by=cast.coordinator,
        committee=cast.committee,
        title=title,
        owner=cast.member,
        due=in_days(9, 12).date(),
    )
    type(given).objects.filter(pk=given.pk).update(due=timezone.localdate() - timedelta(days=days))


def edit(cast: Cast, one: AgendaItem, **texts: str) -> None:
    one.refresh_from_db()
    names = ("title", "type", "presentation", "recommendation", "is_closed", "closed_ground")
    kept: dict[str, Any] = {name: getattr(one, name) for name in (*names, "edit_version")}
    change_item(one, by=cast.coordinator, **{**kept, **texts})


def choose(browser: Client, one: AgendaItem, choice: str, **others: int) -> Any:
    one = item(one.meeting, one.measure)
    seen = {"edit_version": one.edit_version, "draft_version": one.draft.edit_version}
    return browser.post(reverse("item_draft", args=[one.pk]), {"choice": choice, **seen, **others})


def test_one_press_writes_the_items_that_the_mandate_demands(
    cast: Cast, client_of: Browser, meeting: Meeting
) -> None:
    late_task(cast, "Luk den gamle server")
    browser = client_of("coordinator")
    assert "Draft the agenda" in browser.get(meeting.get_absolute_url()).content.decode()
    answer = browser.post(page_of(meeting), follow=True)
    assert answer.redirect_chain == [(page_of(meeting), HTTPStatus.FOUND)]
    one = item(meeting)
    assert "The task “Luk den gamle server” is overdue" in one.presentation
    assert "asks whoever has the overdue task to finish it" in one.recommendation
    shown = answer.content.decode()
    assert "As drafted" in shown and "Luk den gamle server" in shown
    assert "Sources:" in shown
    assert not item(meeting, "agenda_any_other_business").recommendation


def test_items_of_peoples_own_are_left_alone(cast: Cast, meeting: Meeting) -> None:
    own = add_item(meeting, by=cast.coordinator, title="Eget", type="decision", presentation="")
    edit(cast, item(meeting, "agenda_incidents"), presentation="<p>To hændelser.</p>")
    compose_agenda(meeting, by=cast.coordinator)
    own.refresh_from_db()
    assert own.presentation == "" and not hasattr(own, "draft")
    assert item(meeting, "agenda_incidents").presentation == "<p>To hændelser.</p>"


def test_what_nobody_edited_is_renewed_and_what_is_the_same_is_not_written(
    cast: Cast, meeting: Meeting
) -> None:
    late_task(cast, "Første")
    compose_agenda(meeting, by=cast.coordinator)
    version = item(meeting).edit_version
    assert compose_agenda(meeting, by=cast.coordinator) == []
    assert item(meeting).edit_version == version
    late_task(cast, "Anden", 9)
    assert [one.pk for one in compose_agenda(meeting, by=cast.coordinator)].count(item(meeting).pk)
    assert "2 tasks are overdue. The longest overdue is “Anden”" in item(meeting).presentation
    assert not item(meeting).draft.is_edited and not item(meeting).draft.has_news


def test_what_was_edited_stays_and_the_new_lies_beside_it(
    cast: Cast, client_of: Browser, meeting: Meeting
) -> None:
    late_task(cast, "Første")
    compose_agenda(meeting, by=cast.coordinator)
    edit(cast, item(meeting), presentation="<p>Mine egne ord.</p>")
    compose_agenda(meeting, by=cast.coordinator)
    assert item(meeting).draft.is_edited and not item(meeting).draft.has_news
    late_task(cast, "Anden", 9)
    browser = client_of("coordinator")
    shown = browser.post(page_of(meeting), follow=True).content.decode()
    assert "1 item that you have edited has something new beside it." in shown
    assert "Mine egne ord." in shown and "2 tasks are overdue" in shown
    assert item(meeting).presentation == "<p>Mine egne ord.</p>"
    marked = dict(item(meeting).draft.marked_sentences)
    assert next(one for one, is_new in marked.items() if is_new).startswith("2 tasks are overdue")
    editor = browser.get(reverse("item_edit", args=[item(meeting).pk])).content.decode()
    assert "The new draft" in editor and "2 tasks are overdue" in editor


def test_the_new_draft_is_used_by_a_press(cast: Cast, client_of: Browser, meeting: Meeting) -> None:
    compose_agenda(meeting, by=cast.coordinator)
    edit(cast, item(meeting), presentation="<p>Mine egne ord.</p>")
    late_task(cast, "Anden")
    compose_agenda(meeting, by=cast.coordinator)
    answer = choose(client_of("coordinator"), item(meeting), "use")
    assert answer.headers["Location"] == f"{page_of(meeting)}#item-{item(meeting).pk}"
    one = item(meeting)
    assert "Anden" in one.presentation and not one.draft.is_edited and not one.draft.has_news


def test_the_own_text_is_kept_by_a_press(cast: Cast, client_of: Browser, meeting: Meeting) -> None:
    compose_agenda(meeting, by=cast.coordinator)
    edit(cast, item(meeting), presentation="<p>Mine egne ord.</p>")
    late_task(cast, "Anden")
    compose_agenda(meeting, by=cast.coordinator)
    assert choose(client_of("coordinator"), item(meeting), "keep").status_code == HTTPStatus.FOUND
    one = item(meeting)
    assert one.presentation == "<p>Mine egne ord.</p>"
    assert one.draft.is_edited and not one.draft.has_news
    compose_agenda(meeting, by=cast.coordinator)
    assert not item(meeting).draft.has_news, "it was seen; only what comes after it is new"


def test_what_a_person_emptied_stays_empty(cast: Cast, meeting: Meeting) -> None:
    late_task(cast, "Første")
    compose_agenda(meeting, by=cast.coordinator)
    edit(cast, item(meeting), presentation="", recommendation="")
    late_task(cast, "Anden")
    compose_agenda(meeting, by=cast.coordinator)
    assert item(meeting).presentation == "" and item(meeting).draft.has_news


def test_nobody_overwrites_what_another_wrote_meanwhile(
    cast: Cast, client_of: Browser, meeting: Meeting
) -> None:
    compose_agenda(meeting, by=cast.coordinator)
    edit(cast, item(meeting), presentation="<p>Mine egne ord.</p>")
    late_task(cast, "Anden")
    compose_agenda(meeting, by=cast.coordinator)
    one = item(meeting)
    seen = {"edit_version": one.edit_version, "draft_version": one.draft.edit_version}
    edit(cast, item(meeting), presentation="<p>Formandens ord.</p>")
    answer = client_of("coordinator").post(
        reverse("item_draft", args=[one.pk]), {"choice": "use", **seen}
    )
    assert answer.status_code == HTTPStatus.CONFLICT
    assert item(meeting).presentation == "<p>Formandens ord.</p>"
    late_task(cast, "Tredje")
    compose_agenda(meeting, by=cast.chair)
    version = item(meeting).edit_version
    with pytest.raises(Conflict):
        use_draft(item(meeting), by=cast.coordinator, **{**seen, "edit_version": version})
    with pytest.raises(Conflict):
        keep_own_text(item(meeting), by=cast.coordinator, draft_version=seen["draft_version"])


def test_who_edits_while_another_drafts_anew_sees_both_texts(
    cast: Cast, client_of: Browser, meeting: Meeting
) -> None:
    late_task(cast, "Første")
    compose_agenda(meeting, by=cast.coordinator)
    one = item(meeting)
    typed = {
        "title": one.title,
        "type": one.type,
        "presentation": "<p>Skrevet imens.</p>",
        "recommendation": one.recommendation,
        "edit_version": one.edit_version,
    }
    late_task(cast, "Anden", 9)
    compose_agenda(meeting, by=cast.chair)
    url = f"{reverse('item_edit', args=[one.pk])}?from=composing"
    answer = client_of("coordinator").post(url, typed)
    assert answer.status_code == HTTPStatus.CONFLICT
    shown = answer.content.decode()
    assert "Skrevet imens." in shown and "2 tasks are overdue" in shown
    typed["edit_version"] = item(meeting).edit_version
    again = client_of("coordinator").post(url, typed)
    assert again.headers["Location"] == f"{page_of(meeting)}#item-{one.pk}"
    assert item(meeting).presentation == "<p>Skrevet imens.</p>"


def test_after_the_call_nothing_is_drafted_and_words_say_so(
    cast: Cast, client_of: Browser, meeting: Meeting
) -> None:
    compose_agenda(meeting, by=cast.coordinator)
    one = item(meeting)
    call(meeting, by=cast.coordinator)
    kept = list(AgendaItem.objects.order_by("pk").values())
    browser = client_of("coordinator")
    for answer in (
        browser.get(page_of(meeting)),
        browser.post(page_of(meeting)),
        browser.get(reverse("meeting_preview", args=[meeting.pk])),
        choose(browser, one, "use"),
    ):
        assert answer.status_code == HTTPStatus.BAD_REQUEST
        assert "The meeting has been called." in answer.content.decode()
    assert list(AgendaItem.objects.order_by("pk").values()) == kept
    meeting.refresh_from_db()
    with pytest.raises(PermissionDenied):
        compose_agenda(meeting, by=cast.coordinator)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("held", "The meeting has been held."),
        ("approved", "The meeting has been held."),
        ("over", "The day of the meeting is over."),
    ],
)
def test_a_meeting_that_is_past_that_says_why(
    client_of: Browser, meeting: Meeting, state: str, words: str
) -> None:
    begun = timezone.localtime() - timedelta(days=3)
    values: dict[str, Any] = {"starts_at": begun, "ends_at": begun + timedelta(hours=1)}
    if state != "over":
        values |= {"state": state, "year": begun.year, "number": 9}
    Meeting.objects.filter(pk=meeting.pk).update(**values)
    answer = client_of("coordinator").post(page_of(meeting))
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert words in answer.content.decode()


def test_a_cancelled_meeting_says_so(cast: Cast, client_of: Browser, meeting: Meeting) -> None:
    cancel_meeting(meeting, by=cast.coordinator, because="Sne")
    answer = client_of("coordinator").post(page_of(meeting))
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert "The meeting is cancelled." in answer.content.decode()


def test_nonsense_chooses_nothing(cast: Cast, client_of: Browser, meeting: Meeting) -> None:
    compose_agenda(meeting, by=cast.coordinator)
    one = item(meeting)
    url = reverse("item_draft", args=[one.pk])
    for data in ({}, {"choice": "x"}, {"choice": "use", "edit_version": "9" * 40}):
        answer = client_of("coordinator").post(url, data)
        assert answer.status_code in (HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT)
    bare = add_item(meeting, by=cast.coordinator, title="Eget", type="decision")
    answer = client_of("coordinator").post(reverse("item_draft", args=[bare.pk]))
    assert answer.status_code == HTTPStatus.NOT_FOUND


def test_an_empty_municipality_gets_no_decisions_out_of_nothing(
    cast: Cast, client_of: Browser, meeting: Meeting
) -> None:
    compose_agenda(meeting, by=cast.coordinator)
    told = {
        one.measure: (plain_text(one.presentation), plain_text(one.recommendation))
        for one in meeting.items.select_related("clause")
    }
    assert told["agenda_minutes"] == (
        "There are no minutes to approve that were sent out.",
        "",
    )
    assert told[ONGOING] == ("There is nothing new about the tasks.", "")
    assert told["agenda_incidents"] == ("", "")
    assert told["agenda_year_wheel"] == ("", "")
    assert told["agenda_any_other_business"] == ("No meeting after this one is planned.", "")
    shown = client_of("coordinator").get(page_of(meeting)).content.decode()
    assert shown.count("No register tells of this item. Write it yourself.") == 4


def test_a_member_is_shown_closed_items_and_others_only_that_there_is_one(
    cast: Cast, client_of: Browser, meeting: Meeting
) -> None:
    add_item(
        meeting,
        by=cast.coordinator,
        title="Svagheder i lønsystemet",
        type="decision",
        presentation="<p>Tre konti.</p>",
        is_closed=True,
        closed_ground="Offentlighedsloven § 33, nr. 5",
    )
    compose_agenda(meeting, by=cast.coordinator)
    url = reverse("meeting_preview", args=[meeting.pk])
    browser = client_of("coordinator")
    shown = browser.get(url).content.decode()
    assert "Tre konti." in shown and "Svagheder i lønsystemet" in shown
    hidden = browser.get(f"{url}?as=follower").content.decode()
    assert "Tre konti." not in hidden and "Svagheder i lønsystemet" not in hidden
    assert "Closed item" in hidden


def test_a_meeting_further_ahead_takes_nothing_from_the_next_one(
    cast: Cast, meeting: Meeting
) -> None:
    later = plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(90, 13),
        ends_at=in_days(90, 15),
        place="Rådhuset",
    )
    held = later.items.get(position=2)
    past = timezone.localtime() - timedelta(days=30)
    before = Meeting.objects.create(
        committee=cast.committee,
        starts_at=past,
        ends_at=past + timedelta(hours=1),
        state="held",
        year=past.year,
        number=99,
    )
    AgendaItem.objects.create(meeting=before, position=1, title="Igen", is_recurring=True)
    compose_agenda(later, by=cast.coordinator)
    assert held.draft is not None and not later.items.filter(title="Igen").exists()
    compose_agenda(meeting, by=cast.coordinator)
    assert meeting.items.filter(title="Igen").count() == 1


def test_what_people_wrote_is_text_and_nothing_else(cast: Cast, meeting: Meeting) -> None:
    late_task(cast, "<script>alert(1)</script> A < B & C %(name)s")
    compose_agenda(meeting, by=cast.coordinator)
    one = item(meeting)
    assert "<script" not in one.presentation
    assert "A < B & C %(name)s" in plain_text(one.presentation)
    assert sanitise(one.presentation) == one.presentation, "else an editor would seem to edit it"
    assert sanitise(one.recommendation) == one.recommendation


def test_the_language_is_that_of_who_drafts(
    cast: Cast, client_of: Browser, meeting: Meeting
) -> None:
    late_task(cast, "Luk den gamle server")
    Person.objects.filter(pk=cast.chair.pk).update(language="da")
    client_of("chair").post(page_of(meeting))
    one = item(meeting)
    assert "Opgaven ”Luk den gamle server” er over fristen" in one.presentation
    assert plain_text(one.recommendation) == (
        "Det indstilles, at udvalget pålægger den ansvarlige at løse den opgave, der er over "
        "fristen, inden næste møde eller bede om en ny frist."
    )


def test_the_call_says_when_the_texts_are_of_a_day_before(
    cast: Cast, client_of: Browser, meeting: Meeting
) -> None:
    compose_agenda(meeting, by=cast.coordinator)
    browser, url = client_of("coordinator"), reverse("meeting_call", args=[meeting.pk])
    assert "The texts were drafted before today" not in browser.get(url).content.decode()
    ItemDraft.objects.update(made_at=timezone.localtime() - timedelta(days=2))
    assert "The texts were drafted before today" in browser.get(url).content.decode()


def test_the_chain_tells_of_it_and_the_history_in_words(
    cast: Cast, client_of: Browser, meeting: Meeting
) -> None:
    compose_agenda(meeting, by=cast.coordinator)
    edit(cast, item(meeting), presentation="<p>Mine egne ord.</p>")
    late_task(cast, "Anden")
    compose_agenda(meeting, by=cast.coordinator)
    choose(client_of("coordinator"), item(meeting), "use")
    acts = set(Event.objects.about(meeting).values_list("act", flat=True))
    assert {"meetings.agenda_composed", "meetings.draft_used"} <= acts
    url = reverse("meeting_history", args=[meeting.pk])
    shown = client_of("coordinator").get(url).content.decode()
    assert "got the new draft for its text" in shown


def test_an_item_with_a_draft_can_be_taken_off(cast: Cast, meeting: Meeting) -> None:
    compose_agenda(meeting, by=cast.coordinator)
    remove_item(item(meeting), by=cast.coordinator)
    assert not ItemDraft.objects.filter(item__clause__measure=ONGOING).exists()


def test_it_asks_as_much_however_much_there_is(
    cast: Cast, client_of: Browser, meeting: Meeting
) -> None:
    browser = client_of("coordinator")
    browser.get(reverse("overview"))
    compose_agenda(meeting, by=cast.coordinator)
    written, read = [], []
    for more in (2, 20):
        for number in range(more):
            late_task(cast, f"Opgave {number}", number + 1)
        written.append(queries_of(lambda: browser.post(page_of(meeting))))
        read.append(queries_of(lambda: browser.get(page_of(meeting))))
    assert written[0] == written[1]
    assert read[0] == read[1] <= MOST_OF_PARTS
