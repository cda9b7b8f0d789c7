"""Mandates of different committees: headings, numbering, order and language vary."""

from __future__ import annotations

import pytest

from kommissorium.committees.reader import read_text
from kommissorium.committees.reader.parser import understand
from kommissorium.committees.tests.reader.words import TEXTS, letters_lost, text_of

SEATS = {
    "da_it_udvalg_paragraffer.txt": [
        ("chair", "Direktøren for Økonomi og Stab"),
        ("deputy_chair", "It-chefen"),
        ("member", "Personalechefen"),
        ("member", "Skolechefen"),
        ("adviser", "Databeskyttelsesrådgiveren"),
        ("secretary", "It-sikkerhedslederen"),
    ],
    "da_prosa.txt": [
        ("chair", "Juridisk chef"),
        ("member", "It-chefen"),
        ("member", "HR-chefen"),
        ("member", "Lederen af borgerservice"),
        ("adviser", "Databeskyttelsesrådgiveren"),
    ],
    "da_punktummer.md": [
        ("chair", "Velfærdsdirektøren"),
        ("deputy_chair", "Stabschefen"),
        ("secretary", "Koordinator for informationssikkerhed"),
        ("adviser", "DPO'en"),
        ("member", "Chef for Børn og Unge"),
        ("member", "Chef for Teknik og Miljø"),
    ],
    "en_board_order.md": [
        ("chair", "Chief Executive"),
        ("deputy_chair", "Director of Corporate Services"),
        ("secretary", "Governance Officer"),
        ("adviser", "Data Protection Officer"),
        ("member", "Head of IT"),
        ("member", "Head of Communications"),
    ],
    "en_letter_no_headings.txt": [
        ("chair", "Director of Resources"),
        ("deputy_chair", "Head of IT"),
        ("secretary", "Records Manager"),
        ("member", "Head of Housing"),
        ("member", "Head of Planning"),
        ("member", "Head of Libraries"),
    ],
    "en_numbered_no_marks.txt": [
        ("chair", "Chief Operating Officer"),
        ("deputy_chair", "Senior Information Risk Owner"),
        ("member", "Head of Records"),
        ("adviser", "Data Protection Officer"),
        ("secretary", "Executive Assistant"),
    ],
    "en_decimal_capitals.txt": [
        ("chair", "Deputy Chief Executive"),
        ("deputy_chair", "Chief Digital Officer"),
        ("member", "Head of Legal"),
        ("member", "Head of Procurement"),
        ("adviser", "Data Protection Officer"),
    ],
    "en_steering_group_prose.txt": [
        ("chair", "Chief Executive"),
        ("deputy_chair", "Director of Finance"),
        ("member", "Head of Legal Services"),
        ("member", "Head of Digital"),
        ("member", "Head of Schools"),
        ("secretary", "Information Security Manager"),
        ("adviser", "Data Protection Officer"),
    ],
    "nb_forum_prosa.txt": [
        ("chair", "Assisterende kommunedirektør"),
        ("deputy_chair", "IT-sjefen"),
        ("member", "Arkivlederen"),
        ("member", "Rektor ved voksenopplæringen"),
        ("adviser", "Personvernombudet"),
    ],
    "nb_overskrift_i_linjen.txt": [
        ("chair", "Kommunedirektør"),
        ("member", "IKT-leder"),
        ("adviser", "Personvernombud"),
        ("member", "HR-leder"),
        ("secretary", "Beredskapskoordinator"),
    ],
    "nb_sikkerhetsutvalg.txt": [
        ("chair", "Kommunedirektøren"),
        ("deputy_chair", "Økonomisjefen"),
        ("secretary", "Informasjonssikkerhetsrådgiveren"),
        ("adviser", "Personvernombudet"),
        ("member", "IKT-lederen"),
        ("member", "Helsesjefen"),
    ],
    "sv_namnd_paragrafer.txt": [("chair", "Kommundirektören")],
    "sv_sakerhetsrad.txt": [
        ("chair", "Kommundirektören"),
        ("deputy_chair", "IT-chefen"),
        ("member", "Säkerhetschefen"),
        ("adviser", "Dataskyddsombudet"),
        ("secretary", "Informationssäkerhetssamordnaren"),
    ],
    "sv_styrgrupp.md": [
        ("chair", "Ekonomidirektören"),
        ("member", "Digitaliseringschefen"),
        ("member", "HR-chefen"),
        ("member", "Kommunjuristen"),
        ("secretary", "Säkerhetssamordnaren"),
    ],
}

