"""Of an item it can be said that there was nothing new, and nothing else is said of it then."""

from __future__ import annotations

from itertools import permutations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from kommissorium.conftest import Cast
from kommissorium.meetings.actions.call import call_meeting
from kommissorium.meetings.actions.open_and_close import lacks_answer, lacks_outcome
from kommissorium.meetings.actions.proceedings import save_field
from kommissorium.meetings.models import AgendaItem, Meeting, Minutes, Proceedings
from kommissorium.meetings.models.agenda import ANY_OTHER_BUSINESS, COMING_TASKS, MINUTES

HX = {"HX-Request": "true"}
VALUES = {"outcome": "approved", "not_discussed": True, "nothing_new": True}


@pytest.fixture
def called(cast: Cast, meeting: Meeting) -> Meeting:
    call_meeting(meeting, by=cast.coordinator)
    return meeting


def item_of(meeting: Meeting, measure: str) -> AgendaItem:
    rows = AgendaItem.objects.with_minutes().select_related(
        "meeting__committee", "clause", "proceedings"
    )
    found: AgendaItem = rows.get(meeting=meeting, clause__measure=measure)
    return found


def box_of(item: AgendaItem) -> str:
    return f'action="{reverse("field_save", args=[item.pk, "nothing_new"])}"'


@pytest.mark.parametrize(("first", "second"), list(permutations(VALUES, 2)))
def test_an_item_has_one_answer_and_the_newer_counts(cast, called, client_of, first, second):
    item = item_of(called, COMING_TASKS)
    save_field(item, first, VALUES[first], by=cast.coordinator, version=0)
    url = reverse("field_save", args=[item.pk, second])
    wish = {"value": VALUES[second], "version": 0}
    html = client_of("coordinator").post(url, wish, headers=HX).content.decode()
    row = Proceedings.objects.get(item=item)
    assert [name for name in VALUES if row.value_of(name)] == [second]
    assert row.version_of(first) == 2
    for other in set(VALUES) - {second}:
        assert f'id="form-{other.replace("_", "-")}"' in html


@pytest.mark.parametrize("other", [{"outcome": "noted"}, {"not_discussed": True}])
def test_the_database_keeps_no_two_answers(called, other):
    item = item_of(called, COMING_TASKS)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proceedings.objects.create(item=item, nothing_new=True, **other)


@pytest.mark.parametrize(
    ("measure", "words"),
    [(ANY_OTHER_BUSINESS, "Intet nyt"), (COMING_TASKS, "Ingen nye opgaver")],
)
def test_it_is_said_on_the_page_and_read_everywhere(cast, called, client_of, measure, words):
    item = item_of(called, measure)
    browser = client_of("coordinator")
    page = reverse("conduct_item", args=[called.pk, item.number])
    html = browser.get(page).content.decode()
    assert box_of(item) in html and words in html
    screen = reverse("meeting_screen_part", args=[called.pk])
    mark = browser.get(screen).content.decode().partition("?seen=")[2][:12]
    save_field(item, "nothing_new", "1", by=cast.coordinator, version=0)
    now = browser.get(screen, {"seen": mark})
    assert now.status_code == 200 and words in now.content.decode()
    Meeting.objects.filter(pk=called.pk).update(state="held")
    minutes = browser.get(reverse("minutes", args=[called.pk])).content.decode()
    assert f"{words}." in minutes
    assert not lacks_outcome(item_of(called, measure))


def test_where_minutes_or_a_proposal_wait_something_is_new(cast, meeting, client_of):
    asked = {"subject_kind": "a.thing", "subject_id": "1"}
    meeting.items.filter(clause__measure=COMING_TASKS).update(**asked)
    call_meeting(meeting, by=cast.coordinator)
    first = item_of(meeting, MINUTES)
    save_field(first, "nothing_new", True, by=cast.coordinator, version=0)
    assert not lacks_outcome(item_of(meeting, MINUTES))  # there are none to confirm
    now = timezone.now()
    sent = {"sent_at": now, "sent_by": cast.coordinator, "review_until": now.date()}
    Minutes.objects.create(meeting=meeting, presented_at=first, **sent)
    browser = client_of("coordinator")
    for measure, version in [(MINUTES, 1), (COMING_TASKS, 0)]:
        item = item_of(meeting, measure)
        assert lacks_outcome(item) and lacks_answer(item)
        page = browser.get(reverse("conduct_item", args=[meeting.pk, item.number]))
        assert box_of(item) not in page.content.decode()
        url = reverse("field_save", args=[item.pk, "nothing_new"])
        answer = browser.post(url, {"value": "1", "version": version}, headers=HX)
        assert answer.status_code == 400 and "Vælg et udfald" in answer.content.decode()
        save_field(item, "outcome", "approved", by=cast.coordinator, version=0)
        assert not lacks_outcome(item_of(meeting, measure))


def test_under_any_other_business_what_was_said_is_an_answer_too(cast, called):
    assert lacks_answer(item_of(called, ANY_OTHER_BUSINESS))
    item = item_of(called, ANY_OTHER_BUSINESS)
    save_field(item, "discussion", "<p>Kaffe</p>", by=cast.coordinator, version=0)
    assert not lacks_answer(item_of(called, ANY_OTHER_BUSINESS))
    item = item_of(called, COMING_TASKS)
    save_field(item, "discussion", "<p>Opgaver</p>", by=cast.coordinator, version=0)
    assert lacks_answer(item_of(called, COMING_TASKS))
