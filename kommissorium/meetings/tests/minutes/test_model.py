from __future__ import annotations

import json
from dataclasses import fields

import pytest

from kommissorium.meetings.minutes import (
    Protocol,
    ProtocolItem,
    extract,
    minutes_json,
    without_closed,
)
from kommissorium.meetings.tests.minutes.samples import (
    CONFIRMED,
    HASH,
    ITEMS,
    PEOPLE,
    RICH,
    SECRET,
    sample,
)


def test_without_closed_leaves_of_a_closed_item_its_number_and_that_it_is_closed() -> None:
    assert without_closed(sample()).items[1] == ProtocolItem("2026/3-2", "", is_closed=True)


def test_without_closed_leaves_people_and_open_items_as_they_are() -> None:
    edition = without_closed(sample())
    assert edition.people == PEOPLE
    assert (edition.items[0], *edition.items[2:]) == (ITEMS[0], *ITEMS[2:])


def test_without_closed_leaves_out_an_addendum_that_may_speak_of_a_closed_item() -> None:
    edition = without_closed(sample(**CONFIRMED))
    assert (edition.changes_html, edition.is_without_changes) == ("", True)


def test_minutes_without_closed_items_are_the_same_without_them() -> None:
    protocol = sample(items=(RICH,), **CONFIRMED)
    assert without_closed(protocol) == protocol


def test_an_item_is_withheld_only_if_closed_and_without_title() -> None:
    assert without_closed(sample()).items[1].is_withheld
    assert not ITEMS[1].is_withheld
    assert not ProtocolItem("1", "").is_withheld


def test_an_extract_is_one_item_under_the_head_of_the_meeting() -> None:
    part = extract(sample(), "2026/3-1")
    assert part.items == (RICH,)
    assert part.is_extract
    assert (part.people, part.number) == (PEOPLE, "2026/3")


def test_an_extract_leaves_out_the_addendum_and_says_so() -> None:
    part = extract(sample(**CONFIRMED), "2026/3-1")
    assert (part.changes_html, part.is_without_changes) == ("", True)
    assert not extract(sample(), "2026/3-1").is_without_changes


def test_an_extract_of_the_open_edition_tells_nothing_of_a_closed_item() -> None:
    (item,) = extract(without_closed(sample()), "2026/3-2").items
    assert item.is_withheld


def test_an_extract_of_an_item_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError):
        extract(sample(), "2026/3-9")


@pytest.mark.parametrize(
    ("status", "is_approved"),
    [("draft", False), ("in_review", False), ("approved", True), ("confirmed", True)],
)
def test_minutes_are_approved_from_the_approval_on(status: str, *, is_approved: bool) -> None:
    assert sample(status=status).is_approved == is_approved


def test_minutes_as_data_are_json_with_everything() -> None:
    data = minutes_json(sample(**CONFIRMED))
    assert json.loads(json.dumps(data)) == data
    assert set(data) == {field.name for field in fields(Protocol)}
    assert data["starts_at"] == "2026-12-03T13:00:00+01:00"
    assert data["approved_at"] == "2026-12-08T10:12:00+01:00"
    assert data["people"][1]["stands_in_for"] == "Lise Rønhave"
    item = data["items"][0]
    assert item["tasks"] == [{"title": "Prøv planen", "owner": "Lise Rønhave", "due": "2027-03-31"}]
    assert item["attachments"][0]["sha256"] == HASH
    assert [advice["followed"] for advice in item["advice"]] == [False, True]


def test_minutes_without_closed_items_tell_nothing_of_them_as_data_either() -> None:
    text = json.dumps(minutes_json(without_closed(sample(**CONFIRMED))), ensure_ascii=False)
    for words in (SECRET, "Kun for", "Luk hullet", "Hemmeligt", "Oplysninger om sikkerhed"):
        assert words not in text
