"""Words are found in any Danish form, alike on both databases, and never where one may not see."""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from kommissorium.core.search import Said, Text, find, forget, is_kept, snippet
from kommissorium.core.search import keep as keep_all
from kommissorium.core.search.models import Passage
from kommissorium.core.search.snippets import in_one_line, marked_places

pytestmark = pytest.mark.django_db


def keep(kind: str, key: int, title: str, texts: list[Text]) -> None:
    keep_all(kind, [Said(key, title, texts)])


def places(question: str, kinds: object = None) -> list[str]:
    """Return the places of the hits among these kinds."""
    found = find(question, {"test": ContentType.objects.all() if kinds is None else kinds})  # type: ignore[dict-item]
    return [Passage.objects.get(pk=one.passage_id).place for one in found]


@pytest.fixture
def told() -> int:
    """Make one kind of row tell of passwords, and another of risks."""
    one, other = ContentType.objects.all()[:2]
    texts = [
        Text("Den holder til i kælderen.", "Formål", "formål"),
        Text("En adgangskode er på mindst tolv tegn. Ændringer siges.", "Koder", "koder"),
        Text("Se punkt 2026/3-5 og sag 2026-007.", "", "nummer"),
        Text("Årlige øvelser, også når det er dyrt. 100 % <b> & 'citat'", "Øvelser", "øvelser"),
    ]
    keep("test", one.pk, "Politik for adgang", texts)
    keep("test", other.pk, "Risici", [Text("Risikovurderingen følger ISO 27001.")])
    return one.pk


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("adgangskoder", ["koder"]),
        ("adgangskodens tegnet", ["koder"]),
        ("POLITIKKER", ["formål", "koder", "nummer", "øvelser"]),
        ("øvelse", ["øvelser"]),
        ("øvelsernes årligt", ["øvelser"]),
        ("ovelse", []),
        ("ændringen", ["koder"]),
        ("risikoen", [""]),
        ("iso 27001", [""]),
        ("adgangskode øvelse", []),
        ('" OR * ) politik', []),
        ("politik \" ' : & | ! ( ) * -- %", ["formål", "koder", "nummer", "øvelser"]),
        ("", []),
        ("% _ '", []),
        ("AND", []),
        ("NEAR", []),
        ("adg", ["formål", "koder", "nummer", "øvelser"]),
        ("ad", []),
        ("2026/3-5", ["nummer"]),
        ("2026/3", ["nummer"]),
        ("2026/30", []),
        ("2026-7", ["nummer"]),
        ("sag 2026-007", ["nummer"]),
        ("3", ["nummer"]),
    ],
)
def test_words_are_found_in_any_form(told: int, question: str, expected: list[str]) -> None:
    assert sorted(places(question)) == sorted(expected)


def test_what_stands_in_a_heading_comes_first(told: int) -> None:
    assert places("politik øvelse")[0] == "øvelser"
    keep("test", told, "A", [Text("koder koder", "", "x"), Text("et", "Koder", "y")])
    assert places("koder") == ["y", "x"]


def test_what_is_named_so_comes_first_and_then_the_newest() -> None:
    one, other, third = ContentType.objects.all()[:3]
    keep("test", third.pk, "Firewall", [Text("", "", "selv")])
    keep("test", one.pk, "Status 1", [Text("Firewall firewall", "Firewall", "ældst")])
    keep("test", other.pk, "Status 2", [Text("Firewall firewall", "Firewall", "nyest")])
    assert places("firewallen") == ["selv", "nyest", "ældst"]
    keep("test", one.pk, "Dørene er fire", [Text("Fire af fire.", "", "fire")])
    assert places("fir")[0] == "selv"


def test_only_what_one_may_see_is_found(told: int) -> None:
    assert places("politik", ContentType.objects.none()) == []
    assert places("politik", ContentType.objects.exclude(pk=told)) == []
    assert find("politik", {}) == []


def test_what_is_kept_anew_or_forgotten_is_found_no_more(told: int) -> None:
    keep("test", told, "Noget andet", [Text("Her er intet.")])
    assert places("politik") == []
    assert places("andet") == [""]
    assert told in is_kept("test")
    forget("test", [told])
    assert places("andet") == []
    assert told not in is_kept("test")


def test_what_is_taken_back_with_its_transaction_is_not_found(told: int) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        keep("test", told, "Aldrig", [Text("x")])
        raise ZeroDivisionError
    assert places("aldrig") == []
    assert len(places("politik")) == 4


def test_a_long_text_is_kept_in_parts(told: int) -> None:
    keep("test", told, "Lang", [Text("ord " * 12_000 + "nålen")])
    assert Passage.objects.filter(kind="test", object_id=told).count() == 3
    assert places("nåle") == [""]


def test_a_snippet_marks_the_words_in_any_form() -> None:
    text = "Først en hel del om noget andet. " * 9 + "Koden & <b>adgangskoderne</b> skiftes."
    pieces = snippet(text, "adgangskode")
    assert [words for is_hit, words in pieces if is_hit] == ["adgangskoderne"]
    assert pieces[0] == (False, "… ")
    assert len("".join(words for _hit, words in pieces)) < 260


@given(st.text(max_size=400), st.sampled_from(["ord", "æble", "a b", ""]))
def test_a_snippet_is_a_part_of_the_text(text: str, question: str) -> None:
    shown = "".join(words for _hit, words in snippet(text, question))
    assert shown.removeprefix("… ").removesuffix(" …") in in_one_line(text)


def test_of_equals_the_newest_comes_first_and_a_title_before_a_text(told: int) -> None:
    for key, title, text in (
        (1, "Beredskabsplan", "x"),
        (2, "Beredskabsplan", "x"),
        (3, "Kommissorium", "planer " * 9),
    ):
        keep("test", key, title, [Text(text, "", str(key))])
    assert places("plan") == ["3"]
    assert places("beredskabsplaner") == ["2", "1"]
    keep("test", 4, "Sikkerhedsplan", [Text("Planen", "", "4")])
    assert places("plan") == ["4", "3"]


def test_a_snippet_shows_no_marks_of_lists_or_tables() -> None:
    text = "Udvalget\n- godkender politikken\n  – sender it-chefen\tsvar - i dag\n• 31. december"
    shown = "".join(words for _hit, words in snippet(text, "udvalg"))
    assert (
        shown == "Udvalget · godkender politikken · sender it-chefen · svar - i dag · 31. december"
    )


def test_a_hit_lies_where_its_word_stands() -> None:
    text = "En politik er flere politikker."
    assert [text[a:b] for a, b in marked_places(text, "politikkerne")] == ["politik", "politikker"]
    text = "Bøgerne, NIS 2-loven og it-chefens e-mail"
    marked = [text[a:b] for a, b in marked_places(text, "bog nis2 it-chef email")]
    assert marked == ["Bøgerne", "NIS", "2", "it", "chefens"]
