"""The program's voice: sentences of findings in the reader's language, with its days and addresses."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from kommissorium.core.ui import localised


class ProgramVoice:
    """Speaks by the catalogues and the addresses of the program."""

    def text(self, english: str) -> str:
        return gettext(english)

    def plural(self, one: str, many: str, number: int) -> str:
        return ngettext(one, many, number)

    def day(self, day: date) -> str:
        return localised.day(day)

    def moment(self, at: datetime) -> str:
        return localised.moment(at)

    def kroner(self, amount: int) -> str:
        return localised.kroner(amount)

    def address(self, page: str, keys: tuple[Any, ...]) -> str:
        return reverse(page, args=keys)
