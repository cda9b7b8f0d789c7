from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from django.utils import translation

from kommissorium.committees.forms.clause_rows import rearranged
from kommissorium.committees.mandate_source import source_lines, unplaced_lines
from kommissorium.committees.meeting_free_weeks import tidy_weeks, week_ranges
from kommissorium.committees.reader import understand
from kommissorium.committees.tests.reader.words import TEXTS
from kommissorium.committees.views.committee import length_in_words


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("7-8, 28-32, 42", [(7, 8), (28, 32), (42, 42)]),
        ("", []),
        (" , 1 ;53", [(1, 1), (53, 53)]),
        ("28 – 32", [(28, 32)]),
    ],
)
def test_weeks_are_read_as_people_write_them(text, ranges):
    assert week_ranges(text) == ranges


@pytest.mark.parametrize("text", ["54", "0-3", "9-7", "uge 7", "7-", "1-2-3", "100", "²"])
def test_what_names_no_weeks_is_refused(text):
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        week_ranges(text)


def test_weeks_are_kept_in_one_form():
    assert tidy_weeks("7 -8;42,  50–51") == "7-8, 42, 50-51"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (45, "45 minutes"),
        (60, "1 hour"),
        (61, "1 hour and 1 minute"),
        (120, "2 hours"),
        (150, "2 hours and 30 minutes"),
    ],
)
def test_a_length_in_words(minutes, words):
    with translation.override("en"):
        assert length_in_words(minutes) == words


def clause(number, text):
    return SimpleNamespace(number=number, text=text)


def lines(text, *clauses):
    return [(line.text, line.clause) for line in source_lines(text, clauses)]


def test_a_word_split_at_a_line_end_is_found():
    text = " Styrer sikkerhe-\nden i kommunen.\n\nOpgaver\n"
    assert lines(text, clause("R1", "Styrer sikkerheden i kommunen.")) == [
        ("Styrer sikkerhe-", "R1"),
        ("den i kommunen.", "R1"),
        ("Opgaver", ""),
    ]


def test_a_heading_is_not_found_by_chance_far_away():
    clauses = [clause(f"R{n}", f"Et helt andet punkt {n}") for n in range(1, 6)]
    far = clause("R6", "Medlemmer af udvalget oplyses om hændelser")
    assert lines("Medlemmer", *clauses, far) == [("Medlemmer", "")]


def test_blanks_to_fill_in_are_no_hindrance():
    assert lines("Direktør for xxxxx", clause("M1", "Formand: Direktør for …")) == [
        ("Direktør for xxxxx", "M1")
    ]


def test_the_mark_of_a_list_is_no_word():
    text = "1. Hændelser siden sidst\n(b) Eventuelt andet\n§ 3. Udvalget mødes"
    found = [clause("A1", "Hændelser siden sidst"), clause("A2", "Eventuelt andet")]
    assert [number for _line, number in lines(text, *found)] == ["A1", "A2", ""]


def test_of_a_line_in_two_clauses_only_what_is_in_none_is_named():
    first, last = "Udvalget mødes hver anden måned.", "Formanden indkalder med otte dages varsel."
    lost = "Referatet sendes til direktionen."
    text = f"Opgaver\n{first} {lost} {last}"
    found = [clause("M1", first), clause("M2", last)]
    assert unplaced_lines(text, found) == [lost]
    assert unplaced_lines(text, found[:1]) == [f"{lost} {last}"]
    assert lines(text, *found)[1][1] == "M1"


@pytest.mark.parametrize("number", [1, 60])
def test_a_line_of_any_length_is_compared_to_its_end(number):
    sentences = [f"Udvalget drøfter sag nummer {place} på mødet." for place in range(number)]
    text = " ".join([*sentences, "Byrådet orienteres til sidst."])
    found = [clause(f"M{place}", one) for place, one in enumerate(sentences)]
    assert unplaced_lines(text, found) == ["Byrådet orienteres til sidst."]


def test_what_was_read_is_not_called_lost_and_what_is_taken_out_is_named():
    named, texts = 0, sorted(TEXTS.parent.glob("*/*.txt"))
    for path in texts:
        text = path.read_text(encoding="utf-8")
        clauses = list(understand(text).clauses)
        before = unplaced_lines(text, clauses)
        assert len(before) <= 2, (path.name, before)
        removed = max(clauses, key=lambda one: len(one.text))
        others = [one for one in clauses if one is not removed]
        named += unplaced_lines(text, others) != before
    assert named == len(texts) > 30


def test_only_the_first_line_of_a_clause_is_marked_as_first():
    found = source_lines(
        "Styrer sikkerheden\ni hele kommunen", [clause("R1", "Styrer sikkerheden i hele kommunen")]
    )
    assert [line.is_first for line in found] == [True, False]


def rows(*kinds):
    return [{"kind": kind, "text": f"{kind}{place}"} for place, kind in enumerate(kinds)]


def test_no_button_no_change():
    assert rearranged(rows("task"), {"title": "x"}) is None
    assert rearranged(rows("task"), {"add": "bogus"}) is None
    assert rearranged(rows("task"), {"remove": "7"}) is None
    assert rearranged(rows("task"), {"up": "-1"}) is None


def test_what_is_added_comes_last_in_its_kind():
    changed, place = rearranged(rows("member", "task", "agenda"), {"add": "task"})
    assert [row["kind"] for row in changed] == ["member", "task", "task", "agenda"]
    assert (changed[place]["text"], place) == ("", 2)


def test_a_full_mandate_takes_no_further_clause():
    assert rearranged(rows(*["task"] * 250), {"add": "task"}) is None


def test_the_last_clause_can_be_removed():
    assert rearranged(rows("task"), {"remove": "0"}) == ([], 0)
