"""The suppliers: all of them, one of them, a new one, a changed one."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.history import history_of
from kommissorium.accounts.models import Person, danish_order
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.actions.suppliers import (
    add_supplier,
    change_supplier,
    close_supplier,
    reopen_supplier,
)
from kommissorium.assets.forms.suppliers import SupplierFilter, SupplierForm
from kommissorium.assets.models import Agreement, Asset, Oversight, Supplier
from kommissorium.assets.oversight import (
    found_by,
    in_order,
    narrow,
    state_of,
    uncovered_assets,
    with_figures,
    with_last,
)
from kommissorium.assets.views.common import home
from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.form_pages import confirm_page, edit_page, typed
from kommissorium.core.ui.navigation import Crumb, paged
from kommissorium.core.ui.responses import page
from kommissorium.registers.lists.columns import column
from kommissorium.registers.lists.workbook import sheet_of, workbook_of
from kommissorium.registers.views.row_pages import RowPages

SHOWN_SYSTEMS, SHOWN_OVERSIGHT, SHOWN_EVENTS = 100, 30, 50


SUPPLIER_COLUMNS: Final = (
    column("name", gettext_lazy("Supplier")),
    column("cvr", gettext_lazy("CVR number")),
    column("contact", gettext_lazy("Contact")),
    column("email", gettext_lazy("E-mail")),
    column("phone", gettext_lazy("Phone")),
    column("systems", gettext_lazy("Systems"), kind="number"),
    column("agreement_count", gettext_lazy("Agreements"), kind="number"),
    column("next_oversight", gettext_lazy("Next oversight"), kind="date"),
    column("last_done", gettext_lazy("Last oversight"), kind="date"),
    column(
        "is_uncovered",
        gettext_lazy("Personal data without an agreement"),
        choices=((True, gettext_lazy("Yes")), (False, gettext_lazy("No"))),
    ),
    column("closed_on", gettext_lazy("Closed"), kind="date"),
    column("note", gettext_lazy("Note")),
)
AGREEMENT_COLUMNS: Final = (
    column("supplier.name", gettext_lazy("Supplier")),
    column("title", gettext_lazy("Agreement")),
    column("signed_on", gettext_lazy("Signed on"), kind="date"),
    column("expires_on", gettext_lazy("Expires on"), kind="date"),
    column("covers", gettext_lazy("Covers"), kind="number"),
    column(
        "oversight_model",
        gettext_lazy("How the supplier is overseen"),
        choices=Agreement.Model.choices,
    ),
    column("oversight_months", gettext_lazy("Months between oversight"), kind="number"),
    column("next_oversight", gettext_lazy("Next oversight"), kind="date"),
    column("responsible.name", gettext_lazy("Responsible")),
    column("last_done", gettext_lazy("Last oversight"), kind="date"),
    column("last_result", gettext_lazy("Result"), choices=Oversight.Result.choices),
    column("ended_on", gettext_lazy("Ended"), kind="date"),
)


def suppliers_home() -> Crumb:
    return Crumb(_("Suppliers"), reverse("suppliers"))


SUPPLIERS = RowPages(suppliers_home, Supplier.objects.visible_to, above=(home,))


@require_GET
def suppliers(request: HttpRequest) -> HttpResponse:
    """Show the suppliers the person may read, as the address narrows and sorts them."""
    person, today = person_of(request), timezone.localdate()
    narrowed = SupplierFilter(request.GET)
    shown = paged(_listed(request, person, narrowed, today), request)
    context = {
        "person": person,
        "narrowed": narrowed,
        "page": shown,
        "rows": [(row, state_of(row.next_oversight, today)) for row in shown],
        "may_keep": Supplier.can_be_kept_by(person),
        "has_any": bool(shown) or Supplier.objects.visible_to(person).exists(),
        "query": request.GET.urlencode(),
    }
    return page(request, "assets/suppliers.html", context)


@require_GET
def suppliers_file(request: HttpRequest) -> FileResponse:
    """Hand out the suppliers as they are narrowed and sorted, with their agreements."""
    person, today = person_of(request), timezone.localdate()
    rows = _listed(request, person, SupplierFilter(request.GET), today)
    agreements = Agreement.objects.visible_to(person).filter(supplier__in=rows.values("pk"))
    told = with_last(agreements).select_related("supplier", "responsible")
    told = told.order_by(danish_order("supplier__name"), "title", "pk")
    sheets = [
        sheet_of(_("Suppliers"), SUPPLIER_COLUMNS, rows.iterator(), Supplier.get_absolute_url),
        sheet_of(_("Agreements"), AGREEMENT_COLUMNS, told.iterator(), Agreement.get_absolute_url),
    ]
    return workbook_of(sheets, title=_("Suppliers"), name=_("suppliers"))


@require_GET
def supplier(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a supplier with its systems, its agreements and their oversight."""
    found, person, today = SUPPLIERS.get(request, pk), person_of(request), timezone.localdate()
    agreements = with_last(Agreement.objects.visible_to(person).filter(supplier=found))
    agreements = agreements.select_related("responsible").order_by("ended_on", "title", "pk")
    bare = Exists(uncovered_assets().filter(pk=OuterRef("pk")))
    systems = Asset.objects.visible_to(person).in_register().filter(supplier=found)
    systems = systems.annotate(is_uncovered=bare).order_by(danish_order("name"), "pk")
    shown: list[Any] = list(systems[: SHOWN_SYSTEMS + 1])
    live = [row for row in agreements if row.ended_on is None]
    done = Oversight.objects.filter(agreement__supplier=found, agreement__in=list(agreements))
    context = {
        "person": person,
        "supplier": found,
        "agreements": [(row, state_of(row.next_oversight, today)) for row in live],
        "ended": [row for row in agreements if row.ended_on is not None],
        "systems": shown[:SHOWN_SYSTEMS],
        "more_systems": len(shown) > SHOWN_SYSTEMS,
        "uncovered": [row for row in shown if row.is_uncovered],
        "oversights": list(done.select_related("agreement", "by")[:SHOWN_OVERSIGHT]),
        "may_keep": Supplier.can_be_kept_by(person),
        "entries": history_of(found, list(Event.objects.about(found)[:SHOWN_EVENTS]), person),
        "breadcrumbs": SUPPLIERS.path(found.name),
    }
    return page(request, "assets/supplier.html", context)


