"""The register of systems, data sets and physical archives, as the rest of the program knows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets import reminders
from kommissorium.assets.agenda import news_table
from kommissorium.assets.current_counts import count_assets
from kommissorium.assets.todo import todos_of
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.ui.todo import Todo
from kommissorium.meetings.facts import FactTable
from kommissorium.registers.agenda import AgendaContext
from kommissorium.registers.register import Register


class AssetRegister(Register):
    """Systems, data sets and physical archives, and those who own them."""

    code = "assets"
    label = _("Systems, data and archives")
    home = "assets"
    prefixes = ("/suppliers/", "/agreements/", "/attestation/", "/asset-documents/")
    place = 10
    counted_from = ("assets", "accounts")

    def count(self, day: date) -> Mapping[str, int]:
        return count_assets(day)

    def todos(self, person: Person, day: date) -> Iterable[Todo]:
        return todos_of(person, day)

    def reminders(self, day: date) -> Iterable[Reminder]:
        return reminders.reminders(day)

    def news(self, context: AgendaContext) -> FactTable | None:
        return news_table(context)


REGISTER = AssetRegister()
