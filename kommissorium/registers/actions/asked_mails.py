"""The mails that ask for a decision and have not left: taken back once nobody is to decide."""

from __future__ import annotations

from typing import Any, Final

from kommissorium.core.evidence.models import reference
from kommissorium.core.mail.actions import withdraw_waiting

ASKED: Final = "registers.decision_asked"  # the kind of mail


def ask_no_more(proposal: Any) -> None:
    """Take back the mails about it that have not left: it waits for nobody any more."""
    if proposal.proposed_at:
        withdraw_waiting(kind=ASKED, keys=[asked_key(proposal)])


def asked_key(proposal: Any) -> str:
    """Return what it is, and when it was put forward: proposed anew it is another matter."""
    kind, key = reference(proposal)
    return f"{kind}-{key}:{proposal.proposed_at.timestamp()}"
