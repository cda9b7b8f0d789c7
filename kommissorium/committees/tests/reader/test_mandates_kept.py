"""Mandates kept to measure the reader by: beside each is what a person reads out of it.

Roles right in nine of ten seats, every meeting rule found and measured, no measure that is false,
and nothing that only orders the pages taken for a clause or a seat.
"""

from __future__ import annotations

import io
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
import typst

from kommissorium.committees.reader import ReadClause, Understanding, read_file, read_text
from kommissorium.committees.reader.measure_words import duty_measure
from kommissorium.committees.reader.parser import understand
from kommissorium.committees.tests.reader.words import letters_lost

MANDATES = Path(__file__).resolve().parent / "mandates"
NAMES = sorted(path.stem for path in MANDATES.glob("*.toml"))
RULES = {"meetings_per_year", "calendar_horizon"}


@dataclass(frozen=True)
class Expected:
    """A person's reading of a mandate.

    `seats` are role and function; `rules` the meeting rules with measure, cadence in months,
    fewest and most a year and months ahead; `measures` those of the other clauses, `cadences`
    some of them with their figures; `counts` the clauses of a kind; `noise` what stands in no
    clause.
    """

    language: str
    seats: list[str]
    rules: list[str]
    measures: list[str]
    counts: dict[str, int]
    noise: list[str]
    cadences: tuple[str, ...] = ()


@cache
def expected_of(name: str) -> Expected:
    data: dict[str, Any] = tomllib.loads((MANDATES / f"{name}.toml").read_text(encoding="utf-8"))
    return Expected(**data)


def text_of(name: str) -> str:
    return (MANDATES / f"{name}.txt").read_text(encoding="utf-8")


def seats_of(found: Understanding) -> list[str]:
    return [f"{row.role}: {row.function or ''}".strip() for row in found.members]


def figures(clause: ReadClause) -> str:
    fields = (clause.cadence_months, clause.min_per_year, clause.max_per_year)
    told = ["-" if field is None else str(field) for field in (*fields, clause.horizon_months)]
    return f"{clause.measure} {' '.join(told)}"


def rules_of(found: Understanding) -> list[str]:
    return [figures(clause) for clause in found.clauses if clause.measure in RULES]


def measures_of(found: Understanding) -> Counter[str]:
    others = {*RULES, "seat_filled", None}
    return Counter(str(c.measure) for c in found.clauses if c.measure not in others)


def test_at_least_ten_mandates_in_four_languages_are_kept() -> None:
    assert len(NAMES) >= 10
    assert {expected_of(name).language for name in NAMES} == {"da", "nb", "sv", "en"}
    assert {path.stem for path in MANDATES.glob("*.txt")} == set(NAMES)


def test_nine_of_ten_seats_get_their_role_and_function() -> None:
    wanted = Counter((name, seat) for name in NAMES for seat in expected_of(name).seats)
    read = Counter((name, seat) for name in NAMES for seat in seats_of(read_text(text_of(name))))
    right = sum((wanted & read).values())
    assert right >= 0.9 * sum(wanted.values()), wanted - read
    assert sum((read - wanted).values()) <= 0.1 * sum(wanted.values()), read - wanted


@pytest.mark.parametrize("name", NAMES)
def test_every_meeting_rule_is_found_and_measured(name: str) -> None:
    assert rules_of(read_text(text_of(name))) == expected_of(name).rules


@pytest.mark.parametrize("name", NAMES)
def test_no_measure_is_false_and_hardly_any_is_missed(name: str) -> None:
    expected, found = expected_of(name), read_text(text_of(name))
    assert not measures_of(found) - Counter(expected.measures)
    assert (Counter(expected.measures) - measures_of(found)).total() <= 1
    assert set(expected.cadences) <= {figures(clause) for clause in found.clauses}


@pytest.mark.parametrize("name", NAMES)
def test_what_orders_the_pages_is_no_clause_and_no_seat(name: str) -> None:
    expected, found = expected_of(name), read_text(text_of(name))
    assert found.language == expected.language
    for noise in expected.noise:
        assert not [clause.text for clause in found.clauses if noise in clause.text]
    kinds = Counter(clause.kind for clause in found.clauses)
    assert {kind: kinds[kind] for kind in expected.counts} == expected.counts


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_a_kept_mandate_is_lost(name: str) -> None:
    source = text_of(name)
    assert not letters_lost(source.replace("-\n", ""), read_text(source))


@pytest.mark.parametrize("name", [name for name in NAMES if "\t" not in text_of(name)])
def test_a_kept_mandate_reads_the_same_as_a_document_of_paragraphs(name: str) -> None:
    document = docx.Document()
    for line in text_of(name).split("\n\n"):
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    found = read_file(stream.getvalue(), "a.docx")
    assert seats_of(found) == seats_of(read_text(text_of(name)))
    assert rules_of(found) == expected_of(name).rules


OPEN_ROWS = [
    ("Formand for udvalget", "", "Direktør for Kultur og Fritid"),
    ("Næstformand", "", ""),
    ("Medlem", "", "Chef for Ejendomme"),
    ("Medlem", "", ""),
    ("Medlem", "", ""),
    ("Sekretær", "", "Informationssikkerhedskoordinator"),
    ("Rådgiver", "", "Databeskyttelsesrådgiver"),
]
OPEN_SEATS = [
    "chair: Direktør for Kultur og Fritid",
    "deputy_chair:",
    "member: Chef for Ejendomme",
    "member:",
    "member:",
    "secretary: Informationssikkerhedskoordinator",
    "adviser: Databeskyttelsesrådgiver",
]


