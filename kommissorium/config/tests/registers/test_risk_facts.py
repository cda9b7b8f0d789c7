"""The register of risks on an agenda, and the items that come back to it by themselves."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.urls import reverse
from django.utils import timezone

from kommissorium.config.tests.registers.cycle_cases import later_meeting, put, through_a_meeting
from kommissorium.conftest import MOST_OF_PARTS, queries_of, time_is
from kommissorium.meetings.actions.agenda import remove_item
from kommissorium.meetings.facts import facts_html
from kommissorium.meetings.models import AgendaItem
from kommissorium.risks.actions.acceptances import withdraw_acceptance
from kommissorium.risks.actions.approving import reopen_assessment
from kommissorium.risks.actions.plans import add_action, say_impossible
from kommissorium.risks.tests.proposal_samples import (
    accepted_by_committee,
    drafted_level,
    proposed,
)
from kommissorium.secretariat.actions.agendas import bring_back
from kommissorium.secretariat.actions.cycle import call
from kommissorium.secretariat.agenda_facts import facts_for, facts_of
from kommissorium.secretariat.call_preview import changes_since_call

APPROVED = {
    "risks.assessment": "approved",
    "risks.acceptance": "approved",
    "risks.risklevel": "approved",
}


def tables(item, meeting):
    facts = facts_for(item, meeting)
    return {table.key: table for table in facts.tables} if facts else {}


def numbers(meeting):
    """Return the figures about risks in the item of ongoing work, by key of the row."""
    item = meeting.items.select_related("clause").get(clause__measure="agenda_ongoing")
    found = tables(item, meeting).get("risks")
    return {row.key.split(":")[1]: row.cells[1] for row in found.rows} if found else {}


def decided(cast, meeting, days=180):
    """Let the meeting approve an assessment, a level, and the acceptance of the first risk."""
    level, assessment = drafted_level(cast), proposed(cast)
    acceptance = accepted_by_committee(cast, assessment, days)
    for one in (level, assessment, acceptance):
        put(cast, one, meeting)
    through_a_meeting(cast, meeting, APPROVED)
    acceptance.refresh_from_db()
    return assessment, acceptance


def test_an_item_about_an_assessment_shows_its_picture(cast, meeting):
    assessment = proposed(cast)
    acceptance = accepted_by_committee(cast, assessment)
    found = tables(put(cast, assessment, meeting), meeting)
    matrix = found["risk_matrix_now_"]
    assert len(matrix.rows) == len(matrix.columns) - 1 == assessment.scale.size
    third = next(row for row in matrix.rows if row.key.endswith(":3"))
    assert third.cells[3].startswith("1 (") and third.cells[2].startswith("1 (")
    assert matrix.rows[0].cells[0].startswith(str(assessment.scale.size)), "the worst on top"
    worst = found["risk_worst"].rows
    assert [row.cells[0] for row in worst] == ["Ransomware", "Strømsvigt"]
    first = assessment.scenarios.first()
    assert worst[0].link == first.get_absolute_url()
    assert "250.000" in worst[0].cells[5] and "250.000" in found["risk_sum"].lead
    assert acceptance.is_unanswered


def test_what_was_taken_back_after_the_call_is_said_at_the_meeting(cast, meeting):
    assessment = proposed(cast)
    item = put(cast, assessment, meeting)
    call(meeting, by=cast.coordinator)
    item.refresh_from_db()
    assert item.facts["tables"][0]["key"] == "risk_sum"
    assert not changes_since_call(meeting, cast.member).facts
    reopen_assessment(assessment, by=cast.coordinator)
    before = item.facts["tables"][0]["lead"]
    after = tables(item, meeting)["risk_sum"].lead
    assert len(after) > len(before)
    [changes] = changes_since_call(meeting, cast.member).facts
    assert changes.item == item


def test_a_withdrawn_acceptance_is_a_change_since_the_call(cast, meeting):
    assessment = proposed(cast)
    acceptance = accepted_by_committee(cast, assessment)
    put(cast, assessment, meeting)
    call(meeting, by=cast.coordinator)
    withdraw_acceptance(acceptance, by=cast.coordinator, because="Fortrudt")
    [changes] = changes_since_call(meeting, cast.member).facts
    assert {one.heading for one in changes.changes} and changes.changes[-1].kind == "changed"


def test_a_level_shows_which_cells_it_accepts(cast, meeting):
    level = drafted_level(cast)
    found = tables(put(cast, level, meeting), meeting)["risk_level"]
    accepted = sum(cell != "–" for row in found.rows for cell in row.cells[1:])
    assert accepted == sum(cell for row in level.cells for cell in row)


def test_a_matrix_keeps_its_colours_and_the_line_wherever_it_is_read(cast, meeting, client_of):
    level = drafted_level(cast)
    item = put(cast, level, meeting)
    call(meeting, by=cast.coordinator)
    item.refresh_from_db()
    looks = [look for row in tables(item, meeting)["risk_level"].rows for look in row.looks[1:]]
    bands = level.scale.band_list
    assert {look.split()[0] for look in looks} == {band.tone for band in bands}
    html = facts_html(item.facts)
    assert all(f'data-look="{look}"' in html for look in looks)
    assert any(" top" in look or " right" in look for look in looks)
    page = client_of("member").get(item.get_absolute_url()).content.decode()
    assert all(f'data-look="{look}"' in page for look in looks)


def test_an_acceptance_shows_its_terms_and_its_risk(cast, meeting):
    acceptance = accepted_by_committee(cast, proposed(cast))
    found = tables(put(cast, acceptance, meeting), meeting)
    terms = [row.cells[1] for row in found["risk_terms"].rows]
    assert "250.000" in terms[0] and cast.coordinator.name in terms
    assert [row.cells[0] for row in found["risk_acceptance"].rows] == ["Ransomware"]


def test_the_ongoing_work_counts_the_risks_and_what_is_new(cast, meeting):
    later = later_meeting(cast)
    assert numbers(meeting) == {}, "nothing is registered"
    decided(cast, meeting)
    with time_is(meeting.starts_at + timedelta(days=2)):
        told = numbers(later)
    assert told["all"] == "2" and told["approved"] == "1" and told["new"] == "2"
    assert told["above"] == "2" and told["open"] == "1"
    assert "250.000" in told["kroner"]
    assert told["expiring"] == "1", "180 days from today lie within 60 days of a meeting in 120"
    call(later, by=cast.coordinator)
    third = later_meeting(cast, 200)
    with time_is(later.starts_at + timedelta(hours=1)):
        type(later).objects.filter(pk=later.pk).update(state="held")
        assert "approved" not in numbers(third), "the committee has heard of it"


def test_an_expiring_acceptance_comes_back_once(cast, meeting):
    later = later_meeting(cast)
    _assessment, acceptance = decided(cast, meeting)
    [item] = later.items.filter(subject_kind="risks.expiring")
    with time_is(meeting.starts_at + timedelta(days=2)):
        bring_back(later, by=cast.coordinator)
        call(later, by=cast.coordinator)
    [same] = later.items.filter(subject_kind="risks.expiring")
    assert same == item and item.type == AgendaItem.Type.DECISION
    [row] = tables(same, later)["risk_expiring"].rows
    assert row.link == acceptance.get_absolute_url() and "250.000" in row.cells[1]


def test_one_that_holds_for_long_does_not_come_back(cast, meeting):
    later = later_meeting(cast)
    decided(cast, meeting, days=300)
    assert not later.items.filter(subject_kind="risks.expiring").exists()


def test_one_withdrawn_or_accepted_for_longer_does_not_come_back(cast, meeting):
    later = later_meeting(cast)
    _assessment, acceptance = decided(cast, meeting)
    remove_item(later.items.get(subject_kind="risks.expiring"), by=cast.coordinator)
    withdraw_acceptance(acceptance, by=cast.coordinator, because="Risikoen nedbringes i stedet.")
    bring_back(later, by=cast.coordinator)
    assert not later.items.filter(subject_kind="risks.expiring").exists()


def test_an_impossible_action_comes_back_with_why(cast, meeting):
    later = later_meeting(cast)
    assessment, _acceptance = decided(cast, meeting, days=300)
    risk = assessment.scenarios.select_related("assessment__scale").first()
    action = add_action(
        risk,
        by=cast.coordinator,
        title="Skift backup",
        owner=cast.head_of_it,
        due=timezone.localdate() + timedelta(days=200),
    )
    bring_back(later, by=cast.coordinator)
    assert not later.items.filter(subject_kind="risks.slipped").exists()
    say_impossible(action, by=cast.head_of_it, because="Leverandøren er gået konkurs.")
    bring_back(later, by=cast.coordinator)
    item = later.items.get(subject_kind="risks.slipped")
    [row] = tables(item, later)["risk_slipped"].rows
    assert row.cells[0] == "Skift backup" and "konkurs" in row.cells[-1] and row.urgent


def test_many_items_about_risks_ask_as_much_as_few(cast, meeting, client_of):
    later, latest = later_meeting(cast), later_meeting(cast, 150)
    decided(cast, meeting)
    counted, browser = [], client_of("member")
    for on, many in ((later, 2), (latest, 6)):
        for _each in range(many):
            again = proposed(cast)
            for one in (again, drafted_level(cast), accepted_by_committee(cast, again)):
                put(cast, one, on)
        bring_back(on, by=cast.coordinator)
        items = list(on.items.select_related("clause"))
        asked = [queries_of(partial(facts_of, items, on))]
        call(on, by=cast.coordinator)
        url = reverse("meeting_changes", args=[on.pk])
        assert browser.get(url).status_code == 200
        counted.append([*asked, queries_of(partial(browser.get, url))])
    assert counted[0] == counted[1]
    assert max(counted[1]) <= MOST_OF_PARTS
