"""One byte form for every fact."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommissorium.core.evidence.canonical import canonical, instant, sha256

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
FACTS = st.dictionaries(TEXTS, VALUES, max_size=5)


@given(FACTS)
def test_reading_and_writing_again_gives_the_same_bytes(facts):
    assert canonical(json.loads(canonical(facts))) == canonical(facts)


@given(FACTS, st.randoms())
def test_the_order_in_which_facts_are_given_does_not_matter(facts, random):
    shuffled = list(facts.items())
    random.shuffle(shuffled)
    assert canonical(dict(shuffled)) == canonical(facts)


@given(FACTS)
def test_nothing_is_lost(facts):
    assert json.loads(canonical(facts)) == facts


@pytest.mark.parametrize(
    "value", [1.5, float("nan"), [1, 2.0], {"deep": {"er": 0.1}}, b"bytes", object(), {1, 2}]
)
def test_what_has_no_one_text_form_is_refused(value):
    with pytest.raises(TypeError):
        canonical({"value": value})


def test_the_forms_are_fixed():
    facts = {
        "ø": "Å\n",
        "when": datetime(2026, 11, 25, 14, tzinfo=timezone(timedelta(hours=1))),
        "day": date(2026, 11, 25),
        "hour": time(13, 30),
        "amount": Decimal("1250000.50"),
        "who": UUID(int=7),
        "list": (1, None, True),
    }
    assert canonical(facts) == (
        '{"amount":"1250000.50","day":"2026-11-25","hour":"13:30:00","list":[1,null,true],'
        '"when":"2026-11-25T13:00:00.000000Z","who":"00000000-0000-0000-0000-000000000007",'
        '"ø":"Å\\n"}'
    )


@given(st.datetimes(timezones=st.just(UTC)), st.integers(-14 * 60, 14 * 60))
def test_an_instant_is_the_same_from_every_zone(moment, minutes):
    try:
        elsewhere = moment.astimezone(timezone(timedelta(minutes=minutes)))
    except OverflowError:
        return
    assert instant(elsewhere) == instant(moment)


def test_text_is_hashed_as_utf_8():
    assert sha256("æ") == sha256("æ".encode())
    assert sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
