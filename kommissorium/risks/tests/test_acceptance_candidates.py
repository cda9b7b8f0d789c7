"""Risks that the page of a proposal shows, and those it folds away."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kommissorium.risks.models import Acceptance
from kommissorium.risks.tests.acceptance_cases import make_risk, make_risks, propose
from kommissorium.risks.tests.assessment_cases import add_risk, make_draft
from kommissorium.risks.tests.standing_cases import accept_until, assess, level
from kommissorium.risks.tests.test_treatment_pages import typed_terms

MOST_QUERIES = 12


def asked(browser, risk=None):
    return browser.get(reverse("acceptance_new"), {"risk": risk.pk} if risk else {})


def shown(answer):
    """Return the keys of the risks in sight and of those folded away."""
    form = answer.context["form"]
    return [one.risk.pk for one in form.front], [one.risk.pk for one in form.rest]


def ticked(answer):
    form = answer.context["form"]
    return [one.risk.pk for one in (*form.front, *form.rest) if one.is_ticked]


def test_the_risk_one_comes_from_stands_chosen_and_the_others_are_folded(cast, client_of):
    risks = make_risks(cast, [(2, 2), (4, 4), (3, 3)])
    answer = asked(client_of("coordinator"), risks[0])
    assert shown(answer) == ([risks[0].pk], [risks[1].pk, risks[2].pk])
    assert ticked(answer) == [risks[0].pk]
    page = answer.content.decode()
    assert '<details class="risk-rest">' in page
    assert risks[0].assessment.title not in page.split("<fieldset>")[1].split("</fieldset>")[0]


def test_what_was_ticked_below_the_fold_stays_ticked_in_sight(cast, client_of):
    first, other = make_risks(cast, [(2, 2), (4, 4)])
    url = f"{reverse('acceptance_new')}?risk={first.pk}"
    typed = typed_terms(first, risks=[str(first.pk), str(other.pk)], reason="")
    answer = client_of("coordinator").post(url, typed)
    assert (answer.status_code, ticked(answer)) == (400, [first.pk, other.pk])
    assert '<details class="risk-rest" open>' in answer.content.decode()


def test_a_form_without_a_risk_opens_the_fold_to_choose_in(cast, client_of):
    first, _other = make_risks(cast, [(2, 2), (4, 4)])
    url = f"{reverse('acceptance_new')}?risk={first.pk}"
    answer = client_of("coordinator").post(url, typed_terms(first, risks=[]))
    assert answer.context["form"].errors.keys() == {"risks"}
    assert '<details class="risk-rest" open>' in answer.content.decode()


def test_a_risk_that_is_accepted_is_said_to_be_and_leads_to_its_acceptance(cast, client_of):
    risk, other = make_risks(cast, [(2, 2), (4, 4)])
    given = accept_until(cast, [risk], 100)
    answer = asked(client_of("coordinator"), risk)
    assert shown(answer) == ([], [other.pk])
    page = answer.content.decode()
    assert answer.context["form"].offer.sentence in page
    assert f'href="{given.get_absolute_url()}"' in page


def test_a_risk_that_is_proposed_already_leaves_nothing_to_propose(cast, client_of):
    risk = make_risk(cast)
    made = propose(cast, [risk])
    browser = client_of("coordinator")
    answer = asked(browser, risk)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert answer.context["form"].offer.sentence in page
    assert f'href="{made.get_absolute_url()}"' in page
    assert 'name="reason"' not in page
    url = f"{reverse('acceptance_new')}?risk={risk.pk}"
    assert browser.post(url, typed_terms(risk)).status_code == 400
    assert Acceptance.objects.count() == 1


def test_a_risk_of_a_draft_cannot_be_accepted_yet_and_the_page_says_why(cast, client_of):
    risk = add_risk(make_draft(cast), cast)
    answer = asked(client_of("coordinator"), risk)
    sentence = answer.context["form"].offer.sentence
    assert sentence and sentence in answer.content.decode()
    assert shown(answer) == ([], [])


def test_those_above_the_level_come_first(cast, client_of):
    level(cast, 4)
    low, high, accepted = make_risks(cast, [(1, 1), (4, 4), (4, 3)])
    accept_until(cast, [accepted], 100)
    assert shown(asked(client_of("coordinator"))) == ([high.pk], [low.pk])


def test_without_a_level_the_greatest_come_first(cast, client_of):
    rows = make_risks(cast, [(1, 1)] * 11 + [(4, 4)])
    front, rest = shown(asked(client_of("coordinator")))
    assert front[0] == rows[-1].pk
    assert (len(front), len(rest)) == (10, 2)


def test_risks_of_several_assessments_say_of_which_they_are(cast, client_of):
    make_risks(cast, [(4, 4)])
    assess(cast, [("cyber", 4, 4)])
    form = asked(client_of("coordinator")).context["form"]
    assert {one.about for one in form.front} == {"Kommunen"}


def test_nobody_is_offered_what_others_keep(cast, client_of):
    risks = make_risks(cast, [(2, 2)])
    assess(cast, [("cyber", 4, 4)])
    front, rest = shown(asked(client_of("system_owner"), risks[0]))
    assert (front, rest) == ([risks[0].pk], [])


@pytest.mark.parametrize("with_risk", [True, False])
def test_the_page_asks_as_many_questions_of_few_risks_as_of_many(cast, client_of, with_risk):
    level(cast, 4)
    browser = client_of("coordinator")
    numbers = []
    for many in (2, 20):
        risks = make_risks(cast, [(4, 4), (1, 1)] * many)
        given = accept_until(cast, [risks[1]], 100)
        assert given.pk
        risk = risks[0] if with_risk else None
        asked(browser, risk)
        with CaptureQueriesContext(connection) as queries:
            assert asked(browser, risk).status_code == 200
        numbers.append(len([q for q in queries if "django_session" not in q["sql"]]))
    assert numbers[1] <= max(numbers[0], MOST_QUERIES)
    assert numbers[1] <= MOST_QUERIES
