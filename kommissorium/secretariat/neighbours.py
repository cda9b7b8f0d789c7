"""Heads of other municipalities' evidence, kept in our chain: who put a database back finds them here.

A neighbour names our mailbox in KOMMISSORIUM_ANCHOR_TO, and we its address in
KOMMISSORIUM_NEIGHBOURS. Each head that comes by mail is an event, so that nobody changes it either.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality, OrganisationRole, Person
from kommissorium.core.documents.letters import NOT_FALSE, Letter
from kommissorium.core.evidence.actions import record
from kommissorium.core.evidence.models import Event
from kommissorium.core.evidence.verifier import read_anchor
from kommissorium.core.mail.actions import queue_mail
from kommissorium.core.mail.letter import Letter as Mail
from kommissorium.core.mail.letter import Link
from kommissorium.core.mailbox.models import ReceivedMail

KEPT: Final = "secretariat.neighbours_head"
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Outcome = ReceivedMail.Outcome


@dataclass(frozen=True)
class Head:
    """The head of a neighbour's chain as it was on a day; `is_odd`: it did not follow the last."""

    neighbour: str
    on: date
    seq: int
    hash: str
    is_odd: bool = False

    def follows(self, last: Head) -> bool:
        """Return whether it may come after the last: a day has one head, and chains only grow."""
        if self.on < last.on:
            return True  # a mail that was late on its way
        return self.on > last.on and self.seq >= last.seq and self.is_of(last)

    def is_of(self, other: Head) -> bool:
        """Return whether both can be heads of one chain: an event has but one hash."""
        return self.seq != other.seq or self.hash == other.hash

    @property
    def line(self) -> str:
        """The head as a line of anchors.txt."""
        return f"{self.on.isoformat()} {self.seq}:{self.hash}"


def heads_kept() -> Mapping[str, Sequence[Head]]:
    """Return the heads by neighbour, each one's newest first."""
    found: dict[str, list[Head]] = defaultdict(list)
    kept = Event.objects.filter(act=KEPT).order_by("-seq").values_list("facts", flat=True)
    for facts in map(json.loads, kept):
        facts["on"] = date.fromisoformat(facts["on"])
        found[facts["neighbour"]].append(Head(**facts))
    for heads in found.values():
        heads.sort(key=lambda head: head.on, reverse=True)
    return found


@transaction.atomic
def take_head(letter: Letter, proof: str) -> Outcome | None:
    """Keep the head that a neighbour's mail says, and tell of one that does not follow the last.

    None when nobody here keeps the sender's heads; OTHER_SENDER when our mail server (IMAP_AUTHSERV)
    found that the mail is not from there.
    """
    senders = [sender.lower() for sender in letter.senders]
    if not letter.head or len(senders) != 1 or senders[0] not in settings.NEIGHBOURS:
        return None
    if proof not in NOT_FALSE:
        return Outcome.OTHER_SENDER
    head, earlier = _head_in(letter, senders[0]), heads_kept().get(senders[0], ())
    if any((one.on, one.seq, one.hash) == (head.on, head.seq, head.hash) for one in earlier):
        return Outcome.KNOWN
    last = next((one for one in earlier if not one.is_odd), None)
    is_odd = last is not None and not head.follows(last)
    facts = {
        "neighbour": head.neighbour,
        "on": head.on.isoformat(),
        "seq": head.seq,
        "hash": head.hash,
        "is_odd": is_odd,
    }
    record("secretariat.neighbours_head", Municipality.current(), by=None, facts=facts)
    if last is None or not is_odd:
        return Outcome.HEAD
    for person in _told():
        _tell(person, head, last)
    return Outcome.ODD_HEAD


def _head_in(letter: Letter, neighbour: str) -> Head:
    """Return the head, of the day that the subject names; else of today."""
    seq, value = read_anchor(letter.head)
    named = _DAY.search(letter.subject)
    try:
        on = date.fromisoformat(named[0]) if named else timezone.localdate()
    except ValueError:
        on = timezone.localdate()
    return Head(neighbour, min(on, timezone.localdate()), seq, value)


def _told() -> Sequence[Person]:
    kind = OrganisationRole.Kind.COORDINATOR
    people = Person.objects.active().with_role(kind, timezone.localdate())
    return list(people.exclude(email=None))


def _tell(person: Person, head: Head, last: Head) -> None:
    values = {"neighbour": head.neighbour}
    with translation.override(person.language):
        said = _(
            "%(neighbour)s sent a head of its evidence that cannot come after the last one kept "
            "here. Its database may have been put back, or its end changed. Call them: whoever can "
            "change it can also read their mails."
        )
        letter = Mail(
            _("The evidence of %(neighbour)s does not follow its last head") % values,
            Link(_("See the heads that are kept"), reverse("evidence")),
            person.name,
            lines=[said % values],
            facts=[(_("Now"), head.line), (_("Before"), last.line)],
        )
    queue_mail(
        to=str(person.email),
        kind="secretariat.odd_head",
        key=f"{head.neighbour} {head.seq}:{head.hash}",
        letter=letter,
    )