# Per clause: number, measure, cadence in months, fewest and most a year, months ahead.
CLAUSES = {
    "da_it_udvalg_paragraffer.txt": """
        O1 - - - - -; T1 risk_level 12 1 - -; T2 incident_evaluation - - - -;
        T3 project_status - - - -; T4 policy_revision 24 - - -; K1 meetings_per_year 2 6 - -; K2 calendar_horizon - - - 12;
        K3 - - - - -; O2 - - - - -""",
    "da_prosa.txt": """
        O1 - - - - -; R1 continuity_plans - - - -; T1 incident_evaluation - - - -;
        T2 executive_reporting 6 2 - -; K1 meetings_per_year 3 4 - -; K2 calendar_horizon - - - 6;
        A1 agenda_minutes - - - -; A2 agenda_incidents - - - -; A3 agenda_coming_tasks - - - -;
        A4 agenda_any_other_business - - - -""",
    "da_punktummer.md": """
        O1 - - - - -; T1 quarterly_status 3 4 - -; T2 awareness_evaluation 6 2 - -;
        T3 audit_evaluation - - - -; T4 policy_revision 12 1 - -; R1 ownership - - - -;
        R2 continuity_test 12 1 - -; K1 meetings_per_year 3 4 6 -; K2 calendar_horizon - - - 12;
        K3 - - - - -; A1 agenda_minutes - - - -; A2 agenda_incidents - - - -;
        A3 agenda_any_other_business - - - -""",
    "en_board_order.md": """
        K1 meetings_per_year 1 12 - -; K2 calendar_horizon - - - 12; A1 agenda_minutes - - - -;
        A2 agenda_incidents - - - -; A3 agenda_ongoing - - - -; A4 agenda_coming_tasks - - - -;
        A5 agenda_any_other_business - - - -; R1 ownership - - - -; R2 awareness_training 12 1 - -;
        R3 weighed_decisions - - - -; T1 risk_level - - - -; T2 audit_evaluation 6 2 - -;
        T3 project_status 12 1 3 -""",
    "en_letter_no_headings.txt": """
        O1 - - - - -; R1 continuity_plans - - - -; T1 underlying_policies - - - -;
        T2 incident_evaluation - - - -; T3 executive_reporting 6 2 - -;
        K1 meetings_per_year 3 4 - -""",
    "en_numbered_no_marks.txt": """
        R1 ownership - - - -; R2 owner_guidelines - - - -; R3 continuity_test 18 - - -;
        K1 meetings_per_year 3 4 - -; A1 agenda_minutes - - - -; A2 agenda_year_wheel - - - -;
        A3 agenda_incidents - - - -; A4 agenda_policies - - - -;
        A5 agenda_any_other_business - - - -""",
    "en_decimal_capitals.txt": """
        O1 - - - - -; O2 - - - - -; R1 objectives - - - -; R2 continuity_test 24 - - -;
        K1 meetings_per_year 3 4 - -; K2 - - - - -; T1 executive_reporting 6 2 - -""",
    "en_steering_group_prose.txt": """
        O1 - - - - -; T1 policy_framework - - - -; T2 policy_revision 24 - - -;
        T3 quarterly_status 3 4 - -; T4 incident_evaluation - - - -; T5 continuity_test 6 2 - -;
        K1 meetings_per_year 2 6 - -; K2 calendar_horizon - - - 12; K3 - - - - -;
        A1 agenda_minutes - - - -; A2 agenda_ongoing - - - -; A3 agenda_incidents - - - -;
        A4 agenda_policies - - - -; A5 agenda_any_other_business - - - -; O2 - 12 1 - -""",
    "nb_forum_prosa.txt": """
        R1 ownership - - - -; T1 incident_evaluation - - - -; T2 executive_reporting 6 2 - -;
        K1 meetings_per_year 3 4 - -""",
    "nb_overskrift_i_linjen.txt": """
        O1 - - - - -; R1 underlying_policies - - - -; R2 chair_mandate - - - -;
        K1 meetings_per_year 3 4 - -; K2 calendar_horizon - - - 12; A1 agenda_minutes - - - -;
        A2 agenda_incidents - - - -; A3 agenda_ongoing - - - -; A4 agenda_any_other_business - - - -""",
    "nb_sikkerhetsutvalg.txt": """
        R1 steering - - - -; R2 awareness_training - - - -; R3 continuity_test 12 1 - -;
        T1 underlying_policies - - - -; T2 incident_evaluation - - - -; T3 risk_level - - - -;
        T4 quarterly_status 4 3 - -; K1 meetings_per_year 2 6 - -; K2 calendar_horizon - - - 6;
        A1 agenda_minutes - - - -; A2 agenda_incidents - - - -; A3 agenda_year_wheel - - - -;
        A4 agenda_any_other_business - - - -""",
    "sv_namnd_paragrafer.txt": """
        O1 - - - - -; K1 meetings_per_year 3 4 - -; R1 owner_guidelines - - - -;
        T1 awareness_evaluation 12 1 - -""",
    "sv_sakerhetsrad.txt": """
        T1 steering - - - -; R1 ownership - - - -; R2 awareness_training - - - -;
        R3 continuity_test 12 1 - -; T2 underlying_policies - - - -;
        T3 incident_evaluation - - - -; T4 quarterly_status 3 4 - -; T5 policy_revision 24 - - -;
        K1 meetings_per_year 3 4 - -; K2 calendar_horizon - - - 6; A1 agenda_minutes - - - -;
        A2 agenda_ongoing - - - -; A3 agenda_incidents - - - -; A4 agenda_year_wheel - - - -;
        A5 executive_reporting 6 2 - -; A6 agenda_any_other_business - - - -""",
    "sv_styrgrupp.md": """
        T1 risk_level - - - -; T2 project_status 6 2 - -; T3 audit_evaluation - - - -;
        K1 meetings_per_year 2 6 - -; K2 - - - - -""",
}


