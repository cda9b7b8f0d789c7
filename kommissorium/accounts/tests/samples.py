"""People, one of whom is invited."""

from __future__ import annotations

from django.utils import timezone

from kommissorium.accounts.actions import (
    add_person,
    add_word_template,
    invitation_link,
    invite,
    nominate_for_role,
)
from kommissorium.accounts.actions.directory_links import ask_for_link
from kommissorium.accounts.actions.email_changes import ask_for_email
from kommissorium.accounts.links import email_change_link, reminder_stop_link
from kommissorium.accounts.models import OrganisationRole
from kommissorium.conftest import Cast
from kommissorium.core.tests.documents.word_templates import template
from kommissorium.core.tests.samples import Samples


def add(samples: Samples, cast: Cast) -> None:
    """Name people, roles and what the sign-in library stores."""
    account = ask_for_link(cast.system_owner, "https://login.example 1", by=cast.administrator)
    samples.add("directory_link", pk=cast.system_owner.pk, link=account.pk)
    samples.add(
        "person person_edit person_role_add person_invitation person_closure "
        "person_directory person_directory_removal "
        "person_reopening person_second_step_reset personal_data_of person_erasure",
        pk=cast.employee.pk,
    )
    role = OrganisationRole.objects.get(person=cast.executive)
    samples.add("person_role_end", pk=cast.executive.pk, role=role.pk)
    newcomer = add_person(by=cast.administrator, name="Ny Ansat", email="ny@tryllerup.example")
    invite(newcomer, by=cast.administrator)
    samples.add("person_invitation_link", pk=newcomer.pk)
    samples.add("person_confirmation person_confirmation_asked", pk=newcomer.pk)
    nomination = nominate_for_role(
        cast.employee, "executive", by=cast.coordinator, from_date=timezone.localdate()
    )
    samples.add("role_nomination", pk=cast.employee.pk, nomination=nomination.pk)
    change = ask_for_email(cast.member, "andet@tryllerup.example", by=cast.coordinator)
    samples.add("email_change", pk=cast.member.pk, change=change.pk)
    token_of_change = email_change_link(change).rstrip("/").split("/")[-1]
    samples.add("email_by_link", token=token_of_change)
    stop_link = reminder_stop_link(cast.member)
    samples.add("reminders_by_link", token=stop_link.rstrip("/").split("/")[-1])
    uid, token = invitation_link(newcomer).rstrip("/").split("/")[-2:]
    samples.add("invitation", uid=uid, token=token)
    samples.add("account_reset_password_from_key", uidb36="zz", key="no-key")
    samples.add("mfa_edit_webauthn mfa_remove_webauthn", pk=1)
    samples.add("schema", name="kommissorium-pack-1")
    samples.add("demo_sign_in", code="coordinator")
    kept = add_word_template("report", template(), "brev.docx", by=cast.coordinator)
    samples.add("word_template word_template_trial word_template_end", pk=kept.pk)
