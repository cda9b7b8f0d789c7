"""The voices of the outsider's program: Danish by the catalogue that it carries, and English."""

from __future__ import annotations

import gettext
import io
from datetime import date, datetime, tzinfo
from pkgutil import get_data

from kommissorium.measures.said import English

CATALOGUE = "locale/da/LC_MESSAGES/django.mo"
MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni", "juli", "august"),
    *("september", "oktober", "november", "december"),
)


class Local(English):
    """English, with the hours of a time zone."""

    def __init__(self, zone: tzinfo) -> None:
        self.zone = zone

    def moment(self, at: datetime) -> str:
        here = at.astimezone(self.zone)
        return f"{self.day(here.date())}, {here:%H:%M}"


class Danish(Local):
    """Danish."""

    def __init__(self, zone: tzinfo) -> None:
        super().__init__(zone)
        data = get_data("kommissorium.measures", CATALOGUE)
        self.texts = gettext.GNUTranslations(io.BytesIO(data or b""))

    def text(self, english: str) -> str:
        return self.texts.gettext(english)

    def plural(self, one: str, many: str, number: int) -> str:
        return self.texts.ngettext(one, many, number)

    def day(self, day: date) -> str:
        return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"

    def moment(self, at: datetime) -> str:
        here = at.astimezone(self.zone)
        return f"{self.day(here.date())} kl. {here:%H.%M}"

    def kroner(self, amount: int) -> str:
        return f"{amount:,} kr.".replace(",", ".")
