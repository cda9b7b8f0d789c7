from __future__ import annotations

import json

from kommissorium.meetings.pack import PackItem, pack_json, without_closed
from kommissorium.meetings.tests.pack.samples import ITEMS, SECRET, sample


def test_without_closed_leaves_of_a_closed_item_its_number_and_that_it_is_closed() -> None:
    assert without_closed(sample()).items[1] == PackItem(2, "", is_closed=True)


def test_without_closed_leaves_open_items_as_they_are() -> None:
    items = without_closed(sample()).items
    assert (items[0], items[2]) == (ITEMS[0], ITEMS[2])


def test_an_item_is_withheld_only_if_closed_and_without_title() -> None:
    assert without_closed(sample()).items[1].is_withheld
    assert not ITEMS[1].is_withheld
    assert not PackItem(1, "").is_withheld


def test_the_bytes_of_a_file_do_not_show_when_it_is_printed() -> None:
    assert "PK" not in repr(ITEMS[1].attachments[0])


def test_a_pack_as_data_is_json_with_hashes_in_place_of_files() -> None:
    data = json.loads(json.dumps(pack_json(sample())))
    assert data["starts_at"] == "2026-12-03T13:00:00+01:00"
    assert data["seats"][0]["deputy"] == "Lise Rønhave"
    assert [item["closed"] for item in data["items"]] == [False, True, False]
    file = ITEMS[0].attachments[0]
    assert data["items"][0]["attachments"] == [
        {
            "name": file.name,
            "type": file.media_type,
            "size": file.size,
            "sha256": file.sha256,
            "late_because": "",
        }
    ]


def test_a_pack_without_closed_items_tells_nothing_of_them_as_data_either() -> None:
    assert SECRET not in json.dumps(pack_json(without_closed(sample())), ensure_ascii=False)
