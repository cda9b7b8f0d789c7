"""The token in the link by which an old mailbox agrees to a new e-mail.

Valid for seven days, and of no use once sessions were ended for good.
"""

from __future__ import annotations

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse

from kommissorium.accounts.models import INVITATION_LASTS, EmailChange

_signer = TimestampSigner(sep=".", salt="kommissorium.accounts.email_change")


def email_change_link(change: EmailChange) -> str:
    """Return the whole address at which the owner of the old mailbox says yes or no."""
    token = _signer.sign(_state(change))
    return f"{settings.SITE_URL}{reverse('email_by_link', args=[token])}"


def change_by_link(token: str) -> EmailChange | None:
    """Return the change a token is about; None when it fits none that waits."""
    try:
        state = _signer.unsign(token, max_age=INVITATION_LASTS)
        key = int(state.partition("-")[0])
    except (BadSignature, ValueError):
        return None
    waiting = EmailChange.objects.filter(answered_at=None).select_related("person", "by")
    change = waiting.filter(pk=key).first()
    return change if change and state == _state(change) else None


def _state(change: EmailChange) -> str:
    return f"{change.pk}-{change.person.sign_in_epoch}"
