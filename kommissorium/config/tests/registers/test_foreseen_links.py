"""Other registers' links to a risk lead to the risk as it is assessed today."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from kommissorium.conftest import Cast
from kommissorium.incidents.models import Evaluation
from kommissorium.incidents.tests.cases import evaluation
from kommissorium.projects.tests.cases import project
from kommissorium.registers.offered import foreseen, foreseen_as
from kommissorium.risks.actions.assessments import begin_assessment
from kommissorium.risks.actions.scenarios import remove_scenario
from kommissorium.risks.models import Assessment, Scenario
from kommissorium.risks.tests.assessment_cases import add_risk, approve, make_draft

Browser = Callable[[str], Client]


def assessed(cast: Cast) -> Scenario:
    risk = add_risk(draft := make_draft(cast), cast)
    add_risk(draft, cast, "Brand")
    approve(cast, draft)
    risk.refresh_from_db()
    return risk


def anew(cast: Cast, former: Assessment, *, without: str = "") -> Assessment:
    """Assess the same anew; the assessment before is replaced."""
    asset = former.assets.get()
    made = begin_assessment(by=cast.member, scope="asset", assets=[asset], copy_from=former)
    for risk in made.scenarios.filter(title=without):
        remove_scenario(risk, by=cast.member)
    return approve(cast, made)


def test_a_link_follows_to_the_assessment_in_force(cast: Cast, client_of: Browser) -> None:
    old = assessed(cast)
    key = f"risks:{old.lineage}"
    assert key in [one.key for one in foreseen(cast.coordinator, [])]
    work, found = project(cast, risks=[key]), evaluation(cast)
    Evaluation.objects.filter(pk=found.pk).update(scenario_key=key, scenario=old.title)
    now = anew(cast, old.assessment).scenarios.get(lineage=old.lineage)
    browser = client_of("coordinator")
    for url in (work.get_absolute_url(), found.get_absolute_url()):
        page = browser.get(url).content.decode()
        assert f'href="{now.get_absolute_url()}"' in page, url
        assert f'href="{old.get_absolute_url()}"' not in page, url
    page = browser.get(old.get_absolute_url()).content.decode()
    assert "Erstattet den" in page and f'href="{now.get_absolute_url()}"' in page
    assert "Erstattet den" not in browser.get(now.get_absolute_url()).content.decode()


def test_a_risk_assessed_no_more_says_until_when(cast: Cast, client_of: Browser) -> None:
    old = assessed(cast)
    key = f"risks:{old.lineage}"
    work = project(cast, risks=[key])
    anew(cast, old.assessment, without=old.title)
    page = client_of("coordinator").get(work.get_absolute_url()).content.decode()
    assert "vurderet til og med" in page and f'href="{old.get_absolute_url()}"' in page
    assert foreseen_as(cast.coordinator, ["risks:9", "", key]).keys() == {key}
    assert foreseen_as(cast.employee, [key]) == {}
