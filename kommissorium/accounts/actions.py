"""All writes about people, their roles and the municipality."""

from __future__ import annotations

from datetime import date

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Invitation, Municipality, OrganisationRole, Person, held_on
from kommissorium.core.evidence.actions import record
from kommissorium.core.mail.actions import queue_mail
from kommissorium.core.refusals import Conflict, Refused

invitation_tokens = PasswordResetTokenGenerator()
PERSON_FIELDS = ("name", "email", "job_title", "department", "language")


@transaction.atomic
def found_municipality(*, name: str, is_demo: bool = False, by: Person | None) -> Municipality:
    """Make the municipality of a new database. Raises Refused when it is there already."""
    if Municipality.objects.exists():
        raise Refused(_("This database already belongs to a municipality."))
    municipality = Municipality.objects.create(
        pk=1, name=name, is_demo=is_demo, mfa_required=not is_demo
    )
    record("accounts.municipality_founded", municipality, by=by, facts={"name": name})
    return municipality


@transaction.atomic
def change_municipality(
    municipality: Municipality,
    *,
    by: Person,
    name: str,
    mfa_required: bool,
    anchor_email: str,
    edit_version: int,
) -> None:
    """Change the municipality's settings. Raises Conflict when somebody saved first."""
    if not Municipality.can_be_changed_by(by):
        raise PermissionDenied
    values = {"name": name, "mfa_required": mfa_required, "anchor_email": anchor_email}
    changed = Municipality.objects.filter(pk=municipality.pk, edit_version=edit_version).update(
        **values, edit_version=edit_version + 1
    )
    if not changed:
        raise Conflict(Municipality.objects.values(*values).get(pk=municipality.pk))
    facts = {"name": name, "mfa_required": mfa_required}
    record("accounts.municipality_changed", municipality, by=by, facts=facts)


@transaction.atomic
def finish_setup(municipality: Municipality, *, by: Person) -> None:
    """Note that the setup assistant was gone through."""
    if not Municipality.can_be_changed_by(by):
        raise PermissionDenied
    Municipality.objects.filter(pk=municipality.pk).update(setup_finished_at=timezone.now())
    record("accounts.setup_finished", municipality, by=by)


@transaction.atomic
def add_person(
    *,
    by: Person | None,
    name: str,
    email: str | None = None,
    job_title: str = "",
    department: str = "",
    language: str = "da",
) -> Person:
    """Add a person without a login. Raises Refused when the e-mail is another's."""
    if by and not Person.can_be_kept_by(by):
        raise PermissionDenied
    _refuse_taken(email, None)
    person = Person(
        name=name,
        email=email or None,
        job_title=job_title,
        department=department,
        language=language,
    )
    person.set_unusable_password()
    person.save()
    record("accounts.person_added", person, by=by)
    return person


@transaction.atomic
def change_person(
    person: Person,
    *,
    by: Person,
    name: str,
    email: str | None,
    job_title: str,
    department: str,
    language: str,
    edit_version: int,
) -> None:
    """Correct a person's card. Raises Refused (e-mail taken) or Conflict (saved meanwhile)."""
    if not Person.can_be_kept_by(by):
        raise PermissionDenied
    _refuse_taken(email, person)
    if not email and person.has_login:
        raise Refused(email=_("A person who signs in needs an e-mail. Close the login first."))
    changed = Person.objects.filter(pk=person.pk, edit_version=edit_version).update(
        name=name,
        email=email or None,
        job_title=job_title,
        department=department,
        language=language,
        edit_version=edit_version + 1,
    )
    if not changed:
        raise Conflict(Person.objects.values(*PERSON_FIELDS).get(pk=person.pk))
    _follow_email(person, email)
    record("accounts.person_changed", person, by=by)


@transaction.atomic
def choose_language(person: Person, language: str, *, by: Person) -> None:
    """Set the language a person reads. Everybody chooses for himself."""
    if by != person:
        raise PermissionDenied
    Person.objects.filter(pk=person.pk).update(language=language)
    record("accounts.language_chosen", person, by=by, facts={"language": language})


@transaction.atomic
def close_login(person: Person, *, by: Person) -> None:
    """Close a person's login at once, everywhere. Raises Refused for the last administrator."""
    if not Person.can_be_kept_by(by):
        raise PermissionDenied
    _refuse_last_administrator(person)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    record("accounts.login_closed", person, by=by)


@transaction.atomic
def reopen_login(person: Person, *, by: Person) -> None:
    """Let a person sign in again, with the password there was."""
    if not Person.can_be_kept_by(by):
        raise PermissionDenied
    Person.objects.filter(pk=person.pk).update(is_active=True)
    record("accounts.login_reopened", person, by=by)


