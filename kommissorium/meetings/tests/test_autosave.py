"""Text is saved as it is typed, and nobody overwrites anybody."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from kommissorium.conftest import Cast, plan
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.core.tests.deep import examples
from kommissorium.meetings.actions.agenda import add_item
from kommissorium.meetings.actions.call import call_meeting
from kommissorium.meetings.actions.proceedings import save_field, use_recommendation
from kommissorium.meetings.decision_words import decided_as_recommended
from kommissorium.meetings.models import AgendaItem, Meeting, Proceedings
from kommissorium.meetings.models.agenda import ANY_OTHER_BUSINESS

pytestmark = pytest.mark.both("two who write at once")

HX = {"HX-Request": "true"}
ROUNDS = examples(150, 500)


@pytest.fixture
def item(cast: Cast, meeting: Meeting) -> AgendaItem:
    """An item for decision of a called meeting."""
    return decision_of(cast, meeting)


def decision_of(cast: Cast, meeting: Meeting, **more: Any) -> AgendaItem:
    made = add_item(
        meeting,
        by=cast.coordinator,
        title="Ny firewall",
        type="decision",
        recommendation="<p>At købe den.</p>",
        **more,
    )
    call_meeting(meeting, by=cast.coordinator)
    return AgendaItem.objects.select_related("meeting__committee", "clause").get(pk=made.pk)


def url_of(item: AgendaItem, field: str) -> str:
    return reverse("field_save", args=[item.pk, field])


def version_in(html: str) -> int:
    found = re.search(r'name="version" value="(\d+)"', html)
    assert found
    return int(found[1])


def test_only_who_prepares_saves(item, client_of):
    wish = {"value": "<p>Sagt</p>", "version": 0}
    for who, status in [("member", 403), ("dpo", 403), ("auditor", 403), ("employee", 404)]:
        answer = client_of(who).post(url_of(item, "discussion"), wish)
        assert answer.status_code == status, who
    answer = client_of("chair").post(url_of(item, "discussion"), wish, headers=HX)
    assert answer.status_code == 200 and version_in(answer.content.decode()) == 1
    event = Event.objects.get(act="meetings.proceedings_saved")
    assert '"capacity":"chair"' in event.facts and "Sagt" not in event.facts


def test_a_closed_item_is_not_found_by_who_may_not_see_it(cast, meeting, client_of):
    closed = decision_of(cast, meeting, is_closed=True, closed_ground="Sårbarhed")
    wish = {"value": "<p>Sagt</p>", "version": 0}
    assert client_of("auditor").post(url_of(closed, "decision"), wish).status_code == 404
    assert client_of("executive").post(url_of(closed, "decision"), wish).status_code == 404
    assert client_of("coordinator").post(url_of(closed, "decision"), wish).status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("discussion", "<p>Sagt<script>x</script></p>", "<p>Sagt</p>"),
        ("decision", "<p> </p>", ""),
        ("outcome", "deferred", "deferred"),
        ("not_discussed", "1", True),
        ("security", "stronger", "stronger"),
        ("economy_text", "12.000 kr.", "12.000 kr."),
    ],
)
def test_each_field_keeps_what_it_can_hold(item, client_of, field, value, kept):
    browser = client_of("coordinator")
    answer = browser.post(url_of(item, field), {"value": value, "version": 0})
    assert answer.status_code == 302 and answer.url.endswith(f"#form-{field.replace('_', '-')}")
    row = Proceedings.objects.filter(item=item).first() or Proceedings(item=item)
    assert row.value_of(field) == kept


@pytest.mark.parametrize(
    ("field", "value"),
    [("outcome", "maybe"), ("security", "strong"), ("decision", "<p>x" * 60_000)],
)
def test_what_a_field_cannot_hold_is_refused_and_the_version_stays(item, client_of, field, value):
    wish = {"value": value, "version": 0}
    answer = client_of("coordinator").post(url_of(item, field), wish, headers=HX)
    assert answer.status_code == 400 and version_in(answer.content.decode()) == 0
    page = client_of("coordinator").post(url_of(item, field), wish)
    assert page.status_code == 400 and b"<html" in page.content


def test_a_field_nobody_knows_and_a_version_that_is_none(item, client_of):
    browser = client_of("coordinator")
    assert browser.post(url_of(item, "versions"), {"value": "x"}).status_code == 404
    for version, status in [("", 400), ("-1", 400), ("7", 409)]:
        wish = {"value": "<p>Mit</p>", "version": version}
        assert browser.post(url_of(item, "decision"), wish, headers=HX).status_code == status
        page = browser.post(url_of(item, "decision"), wish)
        assert page.status_code == status and "Mit" in page.content.decode()


def test_of_two_writers_the_second_gets_both_texts_and_chooses(item, client_of):
    first, second = client_of("coordinator"), client_of("chair")
    url = url_of(item, "decision")
    first.post(url, {"value": "<p>Karens</p>", "version": 0}, headers=HX)
    for headers in (HX, {}):
        answer = second.post(url, {"value": "<p>Mortens</p>", "version": 0}, headers=headers)
        html = answer.content.decode()
        assert answer.status_code == 409
        assert "Karens" in html and "Mortens" in html and "Karen Vestbjerg" in html
        assert version_in(html) == 0 and 'name="over" value="1"' in html
    afresh = second.post(url, {"value": "<p>Mortens</p>", "theirs": 1}, headers=HX)
    assert afresh.headers["HX-Retarget"] == "#form-decision"
    assert "Karens" in afresh.content.decode()
    assert Proceedings.objects.get().decision == "<p>Karens</p>"
    over = second.post(url, {"value": "<p>Mortens</p>", "version": 0, "over": 1}, headers=HX)
    assert over.status_code == 200 and version_in(over.content.decode()) == 2
    assert Proceedings.objects.get().decision == "<p>Mortens</p>"


def test_the_same_text_twice_is_no_conflict(item, client_of):
    url = url_of(item, "decision")
    for _again in range(2):
        answer = client_of("coordinator").post(
            url, {"value": "<p>Ens</p>", "version": 0}, headers=HX
        )
        assert version_in(answer.content.decode()) == 1


def test_an_outcome_and_not_discussed_follow_each_other_on_the_page(item, client_of):
    browser = client_of("coordinator")
    browser.post(url_of(item, "outcome"), {"value": "approved", "version": 0})
    html = browser.post(url_of(item, "not_discussed"), {"value": "1", "version": 0}, headers=HX)
    text = html.content.decode()
    assert 'id="form-outcome"' in text and 'hx-swap-oob="true"' in text
    beside = text[text.index('id="form-outcome"') :]
    assert version_in(beside) == 2
    answer = browser.post(url_of(item, "outcome"), {"value": "rejected", "version": 2}, headers=HX)
    assert answer.status_code == 200
    row = Proceedings.objects.get()
    assert row.outcome == "rejected" and not row.not_discussed


def test_the_recommendation_becomes_the_decision_but_never_over_one(item, client_of):
    url = reverse("recommendation_use", args=[item.pk])
    assert client_of("member").post(url).status_code == 403
    answer = client_of("coordinator").post(url, headers=HX)
    assert answer.status_code == 200 and version_in(answer.content.decode()) == 1
    row = Proceedings.objects.get()
    assert (row.outcome, row.decision) == decided_as_recommended(item.recommendation)[::-1]
    assert b'id="form-outcome"' in answer.content
    assert client_of("coordinator").post(url).status_code == 400
    refused = client_of("coordinator").post(url, headers=HX)
    assert refused.status_code == 400 and b"<html" not in refused.content
    assert refused.headers["HX-Retarget"] == "#recommendation-refused"


def test_a_recommendation_that_only_asks_for_a_decision_is_no_decision(cast, item):
    item.recommendation = "<p>Det indstilles, at udvalget beslutter, om opgaverne udsættes.</p>"
    with pytest.raises(Refused, match="opgaverne udsættes"):
        use_recommendation(item, by=cast.coordinator)
    assert not Proceedings.objects.exclude(decision="").exists()


def test_a_recommendation_is_not_followed_by_who_rejected_or_deferred(item, client_of):
    for version, outcome in enumerate(["rejected", "deferred"]):
        client_of("coordinator").post(
            url_of(item, "outcome"), {"value": outcome, "version": version}, headers=HX
        )
        url = reverse("recommendation_use", args=[item.pk])
        assert client_of("coordinator").post(url, headers=HX).status_code == 400
    row = Proceedings.objects.get()
    assert (row.outcome, row.decision) == ("deferred", "")


@pytest.mark.parametrize(
    ("recommended", "decided", "outcome"),
    [
        (
            "<p>Sekretæren indstiller, at udvalget godkender rapporten.</p>",
            "<p>Udvalget godkendte rapporten.</p>",
            "approved",
        ),
        (
            "<p>Det indstilles, at udvalget godkender planen og tager resultatet til efterretning.</p>",
            "<p>Udvalget godkendte planen og tog resultatet til efterretning.</p>",
            "approved",
        ),
        (
            "<p>Det indstilles, at udvalget</p><ul><li>tager status til efterretning</li></ul>",
            "<p>Udvalget</p><ul><li>tog status til efterretning</li></ul>",
            "noted",
        ),
        (
            (
                "<p>Det indstilles, at udvalget</p><ol><li>godkender planen</li>"
                "<li>beder ejerne om tid</li></ol>"
            ),
            "<p>Udvalget</p><ol><li>godkendte planen</li><li>bad ejerne om tid</li></ol>",
            "approved",
        ),
        (
            (
                "<p>Det indstilles, at udvalget</p><ol><li>godkender planen</li>"
                "<li>frasiger sig ansvaret</li></ol>"
            ),
            (
                "<p>Udvalget godkendte, at udvalget</p><ol><li>godkender planen</li>"
                "<li>frasiger sig ansvaret</li></ol>"
            ),
            "approved",
        ),
        (
            "<p>Chefen indstiller, at listen printes hver dag.</p>",
            "<p>Udvalget godkendte, at listen printes hver dag.</p>",
            "approved",
        ),
        (
            "<p>Det indstilles, at udvalget frasiger sig ansvaret.</p>",
            "<p>Udvalget godkendte, at udvalget frasiger sig ansvaret.</p>",
            "approved",
        ),
        (
            "<p>It is recommended that the committee approve the plan.</p>",
            "<p>The committee approved the plan.</p>",
            "approved",
        ),
        (
            "<p>Vi køber låse.</p>",
            "<p>Udvalget godkendte indstillingen:</p><p>Vi køber låse.</p>",
            "approved",
        ),
    ],
)
def test_a_recommendation_is_worded_as_what_was_decided(recommended, decided, outcome):
    assert decided_as_recommended(recommended) == (decided, outcome)


def test_of_all_rounds_of_two_writers_nothing_is_lost(committing):
    meeting = plan(committing)
    decision_of(committing, meeting)
    writers = [committing.coordinator, committing.chair]
    places = [("discussion", "decision"), ("discussion", "discussion")]
    keys = list(meeting.items.exclude(clause__measure=ANY_OTHER_BUSINESS).values_list("pk"))
    with ThreadPoolExecutor(2) as two:
        for number in range(ROUNDS):
            key = keys[number // 2 % len(keys)][0]
            words = [f"{number}a", f"{number}b"]
            list(two.map(append, [key] * 2, places[number % 2], words, writers))
        list(two.map(lambda _one: connection.close(), range(4)))
    rows = Proceedings.objects.all()
    found = re.findall(r"\d+[ab]", "".join(row.discussion + row.decision for row in rows))
    wanted = {f"{number}{writer}" for number in range(ROUNDS) for writer in "ab"}
    assert len(found) == 2 * ROUNDS and set(found) == wanted
    assert sum(sum(row.versions.values()) for row in rows) == 2 * ROUNDS


def append(key: int, field: str, word: str, who: Any) -> None:
    """Write a word at the end of what stands there, as often as somebody else was first."""
    item = AgendaItem.objects.select_related("meeting__committee", "clause").get(pk=key)
    row = Proceedings.objects.filter(item=item).first() or Proceedings(item=item)
    text, version = row.value_of(field), row.version_of(field)
    for _again in range(50):
        try:
            save_field(item, field, f"{text}<p>{word}</p>", by=who, version=version)
        except Conflict as theirs:
            text, version = theirs.current["value"], theirs.edit_version
        else:
            return
    raise AssertionError("somebody else was always first")
