"""Tables of members in any layout: their words tell which column holds the role."""

from __future__ import annotations

import pytest

from kommissorium.committees.reader.parser import understand

SEATS = [
    ("chair", "Direktør for Kultur"),
    ("deputy_chair", "Skolechef"),
    ("member", "Vejchef"),
    ("secretary", "It-konsulent"),
]
NAMES = ["Karen West", "Bo Kilde", "Ann Sand", "Per Ly"]
ROLES = ["Formand", "Næstformand", "Medlem", "Sekretær"]
FUNCTIONS = [function for _role, function in SEATS]


def rows(form: str, head: str = "") -> str:
    """Return a table of the seats, each row written by a form."""
    lines = [
        form.format(name=name, role=role, function=function)
        for name, role, function in zip(NAMES, ROLES, FUNCTIONS, strict=True)
    ]
    return "\n".join([head, *lines] if head else lines)


@pytest.mark.parametrize(
    "table",
    [
        rows("{name}\t{function}\t{role}"),
        rows("{name}\t{function}\t{role}", "Navn\tStilling\tRolle i udvalget"),
        rows("Kultur\t{function}\t{role}\tFast", "Område\tPerson\tHverv\tAndet"),
        rows("Rolle: {role}\tHvem: {function}"),
        rows("| Kultur | {function} | {role} |", "| Afdeling | Deltager | Udvalgsrolle |"),
        rows("{function} | {role} | Ja", "Funktion | Rolle | Stemmeret"),
        rows("{function:<30}{role}"),
        rows("{function:<30}{role}", f"{'Hvem':<30}Hverv i udvalget"),
        rows("{function:<30}{role:<20}Fast", f"{'Funktion':<30}{'Rolle':<20}Periode"),
        rows("{role:<20}{function}"),
        rows("{role} – {function}"),
        rows("{function} ({role})"),
    ],
)
def test_the_seats_of_a_table_are_read(table: str) -> None:
    found = understand(
        f"Kommissorium for udvalget\n\nFormål\nTryghed for alle.\n\nMedlemmer\n\n{table}\n\n"
        "Møder\nUdvalget mødes fire gange om året.\n"
    )
    assert [(row.role, row.function) for row in found.members] == SEATS
