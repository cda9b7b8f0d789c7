"""An owner approves what the settings let them, never alone, and the committee is told."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from pypdf import PdfReader

from kommissorium.conftest import time_is
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.refusals import Refused
from kommissorium.policies import todo
from kommissorium.policies.actions.documents import change_document, change_level
from kommissorium.policies.actions.owner_approvals import (
    approve_as_owner,
    lay_before_owner,
)
from kommissorium.policies.actions.versions import begin_version
from kommissorium.policies.agenda import compose_policies, policy_draft
from kommissorium.policies.forms import DocumentForm
from kommissorium.policies.models import Version
from kommissorium.policies.proposal import KIND
from kommissorium.policies.tests.cases import (
    approved,
    approved_by_owner,
    document,
    drafted,
    laid,
    procedure,
    proposed,
    today,
    write,
)
from kommissorium.registers.actions.standard_proposals import take_back
from kommissorium.registers.agenda import AgendaContext
from kommissorium.yearwheel.models import Occurrence

pytestmark = pytest.mark.django_db


def change(cast, row, **values):
    row.refresh_from_db()
    whole = {name: getattr(row, name) for name in DocumentForm.names} | values
    change_document(row, by=cast.coordinator, values=whole, edit_version=row.edit_version)


def approve(cast, made, by=None):
    approve_as_owner(made, fingerprint=made.fingerprint, by=by or cast.system_owner)


def let_owners(cast, level="guideline"):
    values = {"approval": "owner", "review_months": 12}
    change_level(level, by=cast.coordinator, values=values, edit_version=1)


def test_the_owner_is_asked_reads_and_approves(cast, client_of):
    made = drafted(cast, procedure(cast))
    page = made.get_absolute_url()
    client_of("coordinator").post(reverse("policy_version_lay", args=[made.pk]))
    owner = client_of("system_owner")
    address = reverse("policy_version_approve", args=[made.pk])
    assert address in owner.get(page).content.decode()
    assert address not in client_of("coordinator").get(page).content.decode()
    owner.post(address, {"fingerprint": made.fingerprint})
    made.refresh_from_db()
    assert made.is_by_owner and made.in_force_from == today() and made.decision is None
    assert cast.system_owner.name in owner.get(page).content.decode()
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.filter(pk=made.pk).update(state="draft")


def test_what_was_approved_is_frozen_and_no_draft(cast, client_of):
    made = laid(cast)
    address = reverse("proposal_file", args=["policy", made.pk])
    words = PdfReader(BytesIO(client_of("system_owner").get(address).content)).pages[0]
    assert "UDKAST" in words.extract_text()
    approve(cast, made)
    pdf = PdfReader(BytesIO(client_of("system_owner").get(address).content))
    text = " ".join(pdf.pages[0].extract_text().split())
    assert "UDKAST" not in text and cast.system_owner.name in text and made.fingerprint in text
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert made.record.event.actor == str(cast.system_owner.pseudonym)
    word = reverse("policy_version_file", args=[made.pk, "docx"])
    assert client_of("employee").get(word).status_code == 200


@pytest.mark.parametrize("who", ["coordinator", "chair", "member", "administrator"])
def test_nobody_else_approves_for_the_owner(cast, who):
    with pytest.raises(PermissionDenied):
        approve(cast, laid(cast), by=getattr(cast, who))


def test_what_goes_on_unchanged_nobody_wrote(cast):
    first = approved_by_owner(cast)
    again = begin_version(first.document, by=cast.system_owner, change="none")
    write(again, cast.system_owner, text=again.text, change="none", change_because="Den virker.")
    lay_before_owner(again, by=cast.system_owner)
    approve(cast, again)
    first.refresh_from_db()
    assert first.in_force_to == today() and again.is_by_owner


def test_a_coordinator_who_names_themself_the_owner_approves_nothing(cast):
    made = drafted(cast, procedure(cast))
    write(made, cast.system_owner, text="<h2>Nøgler</h2><p>De ligger i skabet.</p>")
    change(cast, made.document, owner=cast.coordinator)
    made = Version.objects.get(pk=made.pk)
    with override("en"), pytest.raises(Refused, match="made themself the owner"):
        lay_before_owner(made, by=cast.coordinator)


def test_nothing_changes_between_the_asking_and_the_answer(cast):
    made = laid(cast)
    for values in ({"owner": cast.coordinator}, {"approval": "committee"}, {"is_measure": True}):
        with pytest.raises(Refused):
            change(cast, made.document, **values)
    with pytest.raises(Refused):
        write(made, cast.coordinator, text="<p>Andet</p>")
    read = made.fingerprint
    take_back(KIND, made, by=cast.coordinator)
    write(made, cast.coordinator, text="<h2>Andet</h2><p>Mere.</p>")
    lay_before_owner(made, by=cast.coordinator)
    with override("en"), pytest.raises(Refused, match="another one by now"):
        approve_as_owner(made, fingerprint=read, by=cast.system_owner)
    approve(cast, made)


def test_it_is_approved_once_and_no_committee_takes_it_meanwhile(cast):
    made = laid(cast)
    with pytest.raises(Refused):
        KIND.refuse_before(made)
    approve(cast, made)
    with pytest.raises(Refused):
        approve(cast, made)
    before = proposed(cast, made.document)
    with pytest.raises(PermissionDenied):
        approve(cast, before)


def test_the_settings_say_what_owners_approve(cast):
    with pytest.raises(Refused):
        document(cast, approval="owner")
    for level in ("overall", "policy"):
        with pytest.raises(Refused):
            let_owners(cast, level)
    let_owners(cast)
    row = document(cast, approval="owner")
    assert procedure(cast, approval="committee").approval == "committee"
    with pytest.raises(Refused):
        change(cast, row, is_measure=True)
    change(cast, row, approval="committee")
    made = drafted(cast, row)
    with pytest.raises(Refused):
        lay_before_owner(made, by=cast.coordinator)


def test_it_waits_for_its_owner_and_is_reminded_of(cast):
    made = laid(cast)
    assert OutboxMail.objects.filter(recipient=cast.system_owner.email).count() == 1
    waiting = [one.url for one in todo.todos_of(cast.system_owner, today())]
    assert waiting == [made.get_absolute_url()]
    assert list(todo.reminders_on(today() + timedelta(days=6))) == []
    (reminder,) = todo.reminders_on(today() + timedelta(days=7))
    assert (reminder.person, reminder.url) == (cast.system_owner, made.get_absolute_url())
    approve(cast, made)
    assert list(todo.todos_of(cast.system_owner, today())) == []
    assert list(todo.reminders_on(today() + timedelta(days=7))) == []


def test_the_committee_is_told_at_its_next_meeting(cast, meeting):
    above = approved(cast)
    made = approved_by_owner(cast, procedure(cast, parent=above.document))
    assert made.committee == cast.committee
    context = AgendaContext(meeting)
    (table,) = [one for one in compose_policies(context) if one.key == "policies_by_owners"]
    assert [row.link for row in table.rows] == [made.get_absolute_url()]
    with override("en"):
        said = [one.text for one in policy_draft(context).sentences]
    assert any("approved by its owner" in one for one in said)
    due = Occurrence.objects.get(source=f"policies.document:{made.document_id}", state="open")
    assert due.due == made.review_by
    with time_is(timezone.localtime() + timedelta(days=1)):
        assert Event.objects.about(made)[0].act == "policies.approved_by_owner"
