"""Risks on an asset's page, and the warnings before the asset leaves."""

from __future__ import annotations

from functools import partial

import pytest
from django.urls import reverse
from django.utils.translation import override

from kommissorium.conftest import MOST_OF_PARTS, queries_of
from kommissorium.risks.models import Assessment
from kommissorium.risks.tests.acceptance_cases import accept, make_risks, propose
from kommissorium.risks.tests.assessment_cases import add_risk, approve, make_draft, make_system
from kommissorium.risks.tests.standing_cases import level


@pytest.fixture(autouse=True)
def _in_english(cast):
    for person in (cast.coordinator, cast.member, cast.head_of_it):
        person.language = "en"
        person.save(update_fields=["language"])
    with override("en"):
        yield


def shown(browser, asset) -> str:
    return " ".join(browser.get(reverse("asset", args=[asset.pk])).content.decode().split())


def test_the_owner_of_a_system_begins_its_assessment_from_its_page(cast, client_of):
    asset = make_system(cast)
    told = shown(client_of("member"), asset)
    assert "Its risks have not been assessed." in told
    url = f"{reverse('assessment_new')}?scope=asset&asset={asset.pk}&begin=1"
    assert url.replace("&", "&amp;") in told
    assert client_of("member").get(url).status_code == 200


def test_a_draft_is_gone_on_with_and_not_begun_twice(cast, client_of):
    draft = make_draft(cast)
    told = shown(client_of("member"), draft.assets.get())
    assert draft.get_absolute_url() in told
    assert "Assess the risks" not in told


def test_the_page_counts_what_lies_above_the_level_and_what_nobody_accepts(cast, client_of):
    level(cast, 4)
    risks = make_risks(cast, [(1, 1), (3, 3), (4, 4)])
    made = propose(cast, [risks[1]])
    accept(made, by=cast.chair)
    asset = risks[0].assessment.assets.get()
    for who in ("coordinator", "head_of_it"):
        told = shown(client_of(who), asset)
        assert "3 risks. 2 lie above the risk level, and 1 of them nobody has accepted" in told
        assert told.index(risks[2].title) < told.index(risks[1].title)


def test_the_page_asks_as_much_however_many_risks_there_are(cast, client_of):
    level(cast, 4)
    counted = []
    for cells in ([(2, 2)], [(1 + at % 4, 1 + at % 3) for at in range(40)]):
        risks = make_risks(cast, cells)
        asset = risks[0].assessment.assets.get()
        browser = client_of("coordinator")
        browser.get(reverse("risks"))
        look = partial(browser.get, reverse("asset", args=[asset.pk]))
        assert look().status_code == 200
        counted.append(queries_of(look))
    assert counted[0] == counted[1] <= MOST_OF_PARTS


def test_the_head_of_an_area_reads_the_assessments_of_what_lies_in_it(cast, client_of):
    draft = make_draft(cast)
    risk = add_risk(draft, cast)
    browser = client_of("head_of_it")
    for name, key in [("assessment", draft.pk), ("risk", risk.pk)]:
        assert browser.get(reverse(name, args=[key])).status_code == 200
    assert browser.get(reverse("assessment_change", args=[draft.pk])).status_code == 403
    for who in ("employee", "system_owner"):
        assert client_of(who).get(draft.get_absolute_url()).status_code == 404


def test_whoever_takes_a_system_out_is_told_what_is_accepted_about_it(cast, client_of):
    draft = make_draft(cast)
    risk = add_risk(draft, cast)
    approve(cast, draft)
    risk.refresh_from_db()
    asset = draft.assets.get()
    url, browser = reverse("asset_end", args=[asset.pk]), client_of("coordinator")
    assert "Risks are accepted about it" not in browser.get(url).content.decode()
    made = propose(cast, [risk])
    accept(made, by=cast.chair)
    told = browser.get(url).content.decode()
    assert made.get_absolute_url() in told
    assert "250,000 kr." in told
    refused = browser.post(url, {"because": ""})
    assert refused.status_code == 400
    assert made.get_absolute_url() in refused.content.decode()
    assert browser.post(url, {"because": "Erstattet", "on": ""}).status_code in {302, 400}
    assert Assessment.objects.get(pk=draft.pk).is_approved
