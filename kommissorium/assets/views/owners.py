"""The owners, assets without one, and what leavers still own: a page, and Excel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommissorium.accounts.signed_in import municipality_of, person_of
from kommissorium.assets.actions.owners import MOST_AT_ONCE
from kommissorium.assets.models import Asset, Completeness, Ownership, Role, reads_whole_register
from kommissorium.assets.owner_list import (
    LEFT,
    MANY,
    OWNERS,
    TOLD,
    WITHOUT,
    WITHOUT_DATA,
    Asked,
    asked,
    with_numbers,
)
from kommissorium.assets.views.common import crumbs
from kommissorium.core.documents import Column, Sheet
from kommissorium.core.ui.navigation import Crumb, paged
from kommissorium.core.ui.responses import download_workbook, page


def asked_for(request: HttpRequest) -> Asked:
    """Return the request of somebody who reads all. Raises Http404 for anybody else."""
    if not reads_whole_register(person_of(request)):
        raise Http404
    return asked(request)


@require_GET
def owners(request: HttpRequest) -> HttpResponse:
    """Show the owners, the assets without one, or the roles of one person or of leavers."""
    wish, person = asked_for(request), person_of(request)
    rows = paged(wish.rows(request), request)
    if not wish.of_assets and not wish.of_roles:
        rows.object_list = with_numbers(rows.object_list, wish)
    context = {
        "wish": wish,
        "person": person,
        "rows": rows,
        "views": [(view, word) for view, word in _views() if not wish.day or view in TOLD],
        "roles": Role.choices,
        "may_appoint": Asset.can_be_added_by(person) and not wish.day,
        **_past(wish),
        "caption": title_of(wish),
        "all_chosen": request.GET.get("chosen") == "page",
        "most_at_once": MOST_AT_ONCE,
        "breadcrumbs": crumbs(*_path(wish)),
    }
    return page(request, "assets/owners.html", context)


@require_GET
def owners_file(request: HttpRequest) -> FileResponse:
    """Return the list as it is narrowed and sorted, as an Excel workbook."""
    wish = asked_for(request)
    title = title_of(wish)
    found = wish.rows(request)
    if wish.of_assets:
        sheet = Sheet(title, _asset_columns(), _asset_rows(found.iterator()))
    elif wish.of_roles:
        sheet = Sheet(title, _role_columns(), _role_rows(found.iterator()))
    else:
        sheet = Sheet(title, _owner_columns(), _owner_rows(with_numbers(found, wish)))
    name = f"{wish.day or timezone.localdate()}-{_('owners')}-{wish.view}.xlsx"
    return download_workbook([sheet], name, title=title, author=municipality_of(request).name)


def _views() -> list[tuple[str, str]]:
    return [
        (OWNERS, _("All owners")),
        (WITHOUT, _("Without owner")),
        (WITHOUT_DATA, _("Without data owner")),
        (LEFT, _("Owner has left")),
        (MANY, _("Own many")),
    ]


def _past(wish: Asked) -> dict[str, Any]:
    """Return the notes about a past day beside the list (one query); nothing for today."""
    if wish.day is None:
        return {}
    kept = Completeness.newest(wish.day)
    numbers = (
        [
            (_("Systems, data sets and archives"), kept.assets),
            (_("Without owner"), kept.without_owner),
            (_("Systems with personal data"), kept.data_systems),
            (_("Without data owner"), kept.without_data_owner),
            (_("Not classified"), kept.unclassified),
        ]
        if kept
        else []
    )
    return {
        "wanted": wish.day,
        "kept_on": kept.day if kept else None,
        "here": reverse("owners"),
        "numbers": numbers,
    }


def title_of(wish: Asked) -> str:
    """Return the title of the list."""
    if wish.owner:
        return wish.owner.name
    return {
        WITHOUT: _("Without owner"),
        WITHOUT_DATA: _("Without data owner"),
        LEFT: _("Owner has left"),
        MANY: _("Own many"),
    }.get(wish.view, _("Owners"))


def _path(wish: Asked) -> list[Crumb | str]:
    if wish.view == OWNERS:
        return [_("Owners")]
    return [Crumb(_("Owners"), reverse("owners")), title_of(wish)]


def _owner_columns() -> list[Column]:
    heads = [Column(_("Name")), Column(_("Job title")), Column(_("Department"))]
    heads += [Column(_("Has left")), Column(_("Owns"), kind="number")]
    return heads + [Column(role.label, kind="number") for role in Role]


def _owner_rows(found: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    for one in found:
        numbers = [getattr(one, f"{role.value}_count") for role in Role]
        left = "" if one.is_active else _("Yes")
        yield one.name, one.job_title, one.department, left, one.owned_count, *numbers


def _asset_columns() -> list[Column]:
    return [
        Column(_("Name")),
        Column(_("Kind")),
        Column(_("Area")),
        Column(_("Criticality")),
        Column(_("In the register since"), kind="date"),
        Column(_("Owner has left")),
        Column(_("Link"), kind="link"),
    ]


def _asset_rows(found: Iterator[Any]) -> Iterator[tuple[Any, ...]]:
    for one in found:
        area = one.area.name if one.area else ""
        kind, critical = one.get_kind_display(), one.get_criticality_display()
        yield one.name, kind, area, critical, one.registered_on, one.had_by, _link(one)


def _role_columns() -> list[Column]:
    return [
        Column(_("Name")),
        Column(_("Kind")),
        Column(_("Area")),
        Column(_("Role")),
        Column(_("Person")),
        Column(_("Has left")),
        Column(_("Since"), kind="date"),
        Column(_("Link"), kind="link"),
    ]


def _role_rows(found: Iterator[Ownership]) -> Iterator[tuple[Any, ...]]:
    for one in found:
        asset, person = one.asset, one.person
        area = asset.area.name if asset.area else ""
        yield (
            asset.name,
            asset.get_kind_display(),
            area,
            one.get_role_display(),
            person.name,
            "" if person.is_active else _("Yes"),
            one.from_date,
            _link(asset),
        )


def _link(asset: Asset) -> str:
    return f"{settings.SITE_URL}{asset.get_absolute_url()}"
