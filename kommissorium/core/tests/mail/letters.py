"""A short letter for tests of what is done with mails, whatever they say."""

from __future__ import annotations

from kommissorium.core.mail.letter import Letter, Link


def letter(subject: str = "Møde", said: str = "Se dagsordenen.") -> Letter:
    return Letter(subject, Link("Se mødet", "/meetings/1/"), lines=[said])
