"""Figures of systems, data and archives for agendas, with sources."""

from __future__ import annotations

from django.db.models import Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.assets.current_counts import AssetCounts, asset_counts
from kommissorium.assets.models import RegisterSettings
from kommissorium.committees.models import Committee
from kommissorium.meetings.facts import FactRow, FactTable
from kommissorium.registers.agenda import AgendaContext


def keeps_registers(context: AgendaContext) -> bool:
    """Return whether the registers' dates are on the year wheel of the meeting's committee."""
    chosen = RegisterSettings.objects.values("committee")[:1]
    first = Committee.objects.order_by("pk").values("pk")[:1]
    own = Committee.objects.filter(pk=context.meeting.committee_id)
    return own.filter(pk=Coalesce(Subquery(chosen), Subquery(first))).exists()


def news_table(context: AgendaContext) -> FactTable | None:
    """Return a table of how the registers stand, for the committee they are kept for.

    None for another committee, and where nothing is registered.
    """
    now = asset_counts()
    if not now.assets or not context.once(keeps_registers):
        return None
    assets = reverse("assets")
    rows = (
        _row(
            "owners",
            _("Have an owner"),
            _of(now.assets - now.without_owner, now.assets),
            f"{assets}?without_owner=1",
            urgent=bool(now.without_owner),
        ),
        _row(
            "data_owners",
            _("Systems with personal data that have a data owner"),
            _of(now.data_systems_owned, now.data_systems),
            f"{reverse('owners')}?view=without_data",
            urgent=bool(now.without_data_owner),
        ),
        _row(
            "documents",
            _("Documents demanded that are there and current"),
            _of(now.current, now.required),
            reverse("completeness"),
            urgent=now.current < now.required,
        ),
        _row(
            "guidelines",
            _("Owners who have read the guidelines"),
            _of(now.owners_read, now.owners),
            reverse("guidelines"),
        ),
        *_occasional(now),
    )
    columns = (_("What"), _("How it stands"))
    return FactTable("registers", _("Systems, data and archives"), "", columns, rows)


def _occasional(now: AssetCounts) -> list[FactRow]:
    rows = []
    if now.asked:
        answered = _of(now.answered, now.asked)
        link = reverse("attestation_rounds")
        rows.append(_row("attestation", _("Owners who have answered this year"), answered, link))
    if now.oversight_overdue:
        link = f"{reverse('suppliers')}?show=overdue"
        number = str(now.oversight_overdue)
        rows.append(
            _row("oversight", _("Oversight of suppliers overdue"), number, link, urgent=True)
        )
    return rows


def _of(number: int, whole: int) -> str:
    return _("%(number)d of %(all)d") % {"number": number, "all": whole}


def _row(key: str, what: str, how: str, link: str, *, urgent: bool = False) -> FactRow:
    return FactRow(f"assets.standing:{key}", (what, how), link, urgent)
