"""The areas of the municipality, and how its registers are kept."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.models import danish_order
from kommissorium.assets.actions.areas import add_area, change_area, close_area
from kommissorium.assets.forms.areas import AreaForm
from kommissorium.assets.models import Area, Asset
from kommissorium.assets.views.common import coordinator_of, crumbs
from kommissorium.core.refusals import Conflict
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.core.ui.listing import paged
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import conflict, page


@require_GET
def areas(request: HttpRequest) -> HttpResponse:
    """Show the areas with their heads and how much they answer for, closed ones last."""
    person = coordinator_of(request)
    open_first = F("closed_on").asc(nulls_first=True)
    rows = Area.objects.select_related("head").order_by(open_first, danish_order("name"), "pk")
    shown = paged(rows, request)
    counted = Asset.objects.in_register().order_by().values_list("area").annotate(Count("pk"))
    counts = dict(counted.filter(area__in=[area.pk for area in shown]))
    context = {
        "person": person,
        "page": shown,
        "areas": [(area, counts.get(area.pk, 0)) for area in shown],
        "breadcrumbs": crumbs(_("Areas")),
    }
    return page(request, "assets/areas.html", context)


@require_http_methods(["GET", "POST"])
def area_new(request: HttpRequest) -> HttpResponse:
    """Add an area."""
    person = coordinator_of(request)
    form = AreaForm(typed(request))
    made = attempt(form, lambda: add_area(by=person, **form.cleaned_data))
    if made:
        messages.success(request, _("“%(name)s” is added.") % {"name": made.name})
        return redirect("areas")
    return form_page(
        request,
        form,
        title=_("New area"),
        submit_label=_("Add the area"),
        cancel_url=reverse("areas"),
        breadcrumbs=_path(_("New area")),
    )


@require_http_methods(["GET", "POST"])
def area_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename an area, or give it another head."""
    person = coordinator_of(request)
    area = get_object_or_404(Area.objects.in_use().select_related("head"), pk=pk)
    form = AreaForm(typed(request), area=area)
    path, back = _path(area.name), reverse("areas")
    try:
        if attempt(form, lambda: change_area(area, by=person, **form.cleaned_data) or True):
            messages.success(request, _("The area is saved."))
            return redirect("areas")
    except Conflict as theirs:
        version = theirs.edit_version
        return conflict(
            request, form, theirs, edit_version=version, cancel_url=back, breadcrumbs=path
        )
    return form_page(
        request,
        form,
        "assets/area_change.html",
        area=area,
        title=_("Edit the area"),
        cancel_url=back,
        breadcrumbs=path,
    )


@require_http_methods(["GET", "POST"])
def area_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an area nothing is in any more."""
    person = coordinator_of(request)
    area = get_object_or_404(Area.objects.in_use(), pk=pk)
    if request.method == "POST":
        close_area(area, by=person)
        messages.success(request, _("“%(name)s” is closed.") % {"name": area.name})
        return redirect("areas")
    context = {
        "title": _("Close the area"),
        "text": _(
            "“%(name)s” can no longer be chosen. What it answered for in the past can still be read."
        )
        % {"name": area.name},
        "submit_label": _("Close the area"),
        "danger": True,
        "cancel_url": reverse("areas"),
        "breadcrumbs": _path(_("Close the area")),
    }
    return page(request, "ui/confirm.html", context)


def _path(last: str) -> list[Crumb]:
    return crumbs(Crumb(_("Areas"), reverse("areas")), last)
