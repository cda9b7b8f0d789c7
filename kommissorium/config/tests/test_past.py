"""The past of things on a day: for every model with a page of its own, or the reason why not."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kommissorium.accounts.past import PastOf, held_by
from kommissorium.accounts.search import Searched
from kommissorium.config.tests.visiting import WHO, unwritten
from kommissorium.conftest import Cast, find_cast
from kommissorium.core.evidence.models import RowVersion
from kommissorium.secretariat.searching import kinds

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("samples", "db")]
MOST_QUERIES = 12
FROZEN = "what it was is frozen: the call, the minutes, the decision"
DATED = "its rows are dated themselves, and its history says what changed"
# Things with pages of which no versions are kept, each with the reason.
EXEMPT = {
    "accounts.directorylink": "personal data is not kept twice",
    "accounts.emailchange": "personal data is not kept twice",
    "accounts.person": "personal data is not kept twice",
    "accounts.rolenomination": "personal data is not kept twice",
    "assets.registersettings": "settings: its history says what changed",
    "assets.round": DATED,
    "audits.auditreport": "frozen as it was issued",
    "audits.closurefile": "evidence, which never changes",
    "committees.committee": DATED,
    "committees.mandate": "each edition is frozen",
    "audits.auditorchange": "answered once, and then it never changes",
    "committees.seatnomination": DATED,
    "incidents.notification": "told along with its incident, in whose history each step stands",
    "meetings.agendaitem": FROZEN,
    "meetings.decision": FROZEN,
    "meetings.meeting": FROZEN,
    "meetings.minutes": FROZEN,
    "meetings.registration": FROZEN,
    "registers.bulkchange": "never changes but when it is taken back",
    "registers.importrun": "never changes but when it is taken back",
    "risks.scale": "each is replaced by another, and never changed",
}


THERE_FROM_THE_START = {"projects.technicalmeasure"}  # the migration that makes the table fills it


def kept() -> list[Searched[Any]]:
    return [one for one in kinds().values() if hasattr(one.model, "PAST")]


each = pytest.mark.parametrize("one", kept(), ids=lambda one: one.kind)


def address(row: Any) -> str:
    return f"/history/{row._meta.label_lower}/{row.pk}/on/"


def client_with(session: str) -> Client:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    return client


@pytest.fixture
def coordinator(client_of: Any) -> Client:
    client: Client = client_of("coordinator")
    return client


def test_every_thing_with_a_page_has_a_past_or_a_reason() -> None:
    with_pages = {
        model._meta.label_lower for model in apps.get_models() if hasattr(model, "get_absolute_url")
    }
    assert with_pages - {one.kind for one in kept()} == set(EXEMPT)


@each
def test_what_is_kept_agrees_with_the_row_after_every_act(one: Searched[Any]) -> None:
    cast, rows = find_cast(), list(one.model._default_manager.all())
    assert rows, "the samples have none"
    for row in rows:
        past = PastOf(row, cast.coordinator)
        assert past.is_whole or one.kind in THERE_FROM_THE_START
        assert past.versions[-1].values == held_by(row)


@each
def test_it_is_shown_beside_today(one: Searched[Any], coordinator: Client, cast: Cast) -> None:
    row = one.past_of(cast.coordinator).first()
    assert row is not None
    today = timezone.localdate().isoformat()
    with CaptureQueriesContext(connection) as asked:
        answer = coordinator.get(address(row), {"on": today})
    assert answer.status_code == HTTPStatus.OK
    assert answer.context["changed"] == []
    assert answer.context["same"]
    from_past = [q for q in asked if "core_rowversion" in q["sql"]]
    assert len(from_past) <= 2
    before = coordinator.get(address(row), {"on": "2001-01-01"})
    words = "Man ved ikke" if one.kind in THERE_FROM_THE_START else "fandtes det ikke endnu"
    assert words in before.content.decode()


@each
@pytest.mark.once  # who sees what is asked of both databases where the page itself is opened
def test_who_may_not_open_its_page_does_not_see_what_it_was(
    one: Searched[Any], visitors: dict[str, str]
) -> None:
    rows = list(one.shown(one.model._default_manager.order_by("pk"))[:3])
    for who in WHO:
        client = client_with(visitors[who])
        for row in rows:
            with unwritten():
                page = client.get(one.url(row)).status_code
                past = client.get(address(row)).status_code
            assert past in {HTTPStatus.OK, HTTPStatus.NOT_FOUND} or not visitors[who], (who, row)
            assert past != HTTPStatus.OK or page == HTTPStatus.OK, (who, row, page)


@each
def test_where_a_page_opens_its_past_does(one: Searched[Any], coordinator: Client) -> None:
    for row in one.shown(one.model._default_manager.order_by("pk"))[:9]:
        with unwritten():
            is_open = coordinator.get(one.url(row)).status_code == HTTPStatus.OK
        if is_open:
            assert coordinator.get(address(row)).status_code == HTTPStatus.OK, row


def test_it_takes_few_questions(coordinator: Client, cast: Cast) -> None:
    for one in kept():
        row = one.past_of(cast.coordinator).first()
        with CaptureQueriesContext(connection) as few:
            coordinator.get(address(row))
        assert RowVersion.objects.filter(key=str(row.pk)).exists()
        assert len(few) <= MOST_QUERIES, (one.kind, [q["sql"][:90] for q in few])


@pytest.mark.parametrize("day", ["x", "2999-01-01", "2026-13-99", "", "\0", "0001-01-01x"])
def test_what_is_no_day_gets_words_beside_the_field(
    day: str, coordinator: Client, cast: Cast
) -> None:
    row = kinds()["tasks.task"].past_of(cast.coordinator).first()
    answer = coordinator.get(address(row), {"on": day})
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert answer.context["form"].errors["on"]
