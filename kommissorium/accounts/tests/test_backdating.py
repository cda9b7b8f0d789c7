"""Roles that begin or end on a past day: never without a reason that is shown."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.actions import end_role, give_role
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused

pytestmark = pytest.mark.django_db


def last_facts(act):
    return json.loads(Event.objects.filter(act=act)[0].facts)


def test_a_role_begins_and_ends_before_today_with_a_reason_alone(cast, client_of):
    by, yesterday = cast.coordinator, timezone.localdate() - timedelta(days=1)
    with pytest.raises(Refused) as refused:
        give_role(cast.employee, "auditor", by=None, from_date=yesterday)
    assert [*refused.value.errors] == ["because"]
    role = give_role(
        cast.employee, "auditor", by=None, from_date=yesterday, because="Var det allerede"
    )
    assert last_facts("accounts.role_given")["because"] == "Var det allerede"
    with pytest.raises(Refused) as refused:
        end_role(role, by=by, to_date=yesterday)
    assert [*refused.value.errors] == ["because"]
    end_role(role, by=by, to_date=yesterday, because="Er det ikke mere")
    assert last_facts("accounts.role_ended")["because"] == "Er det ikke mere"
    role.refresh_from_db()
    assert (role.from_because, role.to_because) == ("Var det allerede", "Er det ikke mere")
    page = client_of("coordinator").get(reverse("person", args=[cast.employee.pk])).text
    assert page.count("Var det allerede") == page.count("Er det ikke mere") == 2  # role, history


def test_today_needs_no_reason_and_keeps_none(cast):
    today = timezone.localdate()
    role = give_role(cast.employee, "auditor", by=None, from_date=today, because="Nu")
    end_role(role, by=cast.coordinator, to_date=today)
    role.refresh_from_db()
    assert (role.from_because, role.to_because) == ("", "")


def test_the_form_asks_for_the_reason_and_loses_nothing(cast, proven):
    url = reverse("person_role_add", args=[cast.employee.pk])
    typed = {"kind": "auditor", "from_date": "2020-01-01"}
    answer = proven("coordinator").post(url, typed)
    assert answer.status_code == 400
    form = answer.context["form"]
    assert [*form.errors] == ["because"]
    assert form["from_date"].value() == "2020-01-01"