@pytest.mark.parametrize("name", sorted(SEATS))
def test_seats_of_every_layout_are_found(name: str) -> None:
    found = read_text(text_of(name))
    assert [(row.role, row.function) for row in found.members] == SEATS[name]
    assert found.language == name[:2]


@pytest.mark.parametrize("name", sorted(CLAUSES))
def test_clauses_measures_and_cadences_of_every_layout_are_found(name: str) -> None:
    found = read_text(text_of(name))
    read = [
        " ".join(
            str(value if value is not None else "-")
            for value in (
                clause.number,
                clause.measure,
                clause.cadence_months,
                clause.min_per_year,
                clause.max_per_year,
                clause.horizon_months,
            )
        )
        for clause in found.clauses
        if clause.kind != "member"
    ]
    assert read == [" ".join(expected.split()) for expected in CLAUSES[name].split(";")]


@pytest.mark.parametrize("name", sorted(SEATS))
def test_every_long_word_of_the_source_is_kept(name: str) -> None:
    source = text_of(name)
    assert not letters_lost(source, read_text(source))


def test_every_fixture_is_read_by_a_test() -> None:
    named = {*SEATS, "da_skadet_pdf.txt"}
    assert {path.name for path in TEXTS.iterdir()} == named
    assert set(CLAUSES) == set(SEATS)


def test_member_rows_and_member_clauses_carry_the_same_numbers() -> None:
    found = read_text(text_of("sv_sakerhetsrad.txt"))
    members = [clause for clause in found.clauses if clause.kind == "member"]
    assert [clause.number for clause in members] == [row.number for row in found.members]
    assert {clause.measure for clause in members} == {"seat_filled"}
    assert found.as_json()["members"][0] == {"role": "chair", "function": "Kommundirektören"}


def test_a_cadence_in_the_lead_in_holds_for_the_list_under_it() -> None:
    found = understand(
        "Sikkerhedsudvalget\n\nMindst én gang om året skal udvalget:\n"
        "- teste beredskabsplanen\n- evaluere uddannelsen to gange årligt\n"
    )
    tasks = [clause for clause in found.clauses if clause.kind == "task"]
    assert [(task.measure, task.cadence_months) for task in tasks] == [
        ("continuity_test", 12),
        ("awareness_evaluation", 6),
    ]
    assert found.clauses[0].text == "Mindst én gang om året skal udvalget:"


def test_items_that_leave_out_the_committee_are_seats_and_meeting_rules() -> None:
    found = read_text(
        "Information Security Committee\n\nThe Committee:\n"
        "- shall be chaired by the Chief Executive;\n"
        "- shall comprise the Head of IT, the Head of HR and the Head of Schools;\n"
        "- shall meet at least four times a year;\n"
        "- approves the information security policy at least every three years.\n"
    )
    assert [(row.role, row.function) for row in found.members] == [
        ("chair", "Chief Executive"),
        ("member", "Head of IT"),
        ("member", "Head of HR"),
        ("member", "Head of Schools"),
    ]
    rest = [(c.number, c.measure, c.cadence_months) for c in found.clauses if c.kind != "member"]
    assert rest == [("K1", "meetings_per_year", 3), ("T1", "policy_revision", 36)]
