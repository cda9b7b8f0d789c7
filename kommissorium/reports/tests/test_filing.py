"""Statuses, reports and year's reports that were approved are listed to be filed."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import override

from kommissorium.conftest import Cast
from kommissorium.reports.filing import FILINGS
from kommissorium.reports.proposals import REVIEW
from kommissorium.reports.tests.cases import (
    approve,
    approved,
    board_approved,
    drafted,
    last_year,
    review_drafted,
)


def test_what_was_approved_is_listed_and_a_draft_is_not(cast: Cast, client_of) -> None:
    made = [approved(cast), board_approved(cast), approve(cast, REVIEW, review_drafted(cast))]
    drafted(cast, 6)
    for kind, told in zip(FILINGS, made, strict=True):
        rows = list(kind.unfiled(cast.coordinator))
        assert told in rows and all(one.is_approved for one in rows)
        with override("da"):
            assert cast.committee.name in kind.title(told)
        page = client_of("coordinator").get(f"{reverse('filing')}?kind={kind.kind}")
        assert told.get_absolute_url() in page.content.decode()
    assert str(last_year()) in FILINGS[2].title(made[2])
