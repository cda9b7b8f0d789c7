"""Mandates, seats and holders, noted afterwards: never without a reason that is shown."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kommissorium.committees.models import Holding, Mandate
from kommissorium.committees.tests.conftest import builtin_draft
from kommissorium.core.evidence.models import Event

pytestmark = pytest.mark.django_db


def yesterday():
    return timezone.localdate() - timedelta(days=1)


def last_facts(act):
    return json.loads(Event.objects.filter(act=act)[0].facts)


def refused(answer, typed):
    """Return whether the reason is asked for beside its field, and nothing typed is lost."""
    form = answer.context["form"]
    kept = all(str(form[name].value()) == value for name, value in typed.items())
    return answer.status_code == 400 and "because" in form.errors and kept


def test_a_mandate_takes_effect_before_today_with_a_reason_alone(client_of, cast, other):
    draft = builtin_draft(other, cast.coordinator)
    url = reverse("mandate_approval", args=[draft.pk])
    typed = {"adopted_by": "Direktionen", "effective_from": str(yesterday())}
    client = client_of("executive")
    assert refused(client.post(url, typed), typed)
    assert client.post(url, {**typed, "because": "Vedtaget i går"}).status_code == 302
    kept = Mandate.objects.select_related("record").get(pk=draft.pk)
    assert kept.from_because == "Vedtaget i går"
    assert json.loads(kept.record.content)["because"] == "Vedtaget i går"
    assert last_facts("committees.mandate_approved")["because"] == "Vedtaget i går"
    for name, key in [("mandate", kept.pk), ("mandates", other.pk)]:
        assert "Vedtaget i går" in client.get(reverse(name, args=[key])).text


def test_a_mandate_of_today_keeps_no_reason(client_of, cast, other):
    draft = builtin_draft(other, cast.coordinator)
    typed = {"adopted_by": "Us", "effective_from": str(timezone.localdate()), "because": "Fordi"}
    client_of("executive").post(reverse("mandate_approval", args=[draft.pk]), typed)
    assert Mandate.objects.get(pk=draft.pk).from_because == ""
    assert last_facts("committees.mandate_approved")["because"] == ""


def test_a_seat_is_taken_before_today_with_a_reason_alone(client_of, cast):
    seat = cast.member.holdings.get().seat
    url = reverse("seat_take", args=[cast.committee.pk, seat.pk])
    typed = {"person": str(cast.executive.pk), "from_date": str(yesterday())}
    client = client_of("coordinator")
    assert refused(client.post(url, {**typed, "capacity": "holder"}), typed)
    assert Holding.objects.filter(seat=seat).count() == 1
    answer = client.post(url, {**typed, "capacity": "holder", "because": "Glemt i går"})
    assert answer.status_code == 302
    new, old = Holding.objects.filter(seat=seat)
    assert (new.from_because, new.to_because) == ("Glemt i går", "")
    # Whoever gave the seat up did so on a day that is over, too.
    assert (old.from_because, old.to_because) == ("", "Glemt i går")
    assert last_facts("committees.seat_taken")["because"] == "Glemt i går"
    shown = client.get(reverse("seat_history", args=[cast.committee.pk])).text
    assert shown.count("Glemt i går") == 2
    assert "Glemt i går" in client.get(reverse("seat_export", args=[cast.committee.pk])).text
    assert "Glemt i går" in client.get(reverse("committee_history", args=[cast.committee.pk])).text


@pytest.mark.parametrize("name", ["seat_leave", "seat_end"])
def test_a_seat_is_left_and_ended_before_today_with_a_reason_alone(client_of, cast, name):
    holding = cast.member.holdings.get()
    keys = [cast.committee.pk, holding.seat_id, holding.pk]
    url = reverse(name, args=keys if name == "seat_leave" else keys[:2])
    typed = {"to_date": str(yesterday())}
    client = client_of("coordinator")
    assert refused(client.post(url, typed), typed)
    assert client.post(url, {**typed, "because": "Rejste i går"}).status_code == 302
    holding.refresh_from_db()
    assert (holding.to_date, holding.to_because) == (yesterday(), "Rejste i går")
    act = "committees.seat_left" if name == "seat_leave" else "committees.seat_ended"
    assert last_facts(act)["because"] == "Rejste i går"
    assert "Rejste i går" in client.get(reverse("seat_history", args=[cast.committee.pk])).text
