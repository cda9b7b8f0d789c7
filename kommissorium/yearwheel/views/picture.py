"""The year wheel drawn, for one committee, all or a person; and its files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import MAXYEAR
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Committee
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import page
from kommissorium.yearwheel.forms import WheelFilter
from kommissorium.yearwheel.register_bundles import Folded, folded
from kommissorium.yearwheel.views import wheels_of, year_url
from kommissorium.yearwheel.wheel_entries import legend
from kommissorium.yearwheel.wheel_files import EDITIONS, edition
from kommissorium.yearwheel.wheel_page import View, WheelLine, Which, by_month, view_of

ALL, MINE = "all", "mine"


@require_GET
def wheel_now(request: HttpRequest) -> HttpResponse:
    """Send to this year's wheel: the only one there is, or all of them together."""
    committees = list(wheels_of(person_of(request))[:2])
    year = timezone.localdate().year
    if len(committees) == 1:
        return redirect("wheel", committees[0].pk, year)
    return redirect("wheels", ALL, year)


@require_GET
def wheel(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """Show a committee's year."""
    committees = _committees(request)
    return _page(request, _of_one(request, pk, year, committees), committees)


@require_GET
def wheels(request: HttpRequest, which: str, year: int) -> HttpResponse:
    """Show the year of all the person's committees, or what is their own of them."""
    committees = _committees(request)
    return _page(request, _of_several(request, which, year, committees), committees)


@require_GET
def wheel_file(request: HttpRequest, pk: int, year: int, form: str) -> HttpResponse:
    """Return a committee's year as a file, narrowed as the address says."""
    committees = _committees(request)
    return _file(request, _of_one(request, pk, year, committees), form)


@require_GET
def wheels_file(request: HttpRequest, which: str, year: int, form: str) -> HttpResponse:
    """Return the year of several wheels as a file, narrowed as the address says."""
    committees = _committees(request)
    return _file(request, _of_several(request, which, year, committees), form)


def _committees(request: HttpRequest) -> Sequence[Any]:
    """Return whose wheels concern the person, with `follows` and `is_kept`: may add duties."""
    person = person_of(request)
    kept = Committee.objects.prepared_by(person).filter(pk=OuterRef("pk"))
    return list(wheels_of(person).annotate(is_kept=Exists(kept)))


def _of_one(request: HttpRequest, pk: int, year: int, committees: Sequence[Any]) -> View:
    chosen = [committee for committee in committees if committee.pk == pk]
    if not chosen or not 1 <= year <= MAXYEAR:
        raise Http404
    return view_of("one", chosen, year, person_of(request))


def _of_several(request: HttpRequest, which: str, year: int, committees: Sequence[Any]) -> View:
    kinds: dict[str, Which] = {ALL: "all", MINE: "mine"}
    if which not in kinds or not 1 <= year <= MAXYEAR:
        raise Http404
    return view_of(kinds[which], committees, year, person_of(request))


def _page(request: HttpRequest, view: View, committees: Sequence[Any]) -> HttpResponse:
    narrowed = WheelFilter(request.GET, view.readable)
    lines = view.lines(narrowed.filters)
    late = [line for line in lines if line.is_late]
    coming = by_month(line for line in lines if not line.is_late)
    committee = view.committees[0] if view.which == "one" else None
    context = {
        "view": view,
        "committee": committee,
        "picture": view.picture(narrowed.filters),
        "late": _parted(late),
        "months": [(month, *_parted(found)) for month, found in coming],
        "opened": request.GET.get("month") or view.opened,
        "legend": legend(view.shown(narrowed.filters)),
        "narrowed": narrowed,
        "has_duties": bool(view.wheel.duties),
        "may_keep": bool(committee and committee.follows and committee.is_kept),
        "choices": _choices(view, committees),
        "neighbours": {
            name: (year, _address(view, year))
            for name, year in (("previous", view.year - 1), ("next", view.year + 1))
            if 1 <= year <= MAXYEAR
        },
        "files": [(_label(form), _address(view, view.year, form)) for form in EDITIONS],
        "today": view.wheel.today,
        "breadcrumbs": _crumbs(view),
    }
    return page(request, "yearwheel/wheel.html", context)


def _file(request: HttpRequest, view: View, form: str) -> HttpResponse:
    if form not in EDITIONS:
        raise Http404
    filters = WheelFilter(request.GET, view.readable).filters
    data, name, media_type = edition(form, view, filters)
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(data, content_type=media_type, headers={"Content-Disposition": disposition})


def _address(view: View, year: int, form: str = "") -> str:
    """Return where the same wheel is in a year, as a page or a file."""
    first = view.committees[0].pk if view.which == "one" else view.which
    name = "wheel" if view.which == "one" else "wheels"
    if form:
        return reverse(f"{name}_file", args=[first, year, form])
    return reverse(name, args=[first, year])


def _choices(view: View, committees: Sequence[Any]) -> list[tuple[str, str, bool]]:
    """Return the wheels the person can turn to, each with whether it is the one shown."""
    if not committees:
        return []
    shown = view.committees[0].pk if view.which == "one" else None
    found = [
        (one.name, reverse("wheel", args=[one.pk, view.year]), one.pk == shown)
        for one in committees
    ]
    if len(committees) > 1:
        everything = reverse("wheels", args=[ALL, view.year])
        found.insert(0, (_("All"), everything, view.which == ALL))
    return [*found, (_("Mine"), reverse("wheels", args=[MINE, view.year]), view.which == MINE)]


def _label(form: str) -> str:
    return {
        "pdf-a4": _("PDF, A4"),
        "pdf-a3": _("PDF, A3"),
        "xlsx": _("Excel"),
        "ics": _("Calendar file"),
    }[form]


def _crumbs(view: View) -> list[Crumb]:
    path = [Crumb(_("Year wheel"), reverse("yearwheel"))]
    if view.which == "one":
        path.append(Crumb(view.title, year_url(view.committees[0])))
    else:
        path.append(Crumb(view.title))
    return [*path, Crumb(str(view.year))] if view.which == "one" else path


def _parted(lines: list[WheelLine]) -> tuple[list[WheelLine], Folded | None]:
    """Return the lines, and apart from them what registers have put there."""
    own = [line for line in lines if not (line.entry and line.entry.register_title)]
    return own, folded(line.entry for line in lines if line.entry)