@transaction.atomic
def give_role(
    person: Person, kind: str, *, by: Person | None, from_date: date, to_date: date | None = None
) -> OrganisationRole:
    """Give a role from a date on. Raises Refused when the person has it in that time."""
    if by and not OrganisationRole.can_be_given_by(by, kind):
        raise PermissionDenied
    if to_date and to_date < from_date:
        raise Refused(to_date=_("The end lies before the start."))
    overlap = Q(to_date=None) | Q(to_date__gte=from_date)
    if to_date:
        overlap &= Q(from_date__lte=to_date)
    if person.roles.filter(overlap, kind=kind).exists():
        raise Refused(kind=_("The person already has this role in that time."))
    role = OrganisationRole.objects.create(
        person=person, kind=kind, from_date=from_date, to_date=to_date
    )
    facts = {"kind": kind, "from": from_date, "to": to_date}
    record("accounts.role_given", person, by=by, facts=facts)
    return role


@transaction.atomic
def end_role(role: OrganisationRole, *, by: Person, to_date: date) -> None:
    """Let a role end with a date. Raises Refused for the last administrator's."""
    if not OrganisationRole.can_be_given_by(by, role.kind):
        raise PermissionDenied
    if to_date < role.from_date:
        raise Refused(to_date=_("The end lies before the start."))
    if role.kind == OrganisationRole.Kind.ADMINISTRATOR:
        _refuse_last_administrator(role.person)
    OrganisationRole.objects.filter(pk=role.pk).update(to_date=to_date)
    facts = {"kind": role.kind, "to": to_date}
    record("accounts.role_ended", role.person, by=by, facts=facts)


@transaction.atomic
def invite(person: Person, *, by: Person) -> Invitation:
    """Invite a person by mail to choose a password. Raises Refused without an e-mail."""
    if not Person.can_be_kept_by(by):
        raise PermissionDenied
    if not person.email:
        raise Refused(_("%(name)s has no e-mail to invite.") % {"name": person.name})
    if not person.is_active:
        raise Refused(_("The login of %(name)s is closed.") % {"name": person.name})
    invitation = Invitation.objects.create(person=person, by=by, sent_at=timezone.now())
    record("accounts.person_invited", person, by=by)
    _queue_invitation(invitation)
    return invitation


@transaction.atomic
def accept_invitation(person: Person, *, password: str) -> None:
    """Set the password an invited person chose. The mailbox is thereby known to be theirs."""
    person.set_password(password)
    person.save(update_fields=["password"])
    _follow_email(person, person.email)
    person.invitations.filter(accepted_at=None).update(accepted_at=timezone.now())
    record("accounts.invitation_accepted", person, by=person)


@transaction.atomic
def set_first_password(person: Person, password: str) -> None:
    """Set a password from the command line, for the first administrator or the demo."""
    person.set_password(password)
    person.save(update_fields=["password"])
    _follow_email(person, person.email)
    record("accounts.password_set", person, by=None)


def invitation_link(person: Person) -> str:
    """Return the address at which an invited person chooses a password. Valid for 7 days."""
    key = urlsafe_base64_encode(force_bytes(person.pk))
    path = reverse("invitation", args=[key, invitation_tokens.make_token(person)])
    return f"{settings.SITE_URL}{path}"


def _queue_invitation(invitation: Invitation) -> None:
    person, municipality = invitation.person, Municipality.current()
    with translation.override(person.language):
        body = _(
            "Hello %(name)s\n\n%(by)s has given you access to Kommissorium, where the information "
            "security committee of %(municipality)s works.\n\nChoose a password here within seven "
            "days:\n%(link)s\n\nIf you did not expect this mail, you need do nothing."
        ) % {
            "name": person.name,
            "by": invitation.by.name,
            "municipality": municipality.name,
            "link": invitation_link(person),
        }
        subject = _("Access to Kommissorium, %(municipality)s") % {"municipality": municipality.name}
    queue_mail(
        to=person.email or "",
        kind="accounts.invitation",
        key=str(invitation.pk),
        subject=subject,
        body=body,
    )


def _refuse_taken(email: str | None, own: Person | None) -> None:
    if email and Person.objects.filter(email__iexact=email).exclude(
        pk=own.pk if own else None
    ).exists():
        raise Refused(email=_("Another person already has this e-mail."))


def _refuse_last_administrator(person: Person) -> None:
    today = timezone.localdate()
    kind = OrganisationRole.Kind.ADMINISTRATOR
    if kind not in person.roles_on(today):
        return
    lasting = OrganisationRole.objects.filter(
        held_on(today), kind=kind, person__is_active=True
    ).exclude(person=person)
    if not lasting.filter(to_date=None).exists():
        raise Refused(
            _("This is the last administrator. Make somebody else administrator first.")
        )


def _follow_email(person: Person, email: str | None) -> None:
    # The sign-in library keeps addresses of its own; ours is the one that counts.
    EmailAddress.objects.filter(user_id=person.pk).delete()
    if email:
        EmailAddress.objects.create(
            user_id=person.pk, email=email.lower(), verified=True, primary=True
        )
