"""The areas of the municipality, and how its registers are kept."""

from __future__ import annotations

from django.db.models import Count, F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.models import Person, danish_order
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.actions.areas import (
    add_area,
    change_area,
    change_register_settings,
    close_area,
)
from kommissorium.assets.forms.owners import AreaForm, SettingsForm
from kommissorium.assets.models import Area, Asset, RegisterSettings
from kommissorium.assets.views.common import coordinator_of, crumbs, home
from kommissorium.core.ui.form_pages import confirm_page, edit_page, typed
from kommissorium.core.ui.navigation import Crumb, paged
from kommissorium.core.ui.responses import page
from kommissorium.registers.views.row_pages import RowPages


def _areas(person: Person) -> QuerySet[Area]:
    found = Area.objects.in_use().select_related("head")
    return found if person.is_coordinator else found.none()


AREAS = RowPages(lambda: Crumb(_("Areas"), reverse("areas")), _areas, above=(home,))


@require_GET
def areas(request: HttpRequest) -> HttpResponse:
    """Show the areas with their heads and the number of their assets, closed ones last."""
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
    return edit_page(
        request,
        form,
        lambda: add_area(by=person, **form.cleaned_data),
        done=lambda made: _("“%(name)s” is added.") % {"name": made.name},
        submit_label=_("Add the area"),
        **AREAS.frame(None, _("New area"), after="areas"),
    )


@require_http_methods(["GET", "POST"])
def area_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename an area, or give it another head."""
    person, area = person_of(request), AREAS.get(request, pk)
    form = AreaForm(typed(request), area=area)
    return edit_page(
        request,
        form,
        lambda: change_area(area, by=person, **form.cleaned_data),
        done=_("It is saved."),
        template="assets/area_change.html",
        area=area,
        **AREAS.frame(None, _("Edit the area"), after="areas", breadcrumbs=AREAS.path(area.name)),
    )


@require_http_methods(["GET", "POST"])
def area_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an area that no longer has any assets."""
    person, area = person_of(request), AREAS.get(request, pk)
    text = _(
        "“%(name)s” can no longer be chosen. What it answered for in the past can still be read."
    )
    return confirm_page(
        request,
        lambda: close_area(area, by=person),
        done=_("“%(name)s” is closed.") % {"name": area.name},
        text=text % {"name": area.name},
        submit_label=_("Close the area"),
        **AREAS.frame(None, _("Close the area"), after="areas"),
    )


@require_http_methods(["GET", "POST"])
def register_settings(request: HttpRequest) -> HttpResponse:
    """Show and change whose year wheel the registers use, and how many assets are many."""
    person, settings = coordinator_of(request), RegisterSettings.current()
    form = SettingsForm(typed(request), settings=settings)
    return edit_page(
        request,
        form,
        lambda: change_register_settings(by=person, **form.cleaned_data),
        done=_("It is saved."),
        after="register_settings",
        template="assets/register_settings.html",
        person=person,
        cancel_url=reverse("register_settings"),
        breadcrumbs=crumbs(_("Settings of the registers")),
    )
