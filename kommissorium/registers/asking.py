"""The mail that asks somebody to decide: at once, and with the matter.

Nobody is asked about what they put forward themselves, or about what they may not see.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.mail.actions import queue_mail
from kommissorium.core.richtext import plain_text
from kommissorium.registers.actions.asked_mails import ASKED, asked_key
from kommissorium.registers.proposing import ProposalKind


def ask_to_decide(
    kind: ProposalKind[Any], proposal: Any, people: Iterable[Person], *, by: Person, path: str
) -> None:
    """Mail what is to be decided on to each of the people, once for each time it is put forward.

    `path` is the page on which they decide. Part of the action that puts it forward.
    """
    for person in people:
        if person.pk == by.pk or not (person.is_active and person.email):
            continue
        if not kind.visible_to(person).filter(pk=proposal.pk).exists():
            continue
        with translation.override(person.language):
            subject, body = _in_words(kind, proposal, person, by, path)
        queue_mail(to=person.email, kind=ASKED, key=asked_key(proposal), subject=subject, body=body)


def _in_words(
    kind: ProposalKind[Any], proposal: Any, person: Person, by: Person, path: str
) -> tuple[str, str]:
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
