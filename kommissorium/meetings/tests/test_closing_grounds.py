"""Grounds for closing something: a law from the list, and own words."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from kommissorium.meetings.closing_grounds import (
    LONGEST,
    MOST_OWN_WORDS,
    ground_text,
    grounds,
    law_and_words,
    stated_ground,
)
from kommissorium.meetings.forms.closing import ClosingGroundField, ClosingGroundInput
from kommissorium.meetings.models import AgendaItem

LAW = "Offentlighedsloven § 31"


def test_each_ground_is_read_back_in_both_languages_and_fits():
    assert len({one.code for one in grounds()}) == len(grounds())
    for language in ("da", "en"):
        with override(language):
            for one in grounds():
                for words in ("", "Skolernes netværk: hvordan det er (ikke) beskyttet"):
                    text = ground_text(one.code, words)
                    assert law_and_words(text) == (one, words)
                    assert stated_ground(text) == text
                assert len(ground_text(one.code, "x" * MOST_OWN_WORDS)) <= LONGEST
    assert law_and_words(f"{LAW}: ord") == (law_and_words(LAW)[0], "ord")


def test_what_was_closed_before_there_was_a_list_stays_and_says_so():
    assert law_and_words("Sårbarhed") == (None, "Sårbarhed")
    assert stated_ground("Sårbarhed") == "hjemmel ikke angivet: Sårbarhed"
    assert stated_ground("") == ""


def posted(**values: str) -> str:
    text = ClosingGroundInput().value_from_datadict(values, {}, "closed_ground")
    return ClosingGroundField().clean(text)


def test_words_without_a_law_are_no_ground():
    assert posted() == posted(closed_ground="Sikkerhed") == ""
    assert posted(closed_ground_law="nonsense", closed_ground="Sikkerhed") == ""
    assert posted(closed_ground_law="ofl-31").startswith(f"{LAW} (")
    assert posted(closed_ground_law="ofl-31", closed_ground=" Net ").endswith("): Net")


@pytest.mark.parametrize("code", ["ofl-33-5", "ofl-35"])
def test_a_law_that_says_little_needs_own_words(code):
    with pytest.raises(Exception, match="egne ord"):
        posted(closed_ground_law=code)
    with pytest.raises(Exception, match="for lang"):
        posted(closed_ground_law=code, closed_ground="x" * LONGEST)


@pytest.mark.django_db
def test_an_item_is_closed_by_a_law_and_nothing_typed_is_lost(cast, meeting, client_of):
    url = f"/meetings/{meeting.pk}/items/add/"
    values = {"title": "Hul", "type": "decision", "is_closed": "on", "closed_ground": "Net"}
    answer = client_of("coordinator").post(url, values)
    assert answer.status_code == 400
    assert answer.context["form"].errors["closed_ground"] == ["Vælg den lov, lukningen bygger på."]
    assert 'value="Net"' in answer.content.decode()
    answer = client_of("coordinator").post(url, {**values, "closed_ground_law": "ofl-31"})
    assert answer.status_code == 302
    item = AgendaItem.objects.get(title="Hul")
    assert item.closed_ground == f"{LAW} (statens sikkerhed eller rigets forsvar): Net"
    page = client_of("coordinator").get(f"/items/{item.pk}/edit/").content.decode()
    assert '<option value="ofl-31" selected>' in page
    assert 'value="Net"' in page
