"""Close a round of attestation: its results become a record that never changes."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.attestation.answer import hold_open
from kommissorium.assets.actions.attestation.requests import keep_finished
from kommissorium.assets.actions.attestation.wheel import finish_on_wheel
from kommissorium.assets.attestation.content import content_of
from kommissorium.assets.attestation.pdf import round_pdf
from kommissorium.assets.models import Round
from kommissorium.assets.models.attestation import WORD_LENGTH
from kommissorium.core.cleaning import clean_text
from kommissorium.core.evidence.actions import freeze, record
from kommissorium.core.refusals import Refused

ATTESTATION: Final = "assets.attestation"  # the kind of record


@transaction.atomic
def close_round(found: Round, *, by: Person, conclusion: str = "") -> Round:
    """Freeze the owners' answers, who never answered, and what was done; then nothing changes.

    Raises Refused for one that is closed, and while an answer asks for something not done.
    """
    if not Round.can_be_run_by(by):
        raise PermissionDenied
    hold_open(found)
    words = clean_text(conclusion, "conclusion", WORD_LENGTH)
    if sentence := why_not(found):
        raise Refused(sentence)
    keep_finished(found, by=by)
    found.refresh_from_db()
    now = timezone.now()
    content = content_of(found) | {
        "closed_at": timezone.localtime(now).isoformat(),
        "closed_by": by.name,
        "conclusion": words,
    }
    pdf = round_pdf(content, made_at=timezone.localtime(now))
    frozen = freeze(ATTESTATION, found, by=by, content=content, pdf=pdf)
    asked, answered = content["asked"], content["answered"]
    # On the wheel first: a closed round never changes, and what it leads to may be refused.
    finish_on_wheel(found, by=by, asked=asked, answered=answered, words=words)
    Round.objects.filter(pk=found.pk, closed_at=None).update(
        closed_at=now,
        closed_by=by,
        record=frozen,
        open_mark=None,
        asked_count=asked,
        answered_count=answered,
        edit_version=found.edit_version + 1,
    )
    found.refresh_from_db()
    record("assets.round_closed", found, by=by, facts={"asked": asked, "answered": answered})
    return found


def why_not(found: Round) -> str:
    """Return why an open round cannot be closed yet, as a sentence; "" where it can."""
    number = found.number_wanting()
    if not number:
        return ""
    return ngettext(
        "%(number)d answer waits for you. Act on it before you close.",
        "%(number)d answers wait for you. Act on them before you close.",
        number,
    ) % {"number": number}
