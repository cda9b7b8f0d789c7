"""Mails to owners about their statements. Call these in the recipient's language."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.assets.models import Asked
from kommissorium.core.ui.localised import day


@dataclass(frozen=True)
class Letter:
    """A mail in words."""

    subject: str
    body: str


def invitation(asked: Asked, number: int) -> Letter:
    """Ask an owner of this many assets to confirm the facts about each."""
    said = ngettext(
        "You are registered as an owner of %(number)d system, data set or archive.",
        "You are registered as an owner of %(number)d systems, data sets and archives.",
        number,
    )
    wish = _("Look at what is registered, and say whether it is correct. It takes one page.")
    subject = _("Is this correct? Answer by %(due)s")
    return _letter(subject, asked, said % {"number": number}, wish)


def addition(asked: Asked, number: int) -> Letter:
    """Ask about assets that became the person's after the others were asked."""
    said = ngettext(
        "You have become an owner of %(number)d more system, data set or archive.",
        "You have become an owner of %(number)d more systems, data sets and archives.",
        number,
    )
    wish = _("Look at what is registered, and say whether it is correct.")
    subject = _("More to answer for by %(due)s")
    return _letter(subject, asked, said % {"number": number}, wish)


def reminder(asked: Asked, number: int) -> Letter:
    """Ask again about the assets, `number` of them, that are not answered."""
    said = ngettext(
        "You have not yet answered for %(number)d system, data set or archive.",
        "You have not yet answered for %(number)d systems, data sets and archives.",
        number,
    )
    wish = _("What you have answered is saved. You can go on where you left off.")
    subject = _("Reminder: your answer was asked for by %(due)s")
    return _letter(subject, asked, said % {"number": number}, wish)


def _letter(subject: str, asked: Asked, said: str, wish: str) -> Letter:
    values = {"due": day(asked.round.due)}
    parts = [
        _("Hello %(name)s") % {"name": asked.person.name},
        f"{said} {wish}",
        _("Answer no later than %(due)s:") % values
        + f"\n{settings.SITE_URL}{reverse('attestation')}",
    ]
    return Letter(subject % values, "\n\n".join(parts))
