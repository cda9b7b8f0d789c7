"""What the register of risks says on an agenda, as rows with sources: how it stands in numbers,
and under an item about risks what the committee decides on."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.core.ui.wording import kroner
from kommissorium.meetings.facts import FactRow, FactTable
from kommissorium.meetings.models import AgendaItem
from kommissorium.secretariat.returning_tables import expiring_table, slipped_table
from kommissorium.secretariat.risk_news import RiskNews
from kommissorium.secretariat.risk_rows import (
    ACCEPTANCE,
    EXPIRING,
    KINDS,
    LEVEL,
    SLIPPED,
    Subjects,
)
from kommissorium.secretariat.risk_tables import (
    Against,
    acceptance_tables,
    assessment_tables,
    level_tables,
)


def risk_table(news: RiskNews) -> FactTable | None:
    """Return how the risks stand and what is new since the last meeting; None for no risks."""
    if news.is_empty:
        return None
    now = news.standing
    risks = reverse("risk_list")
    above = _row(
        "above", _("Lie above the risk level"), now.above, f"{risks}?above=1", eye=now.open
    )
    looked_after = _("Of these neither planned nor accepted")
    rows = [
        _row("all", _("Risks"), now.risks, risks),
        _row("approved", _("Assessments approved since the last meeting"), news.approved),
        _row("new", _("New risks since the last meeting"), news.new),
        _row("greater", _("Risks that have become greater"), news.greater, eye=news.greater),
        _row(
            *("void", _("Acceptances that are void since a risk changed"), news.void),
            *(f"{reverse('acceptances')}?show=over",),
            eye=news.void,
        ),
        above,
        _row("open", looked_after, now.open, f"{risks}?above=1&accepted=no", eye=now.open),
        _row(
            *("expiring", _("Acceptances that have run out or do so within 60 days")),
            *(news.expiring, f"{reverse('acceptances')}?show=expiring"),
            eye=news.expiring,
        ),
        _row(
            *("slipped", _("Actions that are late, put off or cannot be done")),
            *(news.slipped, f"{reverse('plan')}?show=slipped"),
            eye=news.slipped,
        ),
    ]
    if now.kroner:
        url = reverse("acceptances")
        rows.append(
            FactRow("risks.standing:kroner", (_("Accepted in all"), kroner(now.kroner)), url)
        )
    shown = [row for row in rows if row.cells[1] != "0"]
    return FactTable("risks", _("Risks"), "", (_("What"), _("How it stands")), tuple(shown))


def _row(key: str, what: str, number: int, link: str = "", *, eye: int = 0) -> FactRow:
    link = link or reverse("assessments")
    return FactRow(f"risks.standing:{key}", (what, str(number)), link, urgent=bool(eye))


def tables_of(item: AgendaItem, subjects: Subjects, today: date) -> tuple[FactTable, ...]:
    """Return what the register says of an item about risks; nothing for any other."""
    kind, against = item.subject_kind, Against.of(subjects.levels, today)
    if kind == EXPIRING:
        return (expiring_table(subjects.running_out, today),)
    if kind == SLIPPED:
        return (slipped_table(subjects.actions, today),)
    if kind not in KINDS:
        return ()
    key = int(item.subject_id)
    if kind == LEVEL:
        return level_tables([one for one in subjects.levels if one.pk == key])
    if kind == ACCEPTANCE:
        rows = [risk for risk in subjects.accepted if risk.acceptance_id == key]
        return acceptance_tables(rows, against, today)
    risks = [risk for risk in subjects.risks if risk.assessment_id == key]
    return assessment_tables(risks, subjects.accepted, against, today)
