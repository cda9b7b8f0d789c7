"""Every number of a register: its words in both languages, and the list that shows what it counts."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import override

from kommissorium.conftest import find_cast
from kommissorium.measures.findings import State
from kommissorium.registers.counts import counts_of
from kommissorium.registers.installed import list_of, registers
from kommissorium.registers.signals import Signal, Signals

pytestmark = pytest.mark.django_db

OF_LISTS = {
    f"{register.code}:{signals.signals[0].code}": (register.code, signals)
    for register in registers()
    for signals in register.signals
}
SAID = {
    f"{code}:{one.code}": one
    for code, signals in OF_LISTS.values()
    for one in signals.signals
    if one.sentence
}


def test_a_number_has_a_name_of_its_own_in_its_register():
    for register in registers():
        codes = [one.code for signals in register.signals for one in signals.signals]
        assert len(codes) == len(set(codes)), register.code


@pytest.mark.parametrize("name", sorted(SAID))
def test_it_has_a_sentence_of_one_and_of_several_in_both_languages(name):
    signal, texts = SAID[name], {}
    for language in ("en", "da"):
        with override(language):
            texts[language] = (signal.said(1), signal.said(2))
            one, several = texts[language]
            assert one != several and "2" in several and "1" not in one
            assert all(text.endswith(".") and "%(" not in text for text in (one, several))
            assert str(signal.none) == signal.said(0)
            assert str(signal.label)
            assert signal.named(["Ærø"]).startswith(one[:-1]) and "Ærø" in signal.named(["Ærø"])
            assert len(signal.named(["Ærø"] * 9)) < len(several) + 70
    assert texts["en"] != texts["da"]


@pytest.mark.parametrize("name", sorted(SAID))
def test_what_a_clause_asks_for_says_where_it_is_put_right(name):
    signal: Signal[Any] = SAID[name]
    if signal.state != State.FULFILLED or signal.button:
        assert signal.narrowed
        assert str(signal.button)


@pytest.mark.parametrize("name", sorted(OF_LISTS))
def test_the_list_shows_exactly_what_is_counted(name, samples):
    code, signals = OF_LISTS[name]
    held: Signals[Any] = signals
    person, today = find_cast().coordinator, timezone.localdate()
    counts = held.count(today)
    assert set(counts) == {one.code for one in held.signals}
    kept = counts_of(code)
    assert {one: kept[one] for one in counts if one in kept} == {
        one: number for one, number in counts.items() if one in kept
    }
    for signal in held.signals:
        if signal.narrowed:
            kind = list_of(held.page)
            listing = kind(person, QueryDict(signal.narrowed))
            assert listing.narrows, signal
            shown = set(listing.found.values_list("pk", flat=True))
            counted = kind.model._default_manager.filter(held.condition(signal, today))
            assert len(shown) == counts[signal.code], signal
            assert shown == set(counted.values_list("pk", flat=True)), signal
    assert any(counts.values()), "the samples have none of it"
