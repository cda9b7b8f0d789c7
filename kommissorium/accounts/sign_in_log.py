"""The log's lines about sign-in: who came in, by what and from where, and what was refused."""

from __future__ import annotations

import logging

from allauth.account.authentication import get_authentication_records
from allauth.core.internal.ratelimit import get_ip
from django.http import HttpRequest

from kommissorium.accounts.models import Person

came_in = logging.getLogger("kommissorium.signed_in")
refused = logging.getLogger("kommissorium.sign_in")  # a flood of these is a few lines (core.ui.log)


def note_signed_in(request: HttpRequest, person: Person) -> None:
    """Write down who has signed in or proven anew who they are, and by which steps."""
    steps = "+".join(str(one.get("method")) for one in get_authentication_records(request, person))
    came_in.info("signed in: %s from %s by %s", person.pseudonym, get_ip(request), steps or "link")


def note_refused(request: HttpRequest, what: str, person: Person | None) -> None:
    """Write down what was refused, whose login it was about and from where; never what was typed."""
    whose = person.pseudonym if person else "nobody known"
    refused.warning("refused: %s, %s from %s", what, whose, get_ip(request))
