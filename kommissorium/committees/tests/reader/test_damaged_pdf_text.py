"""A text with all the damage of a converted PDF: split words, glyphs, a table in lines."""

from __future__ import annotations

from kommissorium.committees.reader import read_text
from kommissorium.committees.tests.reader.words import letters_lost, text_of

NAME = "da_skadet_pdf.txt"


def test_the_flattened_table_gives_the_seats_and_the_open_row() -> None:
    found = read_text(text_of(NAME))
    assert [(row.role, row.function) for row in found.members] == [
        ("chair", "Direktør for kultur og fritid"),
        ("secretary", "Sikkerhedskoordinator"),
        ("adviser", "Databeskyttelsesrådgiver"),
        ("deputy_chair", "Chef for …"),
        ("member", "Leder af it-driften"),
        ("member", None),
    ]


def test_split_words_are_healed_and_compounds_keep_their_hyphens() -> None:
    texts = [clause.text for clause in read_text(text_of(NAME)).clauses]
    assert any("sikkerhedskoordinatoren." in text for text in texts)
    assert any("beredskabs-, nød- og reetableringsplaner" in text for text in texts)
    assert any(text.startswith("Leder af it-driften") for text in texts)


def test_sentences_about_practice_belong_to_the_item_before_them() -> None:
    found = read_text(text_of(NAME))
    support = next(c for c in found.clauses if c.measure == "management_support")
    assert support.number == "R4"
    assert support.text.endswith("rapport hvert halve år.")
    assert (support.cadence_months, support.min_per_year) == (6, 2)


def test_a_heading_stuck_to_a_bullet_opens_the_next_section() -> None:
    found = read_text(text_of(NAME))
    assert "Udvalgets opgaver" in found.headings
    numbers = [clause.number for clause in found.clauses if clause.kind != "member"]
    assert numbers == ["R1", "R2", "R3", "R4", "R5", "T1", "T2", "K1", "K2", "A1", "A2", "A3", "A4"]


def test_meeting_rules_and_ranges_are_understood() -> None:
    clauses = {clause.number: clause for clause in read_text(text_of(NAME)).clauses}
    assert (clauses["K1"].cadence_months, clauses["K1"].min_per_year) == (2, 6)
    assert clauses["K2"].horizon_months == 3
    assert clauses["K2"].cadence_months is None
    assert (clauses["A3"].min_per_year, clauses["A3"].max_per_year) == (2, 3)


def test_nothing_of_the_damaged_text_is_lost() -> None:
    source = text_of(NAME)
    healed = (
        source.replace("- \n\n", "").replace("-\n\n", "").replace("-\n", "").replace("- \n", "")
    )
    assert not letters_lost(healed, read_text(source))
