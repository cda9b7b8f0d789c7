"""A version from draft to force: never changed once proposed, and above the committee only decided there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils.translation import override

from kommissorium.assets.actions.documents import GivenFile
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.policies.actions.documents import change_document
from kommissorium.policies.actions.upper_decisions import record_upper_decision
from kommissorium.policies.actions.versions import begin_version, write_version
from kommissorium.policies.forms import DocumentForm
from kommissorium.policies.models import Version
from kommissorium.policies.proposal import KIND
from kommissorium.policies.tests.cases import (
    TEXT,
    approved,
    decided_above,
    decision_on,
    document,
    drafted,
    overall,
    proposed,
    today,
    upper_values,
    write,
)
from kommissorium.registers.actions.standard_proposals import take_back

pytestmark = pytest.mark.django_db


def test_a_version_takes_the_place_of_the_one_before_it(cast):
    found = document(cast)
    first = approved(cast, found)
    second = approved(cast, found)
    first.refresh_from_db()
    assert found.version_on(today()) == second
    assert (first.in_force_to, second.in_force_to) == (today(), None)
    assert second.record and second.record.pdf and second.fingerprint in second.record.content


def test_it_begins_on_the_day_that_was_wished(cast):
    found = document(cast)
    first = approved(cast, found)
    later = today() + timedelta(days=20)
    second = approved(cast, found, begins_on=later)
    assert second.in_force_from == later
    assert found.version_on(today()) == first
    assert found.version_on(later) == second


@pytest.mark.parametrize("field", ["text", "title", "change_because", "file_text", "frame"])
def test_what_is_proposed_cannot_be_changed_even_in_the_database(cast, field):
    made = proposed(cast)
    value = {"organisation": "x"} if field == "frame" else "Noget andet"
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.filter(pk=made.pk).update(**{field: value})
    with pytest.raises(Refused):
        write(made, cast.coordinator, text="<p>Andet</p>")
    take_back(KIND, made, by=cast.coordinator)
    write(made, cast.coordinator, text="<p>Andet</p>")


def test_what_is_in_force_is_never_thrown_away(cast):
    made = approved(cast)
    for change in ({"in_force_from": today() - timedelta(days=1)}, {"state": "draft"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Version.objects.filter(pk=made.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.filter(pk=made.pk).delete()


def test_a_committee_never_puts_in_force_what_is_approved_above_it(cast):
    found = overall(cast)
    made = approved(cast, found)
    assert made.is_recommended and made.in_force_from is None
    assert found.version_on(today()) is None
    with override("en"):
        assert "recommended" in KIND.sentence(made.decision)
    decided_above(cast, made)
    made.refresh_from_db()
    assert found.version_on(today()) == made and not made.is_recommended
    assert check_database().faults == []


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("decided_on", {"decided_on": today() + timedelta(days=1)}),
        ("decided_on", {"decided_on": today() - timedelta(days=1)}),
        ("case_number", {"case_number": " "}),
        ("file", {"file": None}),
        ("file", {"file": GivenFile("a.txt", b"Ja.")}),
        ("text", {"is_approved": False}),
    ],
)
def test_a_decision_above_needs_its_day_number_and_file(cast, field, values):
    made = approved(cast, overall(cast))
    with pytest.raises(Refused) as refused:
        decided_above(cast, made, **values)
    assert field in refused.value.errors
    made.refresh_from_db()
    assert made.is_recommended


def test_who_may_write_down_a_decision_above(cast):
    made = approved(cast, overall(cast, owner=cast.chair))
    for person in (cast.chair, cast.member, cast.system_owner):
        with pytest.raises(PermissionDenied):
            record_upper_decision(made, upper_values(), by=person)
    below = approved(cast)
    with pytest.raises(Refused):
        decided_above(cast, below)


def test_what_is_rejected_above_begins_again_as_a_draft(cast):
    found = overall(cast)
    made = approved(cast, found)
    decided_above(cast, made, is_approved=False, text="Byrådet vil have mere om beredskab.")
    made.refresh_from_db()
    assert not made.is_recommended and found.version_on(today()) is None
    again = found.versions.get(state="draft")
    assert (again.number, again.text) == (made.number + 1, made.text)
    with pytest.raises(Refused):
        decided_above(cast, made)


def test_who_approves_cannot_be_changed_while_a_version_waits(cast):
    found = overall(cast)
    approved(cast, found)
    values = {name: getattr(found, name) for name in DocumentForm.names} | {"approval": "committee"}
    with pytest.raises(Refused):
        change_document(found, by=cast.coordinator, values=values, edit_version=found.edit_version)


def test_an_owner_writes_their_own_and_nobody_elses(cast):
    made = begin_version(document(cast), by=cast.system_owner)
    write(made, cast.system_owner)
    other = begin_version(document(cast, owner=cast.member), by=cast.member)
    for person in (cast.system_owner, cast.employee, cast.chair):
        with pytest.raises(PermissionDenied):
            write(other, person)


def test_two_who_write_at_once_see_each_other(cast):
    made = drafted(cast)
    seen = made.edit_version
    values = {"title": made.title, "text": TEXT, "change": "material", "change_because": "A"}
    write_version(made, by=cast.coordinator, values=values, edit_version=seen)
    with pytest.raises(Conflict):
        write_version(made, by=cast.system_owner, values=values, edit_version=seen)


def test_unchanged_means_unchanged_and_changed_is_changed(cast):
    found = document(cast)
    first = approved(cast, found)
    same = begin_version(found, by=cast.coordinator)
    write(same, cast.coordinator, text=first.text)
    assert any("the one in force" in one for one in _english(same))
    write(same, cast.coordinator, text=first.text, change="none", change_because="Den holder.")
    assert _english(same) == []
    write(same, cast.coordinator, text="<p>Andet</p>", change="none")
    assert any("differs" in one for one in _english(same))


def test_one_version_is_on_its_way_at_a_time(cast):
    found = document(cast)
    drafted(cast, found)
    with pytest.raises(Refused):
        begin_version(found, by=cast.coordinator)


def test_what_the_committee_rejects_is_a_draft_again(cast):
    made = proposed(cast)
    KIND.send_back(made, decision_on(cast, made, "rejected"), by=cast.chair)
    assert made.is_draft


def _english(version):
    version.refresh_from_db()
    with override("en"):
        return KIND.lacks(version)
