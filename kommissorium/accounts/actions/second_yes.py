"""The common part of a second person's answers: given once, by somebody who may."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person, SecondYes
from kommissorium.core.refusals import Refused


def ask_once(row: SecondYes, refusal: str) -> None:
    """Save what somebody asks for. Raises Refused with the sentence while the same waits."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Refused(refusal) from None


def note_answer(row: SecondYes, *, by: Person | None, accepted: bool) -> None:
    """Note yes or no, once; `by` is None for whoever owns the old mailbox, which is proof enough.

    Raises PermissionDenied for those who may not, Refused when somebody has answered meanwhile.
    """
    if by and not (row.can_be_accepted_by(by) if accepted else row.can_be_refused_by(by)):
        raise PermissionDenied
    waiting = type(row)._default_manager.filter(pk=row.pk, answered_at=None)  # noqa: SLF001
    if not waiting.update(answered_at=timezone.now(), answered_by=by, accepted=accepted):
        raise Refused(_("Somebody has answered this already."))
    row.refresh_from_db()
