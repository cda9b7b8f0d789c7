"""What the registers of systems, data and archives say on an agenda, in numbers with sources."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.assets.current_counts import AssetCounts
from kommissorium.meetings.facts import FactRow, FactTable


def register_table(now: AssetCounts) -> FactTable | None:
    """Return how the registers stand; None where nothing is registered."""
    if not now.assets:
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
