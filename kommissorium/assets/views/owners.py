"""The owners, assets without one, and what leavers still own: a page, and Excel."""

from __future__ import annotations

from typing import Any, Final

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from kommissorium.accounts.signed_in import municipality_of, person_of
from kommissorium.assets.actions.owners import MOST_AT_ONCE
from kommissorium.assets.models import (
    Asset,
    Completeness,
    Criticality,
    Kind,
    Role,
    reads_whole_register,
)
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
from kommissorium.core.ui.navigation import Crumb, paged
from kommissorium.core.ui.responses import download_workbook, page
from kommissorium.registers.lists.columns import column
from kommissorium.registers.lists.workbook import sheet_of

HAS_LEFT: Final = {"choices": ((False, gettext_lazy("Yes")),)}
OWNER_COLUMNS: Final = (
    column("name", gettext_lazy("Name")),
    column("job_title", gettext_lazy("Job title")),
    column("department", gettext_lazy("Department")),
    column("is_active", gettext_lazy("Has left"), **HAS_LEFT),
    column("owned_count", gettext_lazy("Owns"), kind="number"),
    *(column(f"{role.value}_count", role.label, kind="number") for role in Role),
)
ASSET_COLUMNS: Final = (
    column("name", gettext_lazy("Name")),
    column("kind", gettext_lazy("Kind"), choices=Kind.choices),
    column("area.name", gettext_lazy("Area")),
    column("criticality", gettext_lazy("Criticality"), choices=Criticality.choices),
    column("registered_on", gettext_lazy("In the register since"), kind="date"),
    column("had_by", gettext_lazy("Owner has left")),
)
ROLE_COLUMNS: Final = (
    column("asset.name", gettext_lazy("Name")),
    column("asset.kind", gettext_lazy("Kind"), choices=Kind.choices),
    column("area", gettext_lazy("Area"), value=lambda row, _page: str(row.asset.area or "")),
    column("role", gettext_lazy("Role"), choices=Role.choices),
    column("person.name", gettext_lazy("Person")),
    column("person.is_active", gettext_lazy("Has left"), **HAS_LEFT),
    column("from_date", gettext_lazy("Since"), kind="date"),
)


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
        sheet = sheet_of(title, ASSET_COLUMNS, found.iterator(), Asset.get_absolute_url)
    elif wish.of_roles:
        rows = found.iterator()
        sheet = sheet_of(title, ROLE_COLUMNS, rows, lambda one: one.asset.get_absolute_url())
    else:
        sheet = sheet_of(title, OWNER_COLUMNS, with_numbers(found, wish))
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
