"""Data processing agreements and the oversight of their suppliers."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.history import history_of
from kommissorium.accounts.models import Person, danish_order
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.actions.agreements import (
    add_agreement,
    change_agreement,
    end_agreement,
    write_oversight,
)
from kommissorium.assets.forms.suppliers import AgreementForm, OversightForm
from kommissorium.assets.models import Agreement, Asset, Oversight, Supplier
from kommissorium.assets.oversight import state_of
from kommissorium.assets.views.common import home
from kommissorium.assets.views.suppliers import SUPPLIERS, suppliers_home
from kommissorium.core.evidence.models import Event
from kommissorium.core.files.models import StoredFile
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.responses import download_from, page
from kommissorium.registers.forms.rows import BecauseForm
from kommissorium.registers.views.row_pages import RowPages

SHOWN_OVERSIGHT, SHOWN_EVENTS = 50, 50


def _agreements(person: Person) -> QuerySet[Agreement]:
    return Agreement.objects.visible_to(person).select_related("supplier", "responsible", "file")


AGREEMENTS = RowPages(
    suppliers_home, _agreements, above=(home,), steps=lambda one: (one.supplier, one)
)


@require_GET
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an agreement, what it covers, and every oversight of it."""
    found, person, today = AGREEMENTS.get(request, pk), person_of(request), timezone.localdate()
    covered = Asset.objects.visible_to(person).filter(agreements=found)
    oversights = list(found.oversights.select_related("by")[:SHOWN_OVERSIGHT])
    context = {
        "agreement": found,
        "state": state_of(found.next_oversight, today),
        "has_expired": bool(found.expires_on and found.expires_on < today and not found.is_over),
        "covered": list(covered.order_by(danish_order("name"), "pk")),
        "oversights": oversights,
        "may_keep": Supplier.can_be_kept_by(person) and not found.is_over,
        "may_oversee": found.oversight_can_be_done_by(person),
        "entries": history_of(found, list(Event.objects.about(found)[:SHOWN_EVENTS]), person),
        "breadcrumbs": SUPPLIERS.path(found.supplier, found.title),
    }
    return page(request, "assets/agreement.html", context)


@require_http_methods(["GET", "POST"])
def agreement_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an agreement with a supplier."""
    supplier, person = SUPPLIERS.get(request, pk, "can_be_kept_by"), person_of(request)
    if supplier.is_closed:
        raise Refused(_("The supplier is closed. Open it again first."))
    today = timezone.localdate()
    form = AgreementForm(typed(request), request.FILES or None, supplier=supplier, today=today)
    return edit_page(
        request,
        form,
        lambda: add_agreement(supplier, by=person, values=form.agreement_values()),
        done=lambda made: _("It is added.") + _next(made),
        lead=supplier.name,
        multipart=True,
        submit_label=_("Add"),
        **SUPPLIERS.frame(supplier, _("New data processing agreement"), after=None),
    )


@require_http_methods(["GET", "POST"])
def agreement_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an agreement."""
    found, person = kept_agreement(request, pk), person_of(request)
    form = AgreementForm(
        typed(request),
        request.FILES or None,
        supplier=found.supplier,
        today=timezone.localdate(),
        agreement=found,
    )
    return edit_page(
        request,
        form,
        lambda: change_agreement(found, by=person, **form.change()),
        done=_("It is saved."),
        lead=found.supplier.name,
        multipart=True,
        **AGREEMENTS.frame(found, _("Edit the agreement")),
    )


@require_http_methods(["GET", "POST"])
def agreement_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End an agreement, with a reason."""
    found, person = kept_agreement(request, pk), person_of(request)
    form = BecauseForm(typed(request))
    text = _("“%(title)s” covers nothing from today on, and no oversight of it is due any more.")
    return edit_page(
        request,
        form,
        lambda: end_agreement(found, by=person, **form.cleaned_data),
        done=_("It has ended."),
        template="ui/confirm.html",
        text=text % {"title": found.title},
        submit_label=_("End the agreement"),
        danger=True,
        **AGREEMENTS.frame(found, _("End the agreement"), after=found.supplier),
    )


@require_http_methods(["GET", "POST"])
def oversight_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the conclusion of an oversight."""
    found = AGREEMENTS.get(request, pk, "oversight_can_be_done_by")
    person = person_of(request)
    start = {"model": found.oversight_model, "done_on": timezone.localdate()}
    form = OversightForm(typed(request), request.FILES or None, initial=start)
    return edit_page(
        request,
        form,
        lambda: write_oversight(found, by=person, values=form.oversight_values()),
        done=lambda _made: _("It is saved.") + _next(found),
        lead=f"{found.supplier.name} · {found.title}",
        multipart=True,
        submit_label=_("Save"),
        **AGREEMENTS.frame(found, _("Oversight")),
    )


@require_GET
def agreement_file(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out the file of an agreement."""
    found = AGREEMENTS.get(request, pk)
    return _handed_out(found.file, found.file_name)


@require_GET
def oversight_file(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out the file that shows an oversight."""
    visible = Agreement.objects.visible_to(person_of(request)).values("pk")
    rows = Oversight.objects.filter(agreement__in=visible).select_related("file")
    found = get_object_or_404(rows, pk=pk)
    return _handed_out(found.file, found.file_name)


def kept_agreement(request: HttpRequest, pk: int) -> Agreement:
    """Return an agreement the person may change.

    Raises Http404, PermissionDenied, and Refused for one that has ended.
    """
    found = AGREEMENTS.get(request, pk, lambda _one, person: Supplier.can_be_kept_by(person))
    if found.is_over:
        raise Refused(_("The agreement has ended and cannot be changed."))
    return found


def _next(found: Agreement) -> str:
    if found.next_oversight is None:
        return ""
    text = _("The next oversight is due on %(date)s.") % {"date": day(found.next_oversight)}
    return f" {text}"


def _handed_out(file: StoredFile | None, name: str) -> FileResponse:
    if file is None:
        raise Http404
    return download_from(file.checked(), name, file.media_type)
