"""The weighing of a decision is noted afterwards, once, and says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse

from kommissorium.conftest import Cast, time_is
from kommissorium.core.evidence.models import Event
from kommissorium.meetings.actions.decisions import note_weighing
from kommissorium.meetings.actions.minutes import approve_minutes
from kommissorium.meetings.models import (
    WEIGHED_WITHIN,
    Decision,
    LaterWeighing,
    Meeting,
    Proceedings,
)
from kommissorium.meetings.tests.minutes_cases import in_review

WEIGHING = {
    "security": "stronger",
    "usability": "unchanged",
    "economy": "costs",
    "economy_text": "Købes af rammen.",
    "proportion": "fitting",
}


@pytest.fixture
def decision(cast: Cast, meeting: Meeting) -> Decision:
    """An open decision of approved minutes that says of usability alone how it was weighed."""
    minutes = in_review(cast, meeting)
    rows = Proceedings.objects.filter(outcome="approved", item__is_closed=False)
    rows.update(usability="easier")
    approve_minutes(minutes, by=cast.chair)
    found = meeting.decisions.exclude(item__clause__measure="agenda_minutes")
    return found.select_related("committee", "item__clause").filter(is_closed=False).earliest("pk")


def test_who_prepares_notes_it_and_the_page_says_it_came_afterwards(cast, decision, client_of):
    url, own = reverse("decision_weighing", args=[decision.pk]), decision.get_absolute_url()
    for who, status in [("member", 403), ("dpo", 403), ("auditor", 403), ("employee", 404)]:
        assert client_of(who).post(url, WEIGHING).status_code == status, who
        assert url not in client_of("member").get(own).content.decode()
    browser = client_of("coordinator")
    assert url in browser.get(own).content.decode()
    form = browser.get(url).content.decode()
    assert 'name="security"' in form and 'name="usability"' not in form
    lacking = browser.post(url, WEIGHING | {"economy_text": ""})
    assert lacking.status_code == 400 and 'id="id_economy_text' in lacking.content.decode()
    assert browser.post(url, WEIGHING).url == own
    shown = client_of("member").get(own).content.decode()
    assert cast.coordinator.name in shown and "Købes af rammen." in shown
    assert browser.get(url).status_code == 403 and url not in browser.get(own).content.decode()
    later = LaterWeighing.objects.get()
    assert (later.usability, later.security) == ("easier", "stronger")  # what stood there stands
    decision.refresh_from_db()
    assert not decision.security
    assert Event.objects.filter(act="meetings.weighing_noted").count() == 1
    assert "rammen" not in "".join(Event.objects.values_list("facts", flat=True))


def test_it_is_noted_once_and_never_changed(cast, decision):
    note_weighing(decision, by=cast.coordinator, weighing=WEIGHING)
    with pytest.raises(PermissionDenied):
        note_weighing(decision, by=cast.coordinator, weighing=WEIGHING)
    with pytest.raises(DatabaseError), transaction.atomic():
        LaterWeighing.objects.update(security="weaker")


def test_the_page_says_until_when_it_counts(cast, decision, client_of):
    url = reverse("decision_weighing", args=[decision.pk])
    assert "tæller" in client_of("coordinator").get(url).content.decode()
    with time_is(decision.written_at + WEIGHED_WITHIN + timedelta(days=1)):
        assert "tæller ikke med" in client_of("coordinator").get(url).content.decode()
