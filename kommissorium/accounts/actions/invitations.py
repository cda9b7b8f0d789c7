"""Actions on invitations; ends a person's sessions, and the links that were sent before."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from kommissorium.accounts.actions.notices import (
    INVITATION_MAIL,
    list_of,
    tell,
    told_while_set_up,
)
from kommissorium.accounts.links import make_shown_token, make_token
from kommissorium.accounts.models import Invitation, Municipality, Person
from kommissorium.accounts.models.second_person import ANEW
from kommissorium.core.evidence.actions import record
from kommissorium.core.mail.actions import (
    queue_mail,
    reword_waiting,
    take_gathered,
    withdraw_waiting,
)
from kommissorium.core.mail.letter import Letter, Link
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.refusals import Refused


def end_sessions(person: Person) -> None:
    """End all sessions, reset links and invitations of the person; nothing brings them back."""
    Person.objects.filter(pk=person.pk).update(sign_in_epoch=F("sign_in_epoch") + 1)
    person.refresh_from_db(fields=["sign_in_epoch"])


@transaction.atomic
def invite(person: Person, *, by: Person) -> Invitation:
    """Invite a person by mail to choose a password. Raises Refused without an e-mail.

    Somebody with a password is not invited again: asking for a new one is everybody's own affair.
    """
    if not person.sign_in_can_be_kept_by(by):
        raise PermissionDenied
    _refuse_invitation(person)
    return send_invitation(person, by=by)


@transaction.atomic
def invite_from_server(person: Person) -> str:
    """Return the address at which a person chooses a password, for whoever runs the server.

    The way back in where the mail went to a mistyped address; what was sent before ends. Raises
    Refused as invite() does.
    """
    _refuse_invitation(person)
    if person.signs_in_there_alone:
        raise Refused(
            _(
                "%(name)s signs in by the municipality's own sign-in alone: only the person of "
                "KOMMISSORIUM_OIDC_BREAK_GLASS chooses a password."
            )
            % {"name": person.name}
        )
    end_sessions(person)
    tell(record("accounts.person_invited", person, by=None), person)
    return invitation_link(person)


def send_invitation(person: Person, *, by: Person, anew: bool = False) -> Invitation:
    """Send the invitation; the caller has checked that it may be sent.

    `anew` is one that only follows from what two people agreed on, or is told of already.
    """
    told = [*withdraw_invitations(person), *told_while_set_up(person)]
    invitation = Invitation.objects.create(person=person, by=by, sent_at=timezone.now())
    facts = {ANEW: True} if anew else {}
    tell(record("accounts.person_invited", person, by=by, facts=facts), person)
    _queue_invitation(invitation, [*told, *told_while_set_up(person)])
    return invitation


@transaction.atomic
def show_invitation(person: Person, *, by: Person) -> str:
    """Return the link of a person's invitation, to be handed over; everybody concerned is told.

    Raises Refused where no invitation is open.
    """
    if not person.sign_in_can_be_kept_by(by):
        raise PermissionDenied
    if not open_invitations().filter(person=person).exists():
        raise Refused(_("%(name)s has no open invitation. Send a new one.") % {"name": person.name})
    if not person.invitation_can_be_shown_to(by):
        raise PermissionDenied
    tell(record("accounts.invitation_shown", person, by=by), person)
    return _link(person, make_shown_token(person))


@transaction.atomic
def renew_waiting_invitations() -> None:
    """Give invitations whose mails have not left a link that is valid for seven days from now."""
    for invitation in open_invitations():
        # Not one that goes to an e-mail the card has no more: its link is dead, and must stay so.
        to, letter = invitation.person.email or "", _worded(invitation)
        reword_waiting(to=to, kind=INVITATION_MAIL, key=str(invitation.pk), letter=letter)


def _refuse_invitation(person: Person) -> None:
    if not person.email:
        raise Refused(_("%(name)s has no e-mail to invite.") % {"name": person.name})
    if not person.is_active:
        raise Refused(_("The login of %(name)s is closed.") % {"name": person.name})
    if person.can_use_password:
        sentence = _("%(name)s has a password. A forgotten one is renewed from the sign-in page.")
        raise Refused(sentence % {"name": person.name})


def invitation_link(person: Person) -> str:
    """Return the address at which an invited person chooses a password. Valid for 7 days."""
    return _link(person, make_token(person))


def _link(person: Person, token: str) -> str:
    key = urlsafe_base64_encode(force_bytes(person.pk))
    return f"{settings.SITE_URL}{reverse('invitation', args=[key, token])}"


def open_invitations() -> QuerySet[Invitation]:
    """Return the newest invitation of each active person who has no password yet."""
    newer = Invitation.objects.filter(person=OuterRef("person"), pk__gt=OuterRef("pk"))
    people = Person.objects.active().filter(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    found = Invitation.objects.filter(~Exists(newer), accepted_at=None, person__in=people)
    return found.exclude(person__email=None).select_related("person", "by")


def withdraw_invitations(person: Person) -> list[Link]:
    """Take back the mails with invitations that have not left; return what else they told."""
    keys = [str(key) for key in person.invitations.values_list("pk", flat=True)]
    told = take_gathered(to=person.email or "", kind=INVITATION_MAIL)
    withdraw_waiting(kind=INVITATION_MAIL, keys=keys)
    return told


def invitation_is_lost(invitation: Invitation) -> bool:
    """Return whether the mail of the invitation was given up."""
    mails = OutboxMail.objects.filter(kind=INVITATION_MAIL, key=str(invitation.pk))
    return mails.exclude(given_up_at=None).exists()


def _worded(invitation: Invitation, told: Sequence[Link] = ()) -> Letter:
    person = invitation.person
    values = {"by": invitation.by.name, "municipality": Municipality.current().name}
    with translation.override(person.language):
        said = _(
            "%(by)s has given you access to Kommissorium, where the information security committee "
            "of %(municipality)s works."
        )
        button, next_step = _way_in(person)
        return Letter(
            _("Access to Kommissorium, %(municipality)s") % values,
            button,
            person.name,
            lines=[said % values, next_step],
            lists=list_of(told),
            small=[_("If you did not expect this mail, you need do nothing.")],
        )


def _way_in(person: Person) -> tuple[Link, str]:
    """Return the button of an invitation and what to do: no key is sent where none would open."""
    if settings.DIRECTORY and person.signs_in_there_alone:
        name = settings.DIRECTORY.name
        said = _("You sign in by %(name)s, as you do elsewhere.") % {"name": name}
        return Link(_("Sign in"), reverse("account_login")), said
    said = _("Choose a password within seven days.")
    return Link(_("Choose a password"), invitation_link(person)), said


def _queue_invitation(invitation: Invitation, told: Sequence[Link]) -> None:
    queue_mail(
        to=invitation.person.email or "",
        kind=INVITATION_MAIL,
        key=str(invitation.pk),
        letter=_worded(invitation, told),
    )
