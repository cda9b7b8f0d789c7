"""A typing error is forgiven, alike on both databases, and no word is told that one may not see."""

from __future__ import annotations

import string

import pytest
from django.contrib.contenttypes.models import ContentType
from hypothesis import given
from hypothesis import strategies as st

from kommissorium.conftest import queries_of
from kommissorium.core.search import Said, Text, find, find_near, keep, near_weigher
from kommissorium.core.search.forgiving import near_asked
from kommissorium.core.search.models import Passage
from kommissorium.core.search.words import stems_of

WORDS = (
    *("databehandler", "risikovurdering", "leverandør", "hændelse", "ændringer", "kommissorium"),
    *("fortrolighed", "sårbarheden", "kryptering", "adgang", "møde", "årshjulet"),
)


def swapped(word: str, at: int) -> str:
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


@st.composite
def mistyped(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a word, and the same with one error of those that fingers make."""
    word = draw(st.sampled_from(WORDS))
    at = draw(st.integers(0, len(word) - 2))
    letter = draw(st.sampled_from(string.ascii_lowercase))
    errors = (word[:at] + word[at + 1 :], word[:at] + letter + word[at:], swapped(word, at))
    return word, draw(st.sampled_from((*errors, word[:at] + letter + word[at + 1 :])))


@given(mistyped())
def test_a_word_with_one_error_stands_for_itself(pair: tuple[str, str]) -> None:
    word, wrong = pair
    stems = {one for asked in near_asked(wrong) for one in asked} | set(stems_of(wrong))
    # A letter away from æ, ø and å may be two when they are spelled out.
    assert stems & set(stems_of(word)) or set(word) & set("æøå") or len(wrong) < 4


def test_each_word_whose_letters_changed_places_is_forgiven() -> None:
    for word in WORDS:
        for at in range(len(word) - 1):
            wrong = swapped(word, at)
            if not set(word[at : at + 2]) & set("æøå"):
                stems = {one for asked in near_asked(wrong) for one in asked} | {*stems_of(wrong)}
                assert stems & set(stems_of(word)), wrong


ODD = ("", "abc", "2026-1234", "2026/3", "123456", "%", "a b c", "æ")


@pytest.mark.parametrize("question", ODD)
def test_numbers_and_short_words_are_not_forgiven(question: str) -> None:
    assert near_asked(question) == ()


def test_more_words_than_anybody_mistypes_are_not_looked_for() -> None:
    assert near_asked("første anden tredje fjerde femte sjette syvende") == ()


@pytest.fixture
def told() -> tuple[int, int]:
    one, other = ContentType.objects.all()[:2]
    keep("test", [Said(one.pk, "Aftaler", [Text("En databehandler og en politik")])])
    keep("test", [Said(other.pk, "Hemmeligt", [Text("Kodenavn fyrtårnet, databehandler")])])
    return one.pk, other.pk


def near(question: str, seen: object) -> tuple[list[int], set[str]]:
    found, asked = find_near(question, {"test": seen})  # type: ignore[dict-item]
    return [one.object_id for one in found], set(asked.whole)


@pytest.mark.django_db
@pytest.mark.both("searches")
def test_what_is_near_is_found_and_right_words_stay_right(told: tuple[int, int]) -> None:
    seen = ContentType.objects.all()
    one, other = told
    stem = stems_of("databehandler")[0]
    assert near("databehnadler", seen) == ([other, one], {stem})
    assert near("databehnadler politik", seen) == ([one], {stem})
    assert near("databehnadler politki", seen)[0] == [one]
    assert near("databehnadler øvelse", seen) == ([], set())
    assert near("dtaabehnadler", seen) == ([], set())  # two errors
    assert near("' * \" databehnadler) --", seen)[0] == [other, one]


@pytest.mark.django_db
@pytest.mark.both("searches")
def test_words_of_what_one_may_not_see_change_nothing(told: tuple[int, int]) -> None:
    one, other = told
    seen = ContentType.objects.filter(pk=one)
    questions = ("fyrtaarnt", "kodenavm", "databehnadler", "politk")
    before = [near(asked, seen) for asked in questions]
    assert before[:2] == [([], set()), ([], set())]
    assert queries_of(lambda: near("databehnadler", seen)) <= 3
    Passage.objects.exclude(object_id=one).delete()
    assert [near(asked, seen) for asked in questions] == before
    # Nor is a word right because somebody else wrote it.
    keep("test", [Said(other, "Hemmeligt", [Text("politk")])])
    assert near("politk", seen) == before[3] == ([one], {"politik"})
    assert find("politk", {"test": seen}) == []


@pytest.mark.django_db
@pytest.mark.both("searches")
def test_what_is_near_is_found_however_little_is_glanced_at(
    told: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = told
    keep("test", [Said(other, "Hemmeligt", [Text("databehandler", "", str(n)) for n in range(30)])])
    seen = {"test": ContentType.objects.filter(pk=one), "none": ContentType.objects.none()}
    monkeypatch.setattr("kommissorium.core.search.finding.MOST_GLANCED", 2)
    found, _asked = find_near("databehnadler", seen)
    assert [row.object_id for row in found] == [one]


def test_what_no_row_keeps_is_weighed_alike() -> None:
    weigh = near_weigher("mdøe")
    assert weigh("Planlæg et møde", "Møder", "nyt") > weigh("Noget", "", "om et møde") > 0
    assert weigh("Planlæg en øvelse", "", "") == 0
    assert near_weigher("abc")("abd", "", "") == 0
