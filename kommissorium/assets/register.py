"""The register of systems, data sets and physical archives, as the rest of the program knows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets import reminders
from kommissorium.assets.actions.attestation.round import ask_newcomers_today
from kommissorium.assets.actions.figures import record_asset_figures
from kommissorium.assets.actions.reviews import follow_all_reviews
from kommissorium.assets.agenda import news_table
from kommissorium.assets.agenda_draft import asset_draft
from kommissorium.assets.asset_list import AssetList
from kommissorium.assets.checks import CHECKS
from kommissorium.assets.checks_past import ACTS, AssetPast, asset_past
from kommissorium.assets.current_counts import INDICATORS, count_assets
from kommissorium.assets.filing import FiledAttestations
from kommissorium.assets.importing.sheet import AssetSheet
from kommissorium.assets.models import Asset
from kommissorium.assets.quarterly_status import status_parts
from kommissorium.assets.search import SEARCHED
from kommissorium.assets.shown import shown_by_assets
from kommissorium.assets.todo import todos_of
from kommissorium.committees.measures import Measure
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.schedule.actions import Periodic
from kommissorium.core.ui.first_step import FirstStep
from kommissorium.core.ui.todo import Todo
from kommissorium.registers.actions.daily_figures import keep_due_figures
from kommissorium.registers.agenda import alone
from kommissorium.registers.drafting import OnItem
from kommissorium.registers.links import TOLD_ELSEWHERE
from kommissorium.registers.menu import MenuLine
from kommissorium.registers.past import PastEvent
from kommissorium.registers.protocol import Register
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.requirements import Shown
from kommissorium.registers.status import StatusPart


class AssetRegister(Register):
    """Systems, data sets and physical archives, and those who own them."""

    code = "assets"
    label = _("Systems, data and archives")
    menu = MenuLine(
        "assets",
        (
            "/suppliers/",
            "/agreements/",
            "/attestation/",
            "/asset-documents/",
            "/imports/assets/",
            "/lists/assets/",
        ),
        for_everybody=True,
    )
    place = 10
    searched = SEARCHED
    imports = (AssetSheet,)
    lists = (AssetList,)
    filings = (FiledAttestations(),)
    # The last two: what owners are asked to read.
    counted_from = ("assets", "accounts", "registers", "policies", "readings")

    acts = ACTS
    agenda = {Measure.AGENDA_ONGOING: OnItem(alone(news_table), asset_draft)}
    checks = CHECKS
    indicators = INDICATORS
    schedule = (
        Periodic("register_figures", partial(keep_due_figures, code), timedelta(hours=1)),
        Periodic("asset_newcomers", ask_newcomers_today, timedelta(days=1)),
        Periodic("asset_reviews", follow_all_reviews, timedelta(days=1)),
    )

    def count(self, day: date) -> Mapping[str, int]:
        return count_assets(day)

    def past(self, events: Iterable[PastEvent], today: Mapping[str, int]) -> AssetPast:
        return asset_past(events, today)

    def todos(self, person: Person, day: date) -> Iterable[Todo]:
        return todos_of(person, day)

    def first_steps(self, person: Person) -> Iterable[FirstStep]:
        yield FirstStep(
            str(_("The first systems")),
            str(_("No system, data set or archive is registered yet. A sheet can be taken in.")),
            str(_("Register the first")),
            reverse("assets"),
            is_done=Asset.objects.exists(),
        )

    def reminders(self, day: date) -> Iterable[Reminder]:
        return reminders.reminders(day)

    def status_on(self, quarter: Quarter) -> Iterable[StatusPart]:
        return status_parts(quarter)

    def record_figures(self, day: date) -> Event | None:
        return record_asset_figures(day)

    def shows(self, day: date) -> Iterable[Shown]:
        return shown_by_assets(day)


REGISTER = AssetRegister()
TOLD_ELSEWHERE.offer(AssetRegister.code, ("assets.agreement:", "assets.round:"))
