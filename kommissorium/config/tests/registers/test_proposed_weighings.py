"""Whoever proposes weighs it: the chair signs on one page, and the meeting follows or writes its own."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from kommissorium.config.tests.registers.cycle_cases import fresh, put
from kommissorium.conftest import PASSWORD
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.proceedings import use_recommendation
from kommissorium.meetings.models import Decision, ProposedWeighing
from kommissorium.risks.models import Acceptance
from kommissorium.risks.tests.acceptance_cases import limit, make_risk, propose
from kommissorium.risks.tests.assessment_cases import WEIGHING
from kommissorium.secretariat.actions.cycle import call

WHY_NOW = "Aftalen udløber inden mødet."


@pytest.fixture
def asked(cast):
    limit("chair", per_risk=400_000, per_year=900_000)
    return propose(cast, [make_risk(cast)], why_now=WHY_NOW, weighing=WEIGHING)


def signed_in(client_of, who):
    browser = client_of(who)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return browser


def test_the_chair_signs_on_the_page_of_the_matter(cast, asked, client_of):
    browser = signed_in(client_of, "chair")
    page = browser.get(reverse("proposal", args=["acceptance", asked.pk])).content.decode()
    assert WHY_NOW in page and "Risikoen er kendt." in page and "foreslår afvejningen" in page
    [url] = re.findall(r'action="([^"]+outcome=approved)"', page)
    address = url.replace("&amp;", "&")
    refused = browser.post(address, {"signed": "1", "why_now": WHY_NOW})
    assert refused.status_code == 400
    assert refused.context["form"].errors.keys() == {"is_impartial"}
    answer = browser.post(address, {"signed": "1", "why_now": WHY_NOW, "is_impartial": "on"})
    assert answer.status_code == 302
    decision = Decision.objects.get(by=cast.chair)
    assert decision.weighing() == WEIGHING and decision.is_weighed
    assert decision.why_now == WHY_NOW and "accepterer" in decision.text
    assert fresh(asked).is_standing and fresh(asked).decision == decision


def test_who_signed_in_long_ago_proves_it_and_has_signed(cast, asked, client_of):
    browser = client_of("chair")
    url = f"{reverse('chair_decision_add', args=[cast.committee.pk])}?about=acceptance-{asked.pk}"
    sent = {"signed": "1", "why_now": "Det haster.", "is_impartial": "on"}
    proof = browser.post(f"{url}&outcome=approved", sent)
    assert proof.status_code == 302 and reverse("account_reauthenticate") in proof.url
    assert browser.post(proof.url, {"password": "forkert"}).status_code == 400
    assert not Decision.objects.exists()
    answer = browser.post(proof.url, {"password": PASSWORD})
    decision = Decision.objects.get(by=cast.chair)
    assert (answer.status_code, answer.url) == (302, decision.get_absolute_url())
    assert decision.why_now == "Det haster." and fresh(asked).is_standing


def test_what_is_rejected_is_not_weighed_as_it_was_proposed(cast, asked, client_of):
    browser = signed_in(client_of, "chair")
    url = f"{reverse('chair_decision_add', args=[cast.committee.pk])}?about=acceptance-{asked.pk}"
    sent = {"signed": "1", "why_now": "Tabet er for stort.", "is_impartial": "on"}
    assert browser.post(f"{url}&outcome=rejected", sent).status_code == 302
    decision = Decision.objects.get(by=cast.chair)
    assert decision.outcome == "rejected" and not decision.is_weighed
    assert fresh(asked).state == Acceptance.State.REFUSED


@pytest.mark.parametrize("without", ["security", "usability", "economy", "proportion"])
def test_what_is_proposed_to_the_chair_is_weighed_whole(cast, without):
    limit("chair", per_risk=400_000, per_year=900_000)
    with pytest.raises(Refused) as refused:
        propose(cast, [make_risk(cast)], weighing=WEIGHING | {without: ""})
    assert set(refused.value.errors) == {without}
    assert not Acceptance.objects.exists()


def test_what_weakens_says_why_and_loss_and_price_stand_where_nothing_is_said(cast):
    limit("chair", per_risk=400_000, per_year=900_000)
    risk, chips = make_risk(cast), {name: WEIGHING[name] for name in ProposedWeighing.ASPECTS}
    with pytest.raises(Refused) as refused:
        propose(cast, [risk], weighing=chips | {"security": "weaker"})
    assert set(refused.value.errors) == {"security_text"}
    made = propose(cast, [risk], weighing=chips)
    said = ProposedWeighing.objects.get(subject_id=str(made.pk))
    assert "250.000 kr." in said.economy_text.replace("\u00a0", " ")
    assert "900.000 kr." in said.proportion_text.replace("\u00a0", " ")


def test_a_meeting_that_follows_the_recommendation_weighs_as_proposed(cast, asked, meeting):
    put(cast, asked, meeting)
    call(meeting, by=cast.coordinator)
    item = meeting.items.get(subject_kind="risks.acceptance")
    use_recommendation(item, by=cast.coordinator)
    assert fresh(item).proceedings.weighing() == WEIGHING
