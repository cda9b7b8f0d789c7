"""The page that puts something about risks before the committee."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kommissorium.committees.actions.committee import found_committee
from kommissorium.config.tests.registers.cycle_cases import fresh, later_meeting, put
from kommissorium.conftest import in_days
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.calendar import plan_meeting
from kommissorium.meetings.models import AgendaItem
from kommissorium.risks.actions.approving import reopen_assessment
from kommissorium.risks.actions.assessments import drop_assessment
from kommissorium.risks.models import Assessment, AuthorityLimit
from kommissorium.risks.tests.assessment_cases import add_risk, make_draft, make_system
from kommissorium.risks.tests.proposal_samples import (
    accepted_by_committee,
    drafted,
    drafted_level,
    proposed,
)
from kommissorium.secretariat.actions.cycle import call


def address(proposal, kind="assessment"):
    return reverse("proposal", args=[kind, proposal.pk])


def sent(page, meeting, **more):
    return {**page.context["form"].initial, "meeting": meeting, **more}


def test_the_coordinator_puts_a_draft_on_the_next_agenda(cast, meeting, client_of):
    draft, browser = drafted(cast), client_of("coordinator")
    page = browser.get(address(draft))
    assert page.status_code == 200 and "late_because" not in page.context["form"].fields
    assert page.context["form"].initial["meeting"] == str(meeting.pk)
    answer = browser.post(address(draft), sent(page, meeting.pk), follow=True)
    item = AgendaItem.objects.get(subject_kind="risks.assessment")
    assert answer.request["PATH_INFO"] == item.get_absolute_url()
    assert item.meeting == meeting and item.type == "decision" and item.label == ""
    assert draft.title in item.title and draft.title in item.recommendation
    assert "<table>" in item.presentation
    assert "Ransomware" in answer.text and draft.get_absolute_url() in answer.text
    assert fresh(draft).state == "proposed" and draft.committee == cast.committee
    positions = list(meeting.items.values_list("clause__measure", flat=True))
    assert positions[-1] == "agenda_any_other_business"


def test_acceptances_of_its_risks_go_along_with_items_of_their_own(cast, meeting, client_of):
    assessment, browser = proposed(cast), client_of("coordinator")
    chosen = accepted_by_committee(cast, assessment)
    page = browser.get(address(assessment))
    assert page.context["form"].initial["along"] == [str(chosen.pk)]
    browser.post(address(assessment), sent(page, meeting.pk, along=[chosen.pk]))
    kinds = [one.subject_kind for one in meeting.items.exclude(subject_kind="")]
    assert kinds == ["risks.assessment", "risks.acceptance"]
    item = meeting.items.get(subject_kind="risks.acceptance")
    assert "250.000" in item.recommendation
    assert chosen.reason in item.presentation


def test_a_level_and_an_acceptance_are_put_there_from_their_own_pages(cast, meeting, client_of):
    level, browser = drafted_level(cast), client_of("coordinator")
    acceptance = accepted_by_committee(cast, proposed(cast))
    for one, kind in ((level, "level"), (acceptance, "acceptance")):
        page = browser.get(address(one, kind))
        assert browser.post(address(one, kind), sent(page, meeting.pk)).status_code == 302
    assert meeting.items.exclude(subject_kind="").count() == 2
    assert fresh(level).is_proposed


def test_a_late_item_says_why(cast, meeting, client_of):
    draft, browser = drafted(cast), client_of("coordinator")
    call(meeting, by=cast.coordinator)
    page = browser.get(address(draft))
    refused = browser.post(address(draft), sent(page, meeting.pk))
    assert refused.status_code == 400
    assert "late_because" in refused.context["form"].errors
    assert fresh(draft).is_draft, "nothing is half done"
    browser.post(address(draft), sent(page, meeting.pk, late_because="Brud i går"))
    item = meeting.items.get(subject_kind="risks.assessment")
    assert item.late_because == "Brud i går" and item.facts["tables"]


def test_a_draft_can_wait_for_the_chair_between_meetings(cast, meeting, client_of):
    draft, browser = drafted(cast), client_of("coordinator")
    page = browser.get(address(draft))
    browser.post(address(draft), sent(page, f"between-{cast.committee.pk}"))
    assert fresh(draft).state == "proposed"
    assert not AgendaItem.objects.filter(subject_kind="risks.assessment").exists()


def test_what_stands_on_an_agenda_is_not_put_on_another(cast, meeting, client_of):
    later, assessment = later_meeting(cast), proposed(cast)
    item = put(cast, assessment, meeting)
    page = client_of("coordinator").get(address(assessment))
    assert page.context["form"] is None and item.get_absolute_url() in page.text
    with pytest.raises(Refused):
        put(cast, assessment, later)
    assert AgendaItem.objects.filter(subject_kind="risks.assessment").get() == item


def test_what_was_taken_back_comes_to_the_item_that_stands_already(cast, meeting, client_of):
    assessment, browser = proposed(cast), client_of("coordinator")
    item = put(cast, assessment, meeting)
    reopen_assessment(assessment, by=cast.coordinator)
    page = browser.get(address(assessment))
    changed = sent(page, meeting.pk, presentation="<p>Nu med ny vurdering.</p>")
    assert browser.post(address(assessment), changed).status_code == 302
    again = AgendaItem.objects.get(subject_kind="risks.assessment")
    assert again == item and "ny vurdering" in again.presentation
    assert fresh(assessment).state == "proposed"


def test_what_lacks_something_says_what_instead_of_a_form(cast, meeting, client_of):
    page = client_of("coordinator").get(address(make_draft(cast)))
    assert page.status_code == 200 and page.context["form"] is None
    assert page.context["lacks"][0] in page.text


def test_what_has_ended_has_nothing_to_decide(cast, meeting, client_of):
    draft, browser = drafted(cast), client_of("coordinator")
    drop_assessment(draft, by=cast.coordinator)
    page = browser.get(address(draft))
    assert page.context["form"] is None and page.context["is_over"]
    assert browser.post(address(draft), {"meeting": meeting.pk}).status_code == 400
    assert not AgendaItem.objects.filter(subject_kind="risks.assessment").exists()


def test_another_committee_is_not_offered_what_lies_before_this_one(cast, meeting, client_of):
    other = found_committee(name="Databeskyttelsesudvalget", by=cast.coordinator)
    theirs = plan_meeting(
        other, by=cast.coordinator, starts_at=in_days(20, 9), ends_at=in_days(20, 10), place="A"
    )
    page = client_of("coordinator").get(address(proposed(cast)))
    assert str(theirs.pk) not in page.context["form"].meetings
    with pytest.raises(Refused):
        put(cast, proposed_anew(cast), theirs)


def proposed_anew(cast):
    return Assessment.objects.get(state="proposed")


def test_an_acceptance_beyond_what_the_committee_may_is_refused_in_words(cast, meeting, client_of):
    acceptance = accepted_by_committee(cast, proposed(cast))
    AuthorityLimit.objects.update_or_create(capacity="committee", defaults={"per_risk": 1000})
    browser = client_of("coordinator")
    page = browser.get(address(acceptance, "acceptance"))
    answer = browser.post(address(acceptance, "acceptance"), sent(page, meeting.pk))
    assert answer.status_code == 400 and "1.000" in str(answer.context["form"].errors)
    assert not meeting.items.filter(subject_kind="risks.acceptance").exists()


WHO = [
    ("chair", 200, 403),
    ("deputy", 200, 403),
    ("member", 403, 403),
    ("dpo", 403, 403),
    ("auditor", 403, 403),
    ("executive", 403, 403),
    ("employee", 404, 404),
    ("administrator", 404, 404),
]


@pytest.mark.parametrize(("who", "seen", "done"), WHO)
def test_others_see_or_do_no_more_than_is_theirs(cast, client_of, who, seen, done):
    assessment = proposed(cast)
    for one, kind in (
        (assessment, "assessment"),
        (drafted_level(cast), "level"),
        (accepted_by_committee(cast, assessment), "acceptance"),
    ):
        # A draft of the level is the coordinators' own.
        got = client_of(who).get(address(one, kind)).status_code
        assert got == (404 if kind == "level" else seen), kind
        assert client_of(who).post(address(one, kind), {"meeting": "1"}).status_code == (
            404 if kind == "level" else done
        )


def test_the_page_asks_few_questions(cast, meeting, client_of, django_assert_max_num_queries):
    assessment, browser = proposed(cast), client_of("coordinator")
    accepted_by_committee(cast, assessment)
    other = make_draft(cast, make_system(cast, "Vagtplan"))
    add_risk(other, cast)
    for days in (60, 90, 120):
        later_meeting(cast, days)
    for one in (assessment, other):
        browser.get(address(one))
        with django_assert_max_num_queries(12):
            assert browser.get(address(one)).context["form"]
