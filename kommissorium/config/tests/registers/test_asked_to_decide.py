"""Whoever must decide is told by mail at once, with the matter, and sees it where they decide."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from kommissorium.accounts.actions import give_role
from kommissorium.accounts.models import Person
from kommissorium.config.tests.registers.cycle_cases import fresh
from kommissorium.conftest import LATE, Cast, prove, queries_of
from kommissorium.core.mail.models import OutboxMail
from kommissorium.meetings.models import Decision
from kommissorium.registers.installed import proposal_kinds, register_with
from kommissorium.registers.proposing import ProposalKind
from kommissorium.risks.actions.acceptances import refuse, withdraw_acceptance
from kommissorium.risks.actions.levels import reopen_level
from kommissorium.risks.tests.acceptance_cases import make_risk, propose
from kommissorium.risks.tests.proposal_samples import drafted_level
from kommissorium.secretariat.actions.agendas import propose_to

# Whoever is told what is reckoned by the program; each proposal is decided on on both databases.
pytestmark = pytest.mark.once
ASKED = "registers.decision_asked"
MOST_QUERIES = 12
OF_RULES = ("interpretation", "dispensation")  # asked by whoever reads the rule
CHOSEN = re.compile(r"<input[^>]*type=\"(?:radio|checkbox)\"[^>]*\bchecked")


def waiting(kind: ProposalKind[Any], cast: Cast) -> Any:
    """Return one of the kind that waits for the chair, from its room's samples."""
    if kind.slug == "acceptance":
        return propose(cast, [make_risk(cast)], capacity="chair")
    room = register_with(kind).code
    samples = import_module(f"kommissorium.{room}.tests.proposal_samples")
    proposal = samples.PROPOSALS[kind.slug](cast)
    propose_to(proposal, cast.committee, by=cast.coordinator)
    return fresh(proposal)


@pytest.fixture(params=list(proposal_kinds()))
def kind(request: pytest.FixtureRequest) -> ProposalKind[Any]:
    return proposal_kinds()[request.param]


def asked(person: Person | None = None) -> list[OutboxMail]:
    found = OutboxMail.objects.filter(kind=ASKED)
    return list(found.filter(recipient=person.email) if person else found)


def page_of(kind: ProposalKind[Any], proposal: Any) -> str:
    return reverse("proposal", args=[kind.slug, proposal.pk])


def form_of(cast: Cast, kind: ProposalKind[Any], proposal: Any, outcome: str = "") -> str:
    url = reverse("chair_decision_add", args=[cast.committee.pk])
    chosen = f"&outcome={outcome}" if outcome else ""
    return f"{url}?about={kind.slug}-{proposal.pk}{chosen}"


def test_the_chair_is_told_at_once_with_the_matter_and_nobody_else(kind, cast):
    proposal = waiting(kind, cast)
    (mail,) = asked()
    assert mail.recipient == cast.chair.email
    with override("da"):
        text = kind.text(proposal)
        lines = kind.in_words(proposal)
        subject = kind.asked_in_short(proposal)
    # Administrators see the subject on the page of mails.
    assert mail.subject == subject and text.title not in mail.subject and text.title in mail.body
    assert cast.coordinator.name in mail.body and page_of(kind, proposal) in mail.body
    assert lines and all(line in mail.body for line in lines)
    assert "beder om din beslutning" in mail.body


def test_what_an_acceptance_costs_stands_in_the_mail(cast):
    propose(cast, [make_risk(cast)], capacity="chair")
    (mail,) = asked()
    assert "250.000 kr." in mail.body and "900.000 kr." in mail.body


def test_a_mail_speaks_the_language_of_who_gets_it(cast):
    Person.objects.filter(pk=cast.chair.pk).update(language="en")
    propose_to(drafted_level(cast), cast.committee, by=cast.coordinator)
    (mail,) = asked()
    assert "asks for your decision" in mail.body


def test_who_puts_it_forward_asks_the_deputy_and_not_themselves(cast):
    give_role(cast.chair, "coordinator", by=None, from_date=cast.since, because=LATE)
    chair = Person.objects.get(pk=cast.chair.pk)
    propose_to(drafted_level(cast), cast.committee, by=chair)
    assert [mail.recipient for mail in asked()] == [cast.deputy.email]


def test_where_the_chair_has_left_the_deputy_is_asked(cast):
    Person.objects.filter(pk=cast.chair.pk).update(is_active=False)
    propose_to(drafted_level(cast), cast.committee, by=cast.coordinator)
    assert [mail.recipient for mail in asked()] == [cast.deputy.email]


def test_what_is_taken_back_asks_no_more_and_put_forward_anew_it_asks_again(cast):
    level = drafted_level(cast)
    propose_to(level, cast.committee, by=cast.coordinator)
    reopen_level(level, by=cast.coordinator)
    assert asked() == []
    propose_to(level, cast.committee, by=cast.coordinator)
    OutboxMail.objects.update(sent_at="2026-01-01T00:00Z")
    reopen_level(level, by=cast.coordinator)
    propose_to(level, cast.committee, by=cast.coordinator)
    assert len(asked()) == 2


@pytest.mark.parametrize("capacity", ["owner", "head", "executive"])
def test_who_answers_alone_is_told_and_led_to_the_answer(cast, client_of, capacity):
    acceptance = propose(cast, [make_risk(cast)], capacity=capacity, amount=40_000)
    (mail,) = asked()
    person = Person.objects.get(email=mail.recipient)
    url = reverse("acceptance_answer", args=[acceptance.pk])
    assert url in mail.body
    shown = client_of(person).get(url)
    text = shown.content.decode()
    assert shown.status_code == 200 and "40.000 kr." in text and "risk-matrix" in text
    assert not CHOSEN.search(text)
    refuse(acceptance, by=person, because="Nej tak")
    assert asked() == []