def as_pdf() -> bytes:
    """Return a mandate of three pages with running heads, contents and a table with open rows."""
    rows = [("Rolle", "Navn", "Funktion"), *OPEN_ROWS]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    return typst.compile(
        f"""#set page(
  header: [Engholm Kommune #h(1fr) Kommissorium, version 3],
  footer: [#h(1fr) #context [Side #counter(page).get().first() af #counter(page).final().first()]],
)
= Kommissorium for Cybersikkerhedsudvalget
#outline(title: "Indhold")
#pagebreak()
== Formål
Udvalget leder kommunens arbejde med informationssikkerhed.
== Udvalgets medlemmer
#table(columns: 3, {cells})
#pagebreak()
== Opgaver
- Godkender kommunens risikoniveau hvert år.
- Evaluerer hændelser.
== Praktisk
Mindst fire gange om året mødes udvalget. Mødekalenderen ligger fast et år frem.
""".encode()
    )


def test_open_rows_of_a_pdf_stay_apart_and_its_page_marks_stay_out() -> None:
    found = read_file(as_pdf(), "a.pdf")
    assert found.title == "Kommissorium for Cybersikkerhedsudvalget"
    assert seats_of(found) == OPEN_SEATS
    assert rules_of(found) == ["meetings_per_year 3 4 - -", "calendar_horizon - - - 12"]
    rest = [clause.number for clause in found.clauses if clause.kind != "member"]
    assert rest == ["O1", "T1", "T2", "K1", "K2"]


NOT_THE_COMMITTEES_OWN = [
    "Fastsætter mål for sygefraværet",
    "Godkender retningslinjer for brug af kommunens biler",
    "Følger projektet om ny hjemmeside",
    "Orienterer direktionen om ferieplaner",
    "Reviderer personalepolitikken hvert år",
    "Sikrer finansiering af kurser",
    "Sets objectives for the canteen",
    "Reviews progress on the new town hall project",
    "Approves the rules of the car park",
    "Godkänner riktlinjer för kommunens lokaler",
    "Fastställer mål för sjukfrånvaron",
    "Fastsetter mål for bærekraft",
    "Godkender planer for uddannelse i førstehjælp",
]


@pytest.mark.parametrize("duty", NOT_THE_COMMITTEES_OWN)
def test_a_duty_about_something_else_has_no_measure(duty: str) -> None:
    assert duty_measure(duty) is None


HOW_OFTEN = [
    ("Fire gange om året mødes udvalget.", 3),
    ("Udvalget skal afholde mindst fire møder.", None),
    ("Udvalget skal afholde mindst fire møder årligt.", 3),
    ("Hvert kvartal samles udvalget til et ordinært møde.", 3),
    ("Mindst én gang om måneden skal udvalget mødes.", 1),
    ("Der planlægges fire møder om året.", 3),
    ("Møderne afvikles hver sjette uge.", 2),
    ("Seks årlige møder.", 2),
    ("Udvalget træder sammen fire gange om året.", 3),
    ("Udvalget mødes fire gange om året med referat til direktionen.", 3),
]


@pytest.mark.parametrize(("rule", "months"), HOW_OFTEN)
def test_a_meeting_rule_under_an_unknown_heading_is_measured(rule: str, months: int | None) -> None:
    found = understand(
        f"Kommissorium for udvalget\n\nFormål\nTryghed for alle.\n\nPraktisk\n{rule}"
    )
    measured = [clause for clause in found.clauses if clause.measure == "meetings_per_year"]
    assert [clause.cadence_months for clause in measured] == ([months] if months else [])


NOT_THE_MEETINGS = [
    "Formanden mødes med direktionen hver måned.",
    "Ekstraordinære møder kan afholdes op til to gange om året.",
    "Forretningsudvalget mødes hver måned.",
    "Udvalget holder et seminar hvert år.",
    "Formanden vælges hvert andet år.",
    "Udvalget mødes med byrådet én gang om året.",
    "Dagsordenen sendes ud hvert kvartal.",
    "Hver måned sender sekretæren en oversigt til møderne.",
    "Materialet opdateres hver måned til mødet.",
]


@pytest.mark.parametrize("sentence", NOT_THE_MEETINGS)
def test_a_cadence_of_something_else_is_not_that_of_the_meetings(sentence: str) -> None:
    found = understand(f"Kommissorium for udvalget\n\nMøder\n{sentence}")
    assert not [clause for clause in found.clauses if clause.measure == "meetings_per_year"]


def test_two_cadences_in_one_sentence_are_two_clauses() -> None:
    found = understand(
        "Kommissorium for udvalget\n\nMøder\n"
        "Udvalget møder kvartalsvis og rapporterer halvårligt til direktionen."
    )
    assert [(clause.text, figures(clause)) for clause in found.clauses] == [
        ("Udvalget møder kvartalsvis", "meetings_per_year 3 4 - -"),
        ("rapporterer halvårligt til direktionen.", "executive_reporting 6 2 - -"),
    ]
