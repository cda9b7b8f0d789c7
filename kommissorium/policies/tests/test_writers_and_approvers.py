"""Nobody approves what they wrote any of; another owner can be asked, or the committee."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import override

from kommissorium.core.refusals import Refused
from kommissorium.policies import todo
from kommissorium.policies.actions.owner_approvals import (
    approve_as_owner,
    lay_before_owner,
    stand_ins,
    writers_of,
)
from kommissorium.policies.actions.versions import begin_version, take_text
from kommissorium.policies.agenda import compose_policies
from kommissorium.policies.handover import content_of
from kommissorium.policies.models import Version
from kommissorium.policies.proposal import KIND
from kommissorium.policies.tests.cases import (
    by_its_owner,
    decision_on,
    document,
    drafted,
    procedure,
    today,
    write,
)
from kommissorium.registers.actions.standard_proposals import give_up, take_back
from kommissorium.registers.agenda import AgendaContext

pytestmark = pytest.mark.django_db


def refused(made, cast, match="nobody approves what they wrote themselves", **others):
    made = Version.objects.get(pk=made.pk)
    with override("en"), pytest.raises(Refused, match=match):
        lay_before_owner(made, by=cast.coordinator, **others)


@pytest.fixture
def other(cast):
    """Let the member own a guideline, and so be as high as who owns a procedure."""
    document(cast, title="Retningslinje for spor", owner=cast.member)
    return cast.member


def test_an_owner_who_wrote_it_all_goes_to_the_committee(cast, client_of):
    made = by_its_owner(cast)
    refused(made, cast)
    page = client_of("system_owner").get(made.get_absolute_url()).content.decode()
    assert "ingen godkender det, de selv har skrevet" in page
    KIND.propose(made, cast.committee, by=cast.coordinator)
    KIND.approve(made, decision_on(cast, made), by=cast.chair)
    assert KIND.told(made)["approval"] == "committee" and made.decision


def test_a_word_of_somebody_elses_does_not_make_it_theirs(cast):
    made = by_its_owner(cast)
    write(made, cast.coordinator, text=made.text + "<p>Og ét ord.</p>")
    assert len(writers_of(made)) == 2
    refused(made, cast)


def test_a_word_of_the_owners_in_what_another_wrote_does(cast):
    made = drafted(cast, procedure(cast))
    write(made, cast.system_owner, text=made.text + "<p>Og ét ord.</p>")
    refused(made, cast)
    write(made, cast.coordinator, text="<h2>Formål</h2><p>Helt anderledes.</p>")
    refused(made, cast)  # what was written over was written


def test_a_text_taken_from_word_is_written_by_who_takes_it(cast):
    made = drafted(cast, procedure(cast))
    text = "<h2>Formål</h2><p>Fra Word.</p>"
    made.refresh_from_db()
    at, by = made.edit_version, cast.system_owner
    take_text(made, title=made.title, text=text, edit_version=at, by=by)
    refused(made, cast)


def test_each_of_two_owners_who_write_in_turn_is_barred(cast, other):
    made = drafted(cast, procedure(cast))
    write(made, cast.system_owner, text=made.text + "<p>Den ene.</p>")
    assert list(stand_ins(made, cast.coordinator)) == [other]
    made.document.owner = other
    made.document.save(update_fields=["owner"])
    made = Version.objects.get(pk=made.pk)
    write(made, other, text=made.text + "<p>Den anden.</p>")
    assert not stand_ins(made, cast.coordinator).exists()
    refused(made, cast, approver=cast.system_owner, match="Choose from the list")


def test_giving_a_draft_up_and_beginning_anew_washes_nothing(cast):
    made = by_its_owner(cast)
    give_up(KIND, made, by=cast.coordinator)
    again = begin_version(made.document, by=cast.coordinator)
    assert again.text == ""  # what was given up does not come back by itself
    write(again, cast.coordinator)
    lay_before_owner(again, by=cast.coordinator)
    assert again.approver == cast.system_owner


def test_another_owner_approves_in_the_owners_stead(cast, client_of, other, meeting):
    made = by_its_owner(cast)
    page = client_of("coordinator").get(made.get_absolute_url()).content.decode()
    address = reverse("policy_version_instead", args=[made.pk])
    assert address in page
    client_of("coordinator").post(address, {"approver": other.pk})
    made.refresh_from_db()
    assert made.waits_for_owner and made.approver == other
    assert [one.url for one in todo.todos_of(other, today())] == [made.get_absolute_url()]
    assert not list(todo.todos_of(cast.system_owner, today()))
    with pytest.raises(PermissionDenied):
        approve_as_owner(made, fingerprint=made.fingerprint, by=cast.system_owner)
    approve = reverse("policy_version_approve", args=[made.pk])
    client_of("member").post(approve, {"fingerprint": made.fingerprint})
    made.refresh_from_db()
    assert made.is_by_owner and made.in_force_from == today()
    assert content_of(made)["owner_approval"]["name"] == other.name
    assert "i ejerens sted" in client_of("member").get(made.get_absolute_url()).content.decode()
    tables = {one.key: one for one in compose_policies(AgendaContext(meeting))}
    assert other.name in tables["policies_by_owners"].rows[0].cells


def test_who_stands_in_is_as_high_wrote_nothing_and_is_not_who_names_them(cast, other):
    made = by_its_owner(cast)
    for person in (cast.employee, cast.system_owner, cast.coordinator):
        refused(made, cast, approver=person, match="Choose from the list")
    procedure(cast, title="Procedure for koordinatorens egne", owner=cast.coordinator)
    refused(made, cast, approver=cast.coordinator, match="Choose from the list")
    with pytest.raises(PermissionDenied):
        lay_before_owner(made, by=cast.system_owner, approver=other)
    assert list(stand_ins(made, cast.coordinator)) == [other]


def test_no_other_is_asked_where_the_owner_can(cast, other):
    made = drafted(cast, procedure(cast))
    refused(made, cast, approver=other, match="The owner can approve it")


def test_an_approval_does_not_wait_for_who_has_left(cast, client_of, other):
    made = by_its_owner(cast)
    lay_before_owner(made, by=cast.coordinator, approver=other)
    other.is_active = False
    other.save(update_fields=["is_active"])
    with override("en"):
        said = [one.text for one in todo.todos_of(cast.coordinator, today())]
    assert any("can no longer do so" in one for one in said)
    page = client_of("coordinator").get(made.get_absolute_url()).content.decode()
    assert reverse("proposal_reopen", args=["policy", made.pk]) in page
    take_back(KIND, made, by=cast.coordinator)
    made.refresh_from_db()
    assert made.is_draft and not stand_ins(made, cast.coordinator).exists()


def test_the_owner_is_told_before_writing(cast, client_of):
    own = drafted(cast, procedure(cast))
    address = reverse("policy_version_edit", args=[own.pk])
    said = "kan ikke godkende den"
    assert said in client_of("system_owner").get(address).content.decode()
    assert said not in client_of("coordinator").get(address).content.decode()
