"""Figures of assets for the quarterly status: owners, documents and suppliers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from kommissorium.assets.figures import COMPLETENESS
from kommissorium.assets.models import Oversight
from kommissorium.measures.periods import Quarter
from kommissorium.measures.rules.asset_past import AssetCounts
from kommissorium.registers.periods import last_moment
from kommissorium.registers.status import (
    StatusFigure,
    StatusPart,
    Wanted,
    compared,
    figures_telling,
    in_sentences,
    told,
)

type Facts = Mapping[str, Any]


def status_parts(quarter: Quarter) -> Iterator[StatusPart]:
    """Yield the parts of the quarter (six queries); none where nothing was ever registered."""
    found = _Figures(quarter)
    if found.then or found.before:
        yield _owners(found)
        yield _documents(found)
        yield _suppliers(found, quarter)


def _facts(day: date) -> Facts:
    event = figures_telling("assets", day)
    return event.facts if event else {}


def _counts(facts: Facts) -> AssetCounts | None:
    if not facts:
        return None
    numbers = {name: int(facts[name]) for name in COMPLETENESS if name in facts}
    return AssetCounts(date.min, **numbers)


class _Figures:
    """The figures kept on the quarter's last evening and on the one before it."""

    def __init__(self, quarter: Quarter) -> None:
        self.then, self.before = _facts(quarter.last), _facts(quarter.before.last)
        self.link = f"{reverse('completeness')}?on={quarter.last}"

    def of(self, code: str, label: str, wanted: Wanted = "less") -> StatusFigure:
        value, before = (getattr(_counts(one), code, None) for one in (self.then, self.before))
        return StatusFigure(code, label, value, before, self.link, wanted)


def _owners(found: _Figures) -> StatusPart:
    without = found.of("without_owner", _("Systems, data and archives without an owner"))
    figures = (
        found.of("assets", _("Systems, data and archives"), ""),
        without,
        found.of("without_data_owner", _("Systems with personal data without a data owner")),
        found.of("unclassified", _("Not classified")),
    )
    text = told(
        _("All systems, data sets and archives have an owner."),
        ngettext_lazy(
            "One system, data set or archive has no owner.",
            "%(number)s systems, data sets and archives have no owner.",
            "value",
        ),
        without.value,
    )
    return StatusPart("owners", _("Owners"), figures, in_sentences(text, compared(without)))


def _documents(found: _Figures) -> StatusPart:
    lacking = found.of("missing", _("Documents that are missing"), "less")
    expired = found.of("expired", _("Documents that have expired"), "less")
    figures = (
        found.of("required", _("Documents demanded"), ""),
        found.of("current", _("Documents that are there and current"), "more"),
        found.of("waived", _("Documents waived"), ""),
        lacking,
        expired,
        found.of("owners_read", _("Owners who have read the guidelines"), "more"),
    )
    text = told(
        _("No document that is demanded is missing."),
        ngettext_lazy(
            "One document that is demanded is missing.",
            "%(number)s documents that are demanded are missing.",
            "value",
        ),
        lacking.value,
    )
    return StatusPart("documents", _("Documents"), figures, in_sentences(text, compared(lacking)))


def _suppliers(found: _Figures, quarter: Quarter) -> StatusPart:
    suppliers = reverse("suppliers")
    late = StatusFigure(
        "oversight_overdue",
        _("Oversight of suppliers overdue"),
        found.then.get("oversight_overdue"),
        found.before.get("oversight_overdue"),
        f"{suppliers}?show=overdue",
        "less",
    )
    done = _done("oversight_done", _("Oversight carried out"), quarter)
    critical = _done(
        *("oversight_critical", _("Oversight with critical remarks"), quarter),
        "less",
        result="critical",
    )
    text = told(
        _("No oversight of a supplier was carried out in the quarter."),
        ngettext_lazy(
            "One oversight of a supplier was carried out in the quarter.",
            "%(number)s oversights of suppliers were carried out in the quarter.",
            "value",
        ),
        done.value,
    )
    overdue = told(
        _("None is overdue."),
        ngettext_lazy("One is overdue.", "%(number)s are overdue.", "value"),
        late.value,
    )
    sentence = in_sentences(text, overdue if late.value is not None else "", compared(late))
    return StatusPart("suppliers", _("Oversight of suppliers"), (done, critical, late), sentence)


def _done(
    code: str, label: str, quarter: Quarter, wanted: Wanted = "", **result: str
) -> StatusFigure:
    """Return the number of oversights carried out in the quarter, as noted when it ended."""

    def rows(of: Quarter) -> QuerySet[Oversight]:
        return Oversight.objects.filter(done_on__range=(of.first, of.last), **result)

    value = rows(quarter).filter(at__lte=last_moment(quarter)).count()
    before = rows(quarter.before).filter(at__lte=last_moment(quarter.before)).count()
    now, link = rows(quarter).count(), reverse("suppliers")
    return StatusFigure(code, label, value, before, link, wanted, corrected=now, sums=True)