def test_the_committee_is_asked_by_its_agenda(cast):
    propose(cast, [make_risk(cast)], capacity="committee")
    assert asked() == []


def test_a_withdrawn_acceptance_asks_no_more(cast):
    acceptance = propose(cast, [make_risk(cast)], capacity="chair")
    withdraw_acceptance(acceptance, by=cast.coordinator, because="Fortrudt")
    assert asked() == []


def test_approve_and_reject_stand_below_the_case_and_nothing_is_chosen(kind, cast, client_of):
    proposal = waiting(kind, cast)
    text = client_of("chair").get(page_of(kind, proposal)).content.decode()
    approve, reject = (
        text.index(form_of(cast, kind, proposal, one).replace("&", "&amp;"))
        for one in ("approved", "rejected")
    )
    assert text.index("decision-case") < approve < reject < text.index("decision-matter")
    matter = text[text.index("decision-case") :]
    assert re.search(r'<(?:table|div class="rich")', matter) and not CHOSEN.search(text)


def test_the_form_asks_five_things_and_folds_the_rest(cast, client_of):
    browser = prove(client_of("chair"))
    text = browser.get(reverse("chair_decision_add", args=[cast.committee.pk])).content.decode()
    assert not CHOSEN.search(text)
    form = text[text.index('<form class="form-page"') :]
    open_part = re.sub(r"<details.*?</details>", "", form[: form.index("</form>")], flags=re.DOTALL)
    names = set(re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', open_part))
    assert names - {"csrfmiddlewaretoken"} == {
        "title",
        "text",
        "outcome",
        "why_now",
        "is_impartial",
    }


def test_a_press_of_enter_decides_nothing(kind, cast, client_of):
    """A form's first button is the one Enter presses, and here it is disabled."""
    proposal = waiting(kind, cast)
    before = Decision.objects.count()
    browser = prove(client_of("chair"))
    for url in (
        form_of(cast, kind, proposal, "approved"),
        reverse("chair_decision_add", args=[cast.committee.pk]),
    ):
        text = browser.get(url).content.decode()
        form = text[text.index('<form class="form-page"') :]
        first = re.search(r"<(?:button|input)[^>]*type=\"submit\"[^>]*>", form)
        assert first and "disabled" in first[0], url
    posted = browser.post(form_of(cast, kind, proposal, "approved"), {"why_now": ""})
    assert posted.status_code == 400
    assert Decision.objects.count() == before


def test_without_a_choice_the_form_sends_back_to_the_matter(kind, cast, client_of):
    proposal = waiting(kind, cast)
    answer = prove(client_of("chair")).get(form_of(cast, kind, proposal))
    assert answer.status_code == 302 and answer.url == page_of(kind, proposal)
    nonsense = prove(client_of("chair")).get(form_of(cast, kind, proposal, "deferred"))
    assert nonsense.status_code == 302


@pytest.mark.parametrize("outcome", ["approved", "rejected"])
def test_the_chair_decides_with_three_words_and_weighs_as_was_proposed(
    kind, cast, client_of, outcome
):
    proposal = waiting(kind, cast)
    browser = prove(client_of("chair"))
    url = form_of(cast, kind, proposal, outcome)
    initial = browser.get(url).context["form"].initial
    posted = {**initial, "why_now": "Budgettet lukker i morgen.", "is_impartial": "on"}
    assert browser.post(url, posted).status_code == 302
    decision = Decision.objects.latest("pk")
    assert decision.subject_id == str(proposal.pk)
    assert decision.outcome == outcome
    assert decision.is_weighed is (kind.slug == "acceptance" and outcome == "approved")
    assert not kind.waits(fresh(proposal))
    assert ("ikke at godkende" in decision.text) is (outcome == "rejected")
    assert browser.get(decision.get_absolute_url()).status_code == 200


def test_who_put_it_forward_is_told_that_somebody_else_decides(cast, client_of):
    give_role(cast.chair, "coordinator", by=None, from_date=cast.since, because=LATE)
    level = drafted_level(cast)
    propose_to(level, cast.committee, by=Person.objects.get(pk=cast.chair.pk))
    text = client_of("chair").get(reverse("proposal", args=["level", level.pk])).content.decode()
    assert reverse("chair_decision_add", args=[cast.committee.pk]) not in text


def test_who_may_not_read_it_is_not_asked_and_sees_nothing(kind, cast, client_of):
    proposal = waiting(kind, cast)
    for who in ("employee", "administrator"):
        reads = kind.visible_to(getattr(cast, who)).filter(pk=proposal.pk).exists()
        assert client_of(who).get(page_of(kind, proposal)).status_code == (403 if reads else 404)
        assert not reads or kind.slug in OF_RULES
    for who in ("member", "dpo", "auditor"):
        assert client_of(who).get(page_of(kind, proposal)).status_code == 403


def test_the_pages_of_a_decision_ask_few_questions(kind, cast, client_of):
    proposal = waiting(kind, cast)
    browser: Client = prove(client_of("chair"))
    page, form = page_of(kind, proposal), form_of(cast, kind, proposal, "approved")
    browser.get(page)
    # Whether the second step was taken lately is asked besides.
    counted = [queries_of(lambda: browser.get(page)), queries_of(lambda: browser.get(form)) - 3]
    # Of a risk that lies before no committee yet is asked first who keeps the registers, and of
    # a year's report who top management is.
    # Two more than a page: whether who put it forward is another than who decides, and how it weighs.
    assert max(counted) <= MOST_QUERIES + 2 + (kind.slug in {"acceptance", "review"}), counted