@require_http_methods(["GET", "POST"])
def supplier_new(request: HttpRequest) -> HttpResponse:
    """Add a supplier."""
    person = person_of(request)
    if not Supplier.can_be_kept_by(person):
        raise Http404
    form = SupplierForm(typed(request))
    return edit_page(
        request,
        form,
        lambda: add_supplier(by=person, values=form.supplier_values()),
        done=lambda made: _("“%(name)s” is added.") % {"name": made.name},
        submit_label=_("Add"),
        **SUPPLIERS.frame(None, _("New supplier")),
    )


@require_http_methods(["GET", "POST"])
def supplier_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a supplier."""
    found, person = SUPPLIERS.get(request, pk, "can_be_kept_by"), person_of(request)
    form = SupplierForm(typed(request), supplier=found)
    return edit_page(
        request,
        form,
        lambda: change_supplier(found, by=person, **form.change()),
        done=_("It is saved."),
        **SUPPLIERS.frame(found, _("Edit the supplier")),
    )


@require_http_methods(["GET", "POST"])
def supplier_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a supplier that nothing depends on any more."""
    found, person = SUPPLIERS.get(request, pk, "can_be_kept_by"), person_of(request)
    text = _("“%(name)s” can no longer be chosen. What was agreed can still be read.")
    return confirm_page(
        request,
        lambda: close_supplier(found, by=person),
        done=_("“%(name)s” is closed.") % {"name": found.name},
        text=text % {"name": found.name},
        submit_label=_("Close the supplier"),
        **SUPPLIERS.frame(found, _("Close the supplier"), after="suppliers"),
    )


@require_POST
def supplier_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed supplier again."""
    found = SUPPLIERS.get(request, pk, "can_be_kept_by")
    reopen_supplier(found, by=person_of(request))
    messages.success(request, _("“%(name)s” is open again.") % {"name": found.name})
    return redirect(found)


def _listed(
    request: HttpRequest, person: Person, narrowed: SupplierFilter, today: date
) -> QuerySet[Any]:
    found = with_figures(Supplier.objects.visible_to(person))
    found = found_by(narrow(found, narrowed.value("show"), today), narrowed.value("q"))
    return in_order(found, request.GET.get("sort", ""))
