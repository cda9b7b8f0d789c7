from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kommissorium.committees.actions.mandates import approve_mandate


@pytest.fixture
def url(cast):
    return reverse("mandates", args=[cast.committee.pk])


def stands(page):
    return [(row.mandate.version, row.stand) for row in page.context["versions"]]


def test_a_member_sees_the_versions_but_no_draft(client_of, url, draft):
    page = client_of("member").get(url)
    assert page.status_code == 200
    assert stands(page) == [(1, "in_force")]
    assert "/mandates/read/" not in page.text


def test_whoever_prepares_or_approves_sees_the_draft(client_of, url, draft):
    for who in ("coordinator", "chair", "executive"):
        assert stands(client_of(who).get(url)) == [(2, "draft"), (1, "in_force")], who


def test_a_new_text_is_read_when_no_draft_waits(client_of, cast, url):
    assert "/mandates/read/" in client_of("coordinator").get(url).text


def test_a_draft_stands_in_the_way_of_another(client_of, url, draft):
    assert "/mandates/read/" not in client_of("coordinator").get(url).text


def test_a_version_is_replaced_on_the_day_the_next_begins(client_of, cast, url, draft):
    today = timezone.localdate()
    approve_mandate(draft, by=cast.chair, adopted_by="The council", effective_from=today)
    page = client_of("member").get(url)
    assert stands(page) == [(2, "in_force"), (1, "replaced")]
    assert page.context["versions"][1].replaced_on == today


def test_a_version_can_wait_for_its_day(client_of, cast, url, draft):
    soon = timezone.localdate() + timedelta(days=1)
    approve_mandate(draft, by=cast.chair, adopted_by="The council", effective_from=soon)
    assert stands(client_of("member").get(url)) == [(2, "coming"), (1, "in_force")]


def test_a_new_committee_is_told_what_belongs_here(client_of, other):
    page = client_of("coordinator").get(reverse("mandates", args=[other.pk]))
    assert "Nothing yet" in page.text
    assert f"/committees/{other.pk}/mandates/read/" in page.text
    assert "/mandates/read/" not in client_of("auditor").get(page.request["PATH_INFO"]).text


def test_outsiders_do_not_find_it(client_of, url):
    assert client_of("employee").get(url).status_code == 404
