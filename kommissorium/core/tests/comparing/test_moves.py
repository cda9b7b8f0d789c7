"""A piece moved and changed on the way is told as moved, with its changes."""

from __future__ import annotations

from kommissorium.core.comparing import Change, compare, pieces_of_html

FIRST = "<h3>Formål</h3><p>Vi passer på borgernes data hver eneste dag hele året.</p>"
SECOND = "<h3>Kontrol</h3><p>Lederen ser efter i hvert kvartal og skriver det ned i systemet.</p>"
THIRD = "<h3>Beredskab</h3><p>Planerne prøves en gang om året af dem, der har dem.</p>"


def compared(old: str, new: str) -> list[Change]:
    return compare(pieces_of_html(old), pieces_of_html(new))


def test_a_section_that_moved_and_changed_is_told_as_moved_with_its_changes() -> None:
    changed = SECOND.replace("hvert kvartal", "hver måned")
    found = compared(FIRST + SECOND + THIRD, changed + FIRST + THIRD)
    kinds = [(one.kind, one.piece.words[:7]) for one in found]
    assert kinds == [
        ("moved", "Kontrol"),
        ("moved", "Lederen"),
        ("same", "Formål"),
        ("same", "Vi pass"),
        ("left", "Kontrol"),
        ("left", "Lederen"),
        ("same", "Beredsk"),
        ("same", "Planern"),
    ]
    heading, text = found[:2]
    assert not heading.is_rewritten and text.is_rewritten
    assert "kvartal" in " ".join(words for op, words in text.segments if op == "removed")
    assert "måned" in " ".join(words for op, words in text.segments if op == "added")
    assert text.old and "kvartal" in text.old.words


def test_what_is_merely_new_has_not_moved() -> None:
    other = "<p>Kameraer sættes kun op, hvor udvalget har sagt ja til dem forinden.</p>"
    found = compared(FIRST + SECOND, other + FIRST)
    assert {one.kind for one in found} == {"added", "same", "removed"}


def test_a_piece_is_taken_once() -> None:
    twice = SECOND.replace("hvert kvartal", "hver måned")
    found = compared(FIRST + SECOND, twice + FIRST + SECOND.replace("Kontrol", "Tilsyn"))
    assert sum(one.kind == "left" for one in found) == sum(one.kind == "moved" for one in found)


def test_many_that_went_and_came_are_left_as_they_are() -> None:
    old = "".join(f"<p>Gammel regel {n} om noget ganske andet {n * 7}</p>" for n in range(400))
    new = "".join(f"<p>Helt frisk tekst nummer {n} uden lighed {n * 3}</p>" for n in range(400))
    assert {one.kind for one in compared(old, new)} <= {"added", "removed", "changed"}
