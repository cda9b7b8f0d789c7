"""Text and picture of the risks on an assessment's page."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from kommissorium.risks.models import Assessment, Scenario
from kommissorium.risks.tests.assessment_cases import add_risk, make_draft
from kommissorium.risks.tests.picture_cases import assess as put
from kommissorium.risks.tests.picture_cases import risk
from kommissorium.risks.tests.standing_cases import accept_until, assess, level, today

MOST_QUERIES = 12


def picture(client_of, assessment, who="chair"):
    answer = client_of(who).get(assessment.get_absolute_url())
    assert answer.status_code == 200
    return answer.context["picture"]


def said(found):
    with override("en"):
        return found.answer()


def test_it_says_how_many_lie_above_and_how_many_of_them_are_accepted(cast, client_of):
    level(cast, 4)
    found = put(cast)
    low, high, _higher = (risk(found, cell, left=(1, 1)) for cell in [(1, 1), (4, 3), (4, 4)])
    accept_until(cast, [low, high], 100)
    found = picture(client_of, found)
    assert said(found) == [
        "3 risks, 2 above the risk level, 1 of them accepted.",
        "Once the treatment works, none will lie above it.",
    ]
    assert found.before.total == found.after.total == 3
    assert found.before.has_level


def test_its_cells_lead_to_its_own_risks_in_the_list(cast, client_of):
    level(cast, 4)
    own = put(cast)
    one, _other = risk(own, (4, 3), left=(2, 1)), risk(own, (1, 1))
    risk(put(cast), (4, 3), left=(2, 1))
    found = picture(client_of, own)
    (first, _low) = [cell.link for cell in found.before.cells if cell.link]
    (left,) = [cell.link for cell in found.after.cells if cell.link]
    for link in (first, left):
        rows = client_of("chair").get(link).context["rows"]
        assert [row.pk for row, _cells in rows] == [one.pk]


def test_what_the_treatment_leaves_is_not_guessed(cast, client_of):
    level(cast, 4)
    own = put(cast)
    risk(own, (4, 3), left=(4, 2))
    found = picture(client_of, own)
    assert said(found)[1] == "Once the treatment works, 1 will still lie above it."
    risk(own, (4, 4))
    found = picture(client_of, own)
    assert said(found)[1].startswith("Of 1 of those above it nobody has said")
    assert (found.unsaid, found.after.total) == (1, 1)


def test_a_draft_says_what_is_not_assessed_and_opens_no_cell(cast, client_of):
    level(cast, 4)
    draft = make_draft(cast)
    add_risk(draft, cast, "Bedømt")
    Scenario.objects.create(assessment=draft, group="cyber", title="Ikke bedømt")
    found = picture(client_of, draft, "coordinator")
    assert said(found)[0].endswith(", 1 not assessed yet.")
    assert not [cell.link for cell in found.before.cells if cell.link]


def test_without_scores_nothing_is_drawn(cast, client_of):
    level(cast, 4)
    draft = make_draft(cast)
    Scenario.objects.create(assessment=draft, group="cyber", title="Ikke bedømt")
    found = picture(client_of, draft, "coordinator")
    assert (found.before, found.after) == (None, None)
    assert said(found) == ["1 risk, 1 not assessed yet."]


def test_without_a_level_nobody_can_say_what_is_too_much(cast, client_of):
    (one,) = assess(cast, [("cyber", 4, 4)])
    found = picture(client_of, one.assessment)
    assert said(found)[0] == "1 risk."
    assert said(found)[1].startswith("No risk level holds today.")
    assert not found.before.has_level


def test_one_that_is_over_is_held_against_the_level_of_its_last_day(cast, client_of):
    level(cast, 2, since=0)
    old = level(cast, 7, since=60)
    type(old).objects.filter(pk=old.pk).update(in_force_to=today())
    one, higher = assess(cast, [("cyber", 3, 3), ("cyber", 4, 4)], since=40)
    accept_until(cast, [higher], 100)
    over = Assessment.objects.filter(pk=one.assessment_id)
    over.update(in_force_to=today() - timedelta(days=10))
    Scenario.objects.filter(assessment__in=over).update(is_in_force=False)
    found = picture(client_of, over.get())
    assert said(found) == ["2 risks, 1 above the risk level."]
    assert not [cell.link for cell in found.before.cells if cell.link]


def test_a_category_with_its_own_level_is_named_because_the_line_is_not_its(cast, client_of):
    level(cast, 7)
    level(cast, 2, group="supplier")
    (one, _other) = assess(cast, [("supplier", 2, 2), ("cyber", 2, 2)])
    found = picture(client_of, one.assessment)
    assert said(found)[0] == "2 risks, 1 above the risk level, not accepted."
    assert len(found.own_levels) == 1


def test_the_page_asks_no_more_than_twelve_questions(cast, client_of):
    level(cast, 4)
    level(cast, 2, group="supplier")
    rows = assess(cast, [("cyber", 4, 4), ("supplier", 2, 2)] * 20)
    accept_until(cast, rows[:9], 100)
    for who in ("coordinator", "chair"):
        browser = client_of(who)
        url = reverse("assessment", args=[rows[0].assessment_id])
        browser.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(url).status_code == 200
        asked = [one["sql"] for one in queries if "django_session" not in one["sql"]]
        assert len(asked) <= MOST_QUERIES, (who, len(asked))
