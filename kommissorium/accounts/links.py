"""The signed links in mails: to an invitation, to agree to a new e-mail, to end reminders.

Those of an invitation and of a new e-mail are valid for seven days, and of no use once sessions
were ended for good.
"""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import urlsafe_base64_decode

from kommissorium.accounts.models import INVITATION_LASTS, EmailChange, Person

_email_signer = TimestampSigner(sep=".", salt="kommissorium.accounts.email_change")


def email_change_link(change: EmailChange) -> str:
    """Return the whole address at which the owner of the old mailbox says yes or no."""
    token = _email_signer.sign(_email_state(change))
    return f"{settings.SITE_URL}{reverse('email_by_link', args=[token])}"


def change_by_link(token: str) -> EmailChange | None:
    """Return the change a token is about; None when it fits none that waits."""
    try:
        state = _email_signer.unsign(token, max_age=INVITATION_LASTS)
        key = int(state.partition("-")[0])
    except (BadSignature, ValueError):
        return None
    waiting = EmailChange.objects.filter(answered_at=None).select_related("person", "by")
    change = waiting.filter(pk=key).first()
    return change if change and state == _email_state(change) else None


def _email_state(change: EmailChange) -> str:
    return f"{change.pk}-{change.person.sign_in_epoch}"


_REMINDER_SALT = "kommissorium.accounts.reminders"


def reminder_stop_link(person: Person) -> str:
    """Return the whole address. It holds no name, works for as long as the mail is kept."""
    token = signing.Signer(salt=_REMINDER_SALT).sign_object(person.pk)
    return f"{settings.SITE_URL}{reverse('reminders_by_link', args=[token])}"


def person_by_link(token: str) -> Person | None:
    """Return the person whose reminders a token ends; None if it is not ours or they have left."""
    try:
        key = signing.Signer(salt=_REMINDER_SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found: Person | None = Person.objects.active().filter(pk=key).first()
    return found


_SALT = "kommissorium.accounts.invitation"
_signer = TimestampSigner(sep=".", salt=_SALT)


def make_token(person: Person) -> str:
    """Return a key that lets the person choose a password."""
    return _signer.sign(_state(person))


def make_shown_token(person: Person) -> str:
    """Return such a key for the inviter's eyes: it dies when the person comes to lead.

    Whoever saw it could use it. That gives nothing while the e-mail on the card can be changed as
    well, but must not outlive a second person's yes.
    """
    return _signer.sign(_shown_state(person))


def invited(uid: str, token: str) -> Person | None:
    """Return the person whom the parts of a link invite; None when they fit nobody any more."""
    try:
        pk = int(urlsafe_base64_decode(uid))
        state = _signer.unsign(token, max_age=INVITATION_LASTS)
    except (ValueError, OverflowError, BadSignature):
        return None
    person = Person.objects.active().filter(pk=pk, email__isnull=False).first()
    states = (_state(person), _shown_state(person)) if person else ()
    return person if any(constant_time_compare(state, one) for one in states) else None


def was_shown(person: Person, token: str) -> bool:
    """Return whether it is the key that the inviter has seen."""
    return token.startswith(f"{_shown_state(person)}.")


def _shown_state(person: Person) -> str:
    value = f"{_state(person)}:shown:{person.is_trusted()}"
    return salted_hmac(_SALT, value, algorithm="sha256").hexdigest()[:32]


def _state(person: Person) -> str:
    # Everything that uses a key up: a password chosen, a sign-in, a newer invitation.
    newest = person.invitations.values_list("pk", flat=True).first()
    value = f"{person.pk}:{person.password}:{person.last_login}:{person.email}:{newest}:{person.sign_in_epoch}"
    return salted_hmac(_SALT, value, algorithm="sha256").hexdigest()[:32]
