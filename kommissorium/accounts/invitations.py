"""The token in an invitation's link: valid once, for seven days, only the newest."""

from __future__ import annotations

from django.core.signing import BadSignature, TimestampSigner
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import urlsafe_base64_decode

from kommissorium.accounts.models import INVITATION_LASTS, Person

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
