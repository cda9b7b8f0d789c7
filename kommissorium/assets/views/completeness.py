"""Completeness of the registers: today, and on any day whose figures were kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.db.models import OrderBy
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommissorium.accounts.models import danish_order
from kommissorium.accounts.signed_in import municipality_of, person_of
from kommissorium.assets.current_counts import trend_until
from kommissorium.assets.figures import figures_on
from kommissorium.assets.forms.owners import NO_AREA
from kommissorium.assets.models import Completeness, Kind, reads_whole_register
from kommissorium.assets.views.common import crumbs
from kommissorium.core.documents import Column, Sheet, workbook
from kommissorium.core.documents.excel import MEDIA_TYPE
from kommissorium.core.evidence.kept import KeptAnswers
from kommissorium.core.ui.responses import download, page
from kommissorium.measures.shares import share
from kommissorium.registers.status import day_asked

_NOW: Final = KeptAnswers[None, Sequence[Completeness]](most=1)


@dataclass(frozen=True)
class Known:
    """The figures of a day: counted now, or kept then. `rows` begin with the whole."""

    day: date
    is_now: bool
    rows: Sequence[Completeness]

    @property
    def whole(self) -> Completeness:
        return self.rows[0]


@dataclass(frozen=True)
class Group:
    """A line of the page's tables; `query` finds what it counts, "" for a day gone by."""

    label: str
    assets: int
    owned: int
    query: str
    required: int = 0
    current: int = 0
    expired: int = 0
    waived: int = 0

    @property
    def without_owner(self) -> int:
        return self.assets - self.owned

    @property
    def missing(self) -> int:
        return self.required - self.current - self.expired - self.waived

    @property
    def owned_percent(self) -> int | None:
        return share(self.owned, self.assets) if self.assets else None

    @property
    def current_percent(self) -> int | None:
        return share(self.current, self.required) if self.required else None


@require_GET
def completeness(request: HttpRequest) -> HttpResponse:
    """Show the percentage with an owner and current documents: all, by kind, by area."""
    person = _reader(request)
    wanted = day_asked(request) or timezone.localdate()
    known = _known(wanted)
    day = known.day if known else wanted
    context = {
        "person": person,
        "kept_on": known.day if known else None,
        "here": reverse("completeness"),
        "wanted": wanted,
        "known": known,
        "total": _total(known) if known else None,
        "kinds": _kinds(known) if known else [],
        "areas": _areas(known) if known else [],
        "trend": trend_until(day, known.whole if known and known.is_now else None),
        "breadcrumbs": crumbs(_("Completeness")),
    }
    return page(request, "assets/completeness.html", context)


@require_GET
def completeness_file(request: HttpRequest) -> HttpResponse:
    """Return the same as an Excel workbook: the day by area and kind, and the year up to it."""
    _reader(request)
    known = _known(day_asked(request) or timezone.localdate())
    if known is None:
        raise Http404
    groups = [_total(known), *_kinds(known), *_areas(known)]
    kept = Completeness.objects.filter(is_whole=True, day__lte=known.day).order_by("day")
    days = [(row.day, *_numbers(row)) for row in kept]
    columns = _columns()
    data = workbook(
        [
            Sheet(_("Completeness"), [Column(_("What")), *columns], list(map(_row, groups))),
            Sheet(_("Day by day"), [Column(_("Day"), kind="date"), *columns], days),
        ],
        title=_("Completeness of the registers"),
        author=municipality_of(request).name,
        language=get_language() or settings.LANGUAGE_CODE,
    )
    return download(data, f"{known.day}-{_('completeness')}.xlsx", MEDIA_TYPE)


def _reader(request: HttpRequest) -> Any:
    person = person_of(request)
    if not reads_whole_register(person):
        raise Http404
    return person


def _known(day: date) -> Known | None:
    """Return the figures of today, or the last that were known when the day ended."""
    if day == timezone.localdate():
        return Known(day, is_now=True, rows=_NOW.answer(None, lambda: figures_on(day)))
    newest = Completeness.newest(day)
    if newest is None:
        return None
    rows = Completeness.objects.filter(day=newest.day, is_whole=False).select_related("area")
    areas = rows.order_by(OrderBy(danish_order("area__name"), nulls_last=True), "pk")
    return Known(newest.day, is_now=False, rows=[newest, *areas])


def _total(known: Known) -> Group:
    return _group(known, str(_("The whole municipality")), known.whole, {})


def _areas(known: Known) -> list[Group]:
    return [
        _group(
            known,
            row.area.name if row.area else str(_("No area")),
            row,
            {"area": row.area_id or NO_AREA},
        )
        for row in known.rows[1:]
    ]


def _kinds(known: Known) -> list[Group]:
    whole = known.whole
    found = [
        (Kind.SYSTEM, whole.systems, whole.systems_owned),
        (Kind.DATA_SET, whole.data_sets, whole.data_sets_owned),
        (Kind.ARCHIVE, whole.archives, whole.archives_owned),
    ]
    return [
        Group(KINDS[kind](), assets, owned, _query(known, {"kind": kind.value}))
        for kind, assets, owned in found
    ]


KINDS = {
    Kind.SYSTEM: lambda: _("IT systems"),
    Kind.DATA_SET: lambda: _("Data sets"),
    Kind.ARCHIVE: lambda: _("Physical archives"),
}


def _group(known: Known, label: str, row: Completeness, wish: dict[str, Any]) -> Group:
    counted = (row.required, row.current, row.expired, row.waived or 0)
    return Group(label, row.assets, row.owned, _query(known, wish), *counted)


def _query(known: Known, wish: dict[str, Any]) -> str:
    """Return the query of the list of the assets counted; past counts are listed nowhere."""
    return f"{reverse('assets')}?{urlencode(wish)}" if known.is_now else ""


def _columns() -> list[Column]:
    return [
        Column(_("In the register"), kind="number"),
        Column(_("With an owner"), kind="number"),
        Column(_("Owner, per cent"), kind="number"),
        Column(_("Documents demanded"), kind="number"),
        Column(_("Current"), kind="number"),
        Column(_("Expired"), kind="number"),
        Column(_("Waived"), kind="number"),
        Column(_("Current, per cent"), kind="number"),
    ]


def _numbers(row: Completeness | Group) -> tuple[int | None, ...]:
    return (
        row.assets,
        row.owned,
        row.owned_percent,
        row.required,
        row.current,
        row.expired,
        row.waived,
        row.current_percent,
    )


def _row(group: Group) -> tuple[Any, ...]:
    return (group.label, *_numbers(group))
