"""The approved assessment is the risk assessment demanded among the documents of its assets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kommissorium.assets.actions.assets import change_asset, end_asset
from kommissorium.assets.actions.documents import remove_document
from kommissorium.assets.current_counts import asset_counts
from kommissorium.assets.models import Asset, AssetDocument, Criticality, Required
from kommissorium.assets.register import REGISTER
from kommissorium.assets.tests.document_cases import add
from kommissorium.conftest import Cast, time_is
from kommissorium.core.refusals import Refused
from kommissorium.registers.tests.check_cases import found
from kommissorium.risks.actions.assessments import begin_assessment
from kommissorium.risks.models import Assessment
from kommissorium.risks.tests.assessment_cases import add_risk, approve, make_system


@pytest.fixture
def systems(cast: Cast) -> list[Asset]:
    """Two systems that business depends on: an assessment of their risks is demanded."""
    made = [make_system(cast, name) for name in ("Lønsystemet", "Kassen")]
    for one in made:
        values = {"criticality": Criticality.BUSINESS}
        change_asset(one, by=cast.coordinator, values=values, edit_version=one.edit_version)
    return made


def assessed(cast: Cast, *assets: Asset, copy_from: Assessment | None = None) -> Assessment:
    scope = "assets" if len(assets) > 1 else "asset"
    draft = begin_assessment(by=cast.coordinator, scope=scope, assets=assets, copy_from=copy_from)
    if not copy_from:
        add_risk(draft, cast)
    return approve(cast, draft)


def required(asset: Asset) -> Required:
    return Required.objects.select_related("document").get(asset=asset, type__code="risk")


def test_the_approved_assessment_is_the_document_of_all_it_is_about(
    cast: Cast, systems: list[Asset], client_of: Callable[[str], Client]
) -> None:
    today = timezone.localdate()
    missing = asset_counts().missing
    draft = begin_assessment(by=cast.coordinator, scope="assets", assets=systems)
    add_risk(draft, cast)
    assert required(systems[0]).document is None, "a draft is nothing yet"
    approve(cast, draft)
    assert asset_counts().missing == missing - 2
    for one in systems:
        row = required(one)
        assert row.document is not None
        assert row.document.url == draft.get_absolute_url()
        assert row.document.dated_on == today
        assert row.review_by is not None
        assert (row.state_on(row.review_by), row.state_on(row.review_by + timedelta(1))) == (
            "soon",
            "expired",
        )
        assert 364 <= (row.review_by - today).days <= 366
    page = client_of("member").get(systems[0].get_absolute_url()).content.decode()
    assert f'<a href="{draft.get_absolute_url()}">{draft.title}</a>' in page
    assert reverse("document_remove", args=[required(systems[0]).document_id]) not in page


def test_the_next_one_takes_its_place_and_what_it_leaves_out_lacks_one_again(
    cast: Cast, systems: list[Asset]
) -> None:
    both = assessed(cast, *systems)
    alone = assessed(cast, systems[0], copy_from=both)
    row = required(systems[0])
    assert row.document is not None
    assert row.document.object_id == str(alone.pk)
    assert required(systems[1]).document is None
    assert required(systems[1]).review_by is None
    live = AssetDocument.objects.live().filter(by_register=True)
    assert [one.object_id for one in live] == [str(alone.pk)]


def test_an_older_document_counts_again_where_the_assessment_is_no_longer_about_it(
    cast: Cast, systems: list[Asset]
) -> None:
    own = add(cast, systems[1], "risk")
    both = assessed(cast, *systems)
    assert required(systems[1]).document_id != own.pk
    assessed(cast, systems[0], copy_from=both)
    assert required(systems[1]).document_id == own.pk


def test_it_goes_by_itself_alone_and_what_has_left_the_register_gets_none(
    cast: Cast, systems: list[Asset]
) -> None:
    draft = begin_assessment(by=cast.coordinator, scope="assets", assets=systems)
    add_risk(draft, cast)
    end_asset(systems[1], by=cast.coordinator, because="Er lukket")
    approve(cast, draft)
    documents = AssetDocument.objects.filter(by_register=True)
    document = documents.select_related("asset", "type").get()
    assert document.asset_id == systems[0].pk
    with pytest.raises(Refused):
        remove_document(document, by=cast.coordinator)
    assert required(systems[0]).document_id == document.pk


def test_the_clause_of_documentation_counts_it_until_its_review(
    cast: Cast, systems: list[Asset]
) -> None:
    Required.objects.exclude(type__code="risk").delete()
    assessed(cast, *systems)
    assert found(REGISTER, "owner_documentation").state == "fulfilled"
    until = required(systems[0]).review_by
    assert until is not None
    with time_is(timezone.localtime() + timedelta(days=(until - timezone.localdate()).days + 1)):
        assert found(REGISTER, "owner_documentation").state == "not_fulfilled"


def test_approving_asks_as_many_questions_of_many_assets(cast: Cast, systems: list[Asset]) -> None:
    def cost(assets: list[Asset]) -> int:
        draft = begin_assessment(by=cast.coordinator, scope="assets", assets=assets)
        add_risk(draft, cast)
        with CaptureQueriesContext(connection) as asked:
            approve(cast, draft)
        # An event of each document, its place in the chain, and what holds it together.
        told = ("core_event", "pg_advisory", "SAVEPOINT")
        return len([one for one in asked if not any(word in one["sql"] for word in told)])

    # The first approval counts what is kept in memory from then on.
    cost([make_system(cast, "Et"), make_system(cast, "To")])
    few = cost(systems)
    many = [make_system(cast, f"Nr. {number}") for number in range(12)]
    assert cost(many) <= few + 2
