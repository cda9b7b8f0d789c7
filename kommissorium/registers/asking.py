"""The mail that asks somebody to decide: at once, and with the matter.

Nobody is asked about what they put forward themselves, or about what they may not see.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.mail.actions import queue_mail, withdraw_waiting
from kommissorium.core.richtext import plain_text
from kommissorium.registers.register import proposal_kind_of

ASKED: Final = "registers.decision_asked"  # the kind of mail


def ask_to_decide(proposal: Any, people: Iterable[Person], *, by: Person, path: str) -> None:
    """Mail what is to be decided on to each of the people, once for each time it is put forward.

    `path` is the page on which they decide. Part of the action that puts it forward.
    """
    kind = proposal_kind_of(proposal)
    for person in people:
        if person.pk == by.pk or not (person.is_active and person.email):
            continue
        if not kind.visible_to(person).filter(pk=proposal.pk).exists():
            continue
        with translation.override(person.language):
            subject, body = _in_words(proposal, person, by, path)
        queue_mail(to=person.email, kind=ASKED, key=_key(proposal), subject=subject, body=body)


def ask_no_more(proposal: Any) -> None:
    """Take back the mails about it that have not left: it waits for nobody any more."""
    if proposal.proposed_at:
        withdraw_waiting(kind=ASKED, keys=[_key(proposal)])


def _key(proposal: Any) -> str:
    """Return what it is, and when it was put forward: proposed anew it is another matter."""
    return f"{proposal_kind_of(proposal).slug}-{proposal.pk}:{proposal.proposed_at.timestamp()}"


def _in_words(proposal: Any, person: Person, by: Person, path: str) -> tuple[str, str]:
    kind = proposal_kind_of(proposal)
    text = kind.text(proposal)
    values = {"name": person.name, "by": by.name, "title": text.title}
    parts = [
        _("Hello %(name)s") % values,
        _("%(by)s asks for your decision: %(title)s") % values,
        plain_text(text.presentation),
        "\n".join(kind.in_words(proposal)),
        _("Look at it, and approve or reject it here:\n%(link)s")
        % {"link": f"{settings.SITE_URL}{path}"},
    ]
    # The page of mails shows the subject to administrators, who may not know of the matter.
    subject = _("Your decision is needed: %(kind)s") % {"kind": kind.listed[0]}
    return subject, "\n\n".join(filter(None, parts))
