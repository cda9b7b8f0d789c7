"""Pages of continuity on paper: the package, holders of copies, and the settings of all plans."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.models import reads_whole_register
from kommissorium.continuity.actions.copies import note_copy, return_copy
from kommissorium.continuity.forms import CopyForm
from kommissorium.continuity.models import ContinuityPlan, PaperCopy, Service
from kommissorium.continuity.package import package_for
from kommissorium.continuity.tabs import tab_line
from kommissorium.continuity.views import PAGES, both
from kommissorium.core.ui.form_pages import confirm_page, edit_page, typed
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import download, page


@require_GET
def continuity_package(request: HttpRequest) -> HttpResponse:
    """Hand out all plans for keeping offline."""
    name = f"{_('plans')}-{timezone.localdate().isoformat()}.zip"
    return download(package_for(_reader(request)), name, "application/zip")


@require_GET
def continuity_copies(request: HttpRequest) -> HttpResponse:
    """Show the holders of printed copies, and which copies are out of date."""
    person, today = _reader(request), timezone.localdate()
    plans = ContinuityPlan.objects.in_force_on(today).filter(service__is_retired=False)
    begun = dict(plans.values_list("service", "in_force_from"))
    newest = max(filter(None, begun.values()), default=None)
    context = {
        "copies": [
            (one, begun.get(one.service_id) if one.service_id else newest)
            for one in PaperCopy.objects.kept()
        ],
        "line": tab_line(person, "continuity_copies"),
        "may_keep": Service.can_be_kept_by(person),
        "breadcrumbs": PAGES.path(_("On paper")),
    }
    return page(request, "continuity/copies.html", context)


@both
def continuity_copy_new(request: HttpRequest) -> HttpResponse:
    """Note who holds a printed copy."""
    person, form = _keeper(request), CopyForm(typed(request))
    title = _("Note a printed copy")
    return edit_page(
        request,
        form,
        lambda: note_copy(by=person, values=form.values()),
        done=_("It is noted. Who holds it gets a mail when the plans change."),
        **_frame(title),
    )


@both
def continuity_copy_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a printed copy was returned or destroyed."""
    person = _keeper(request)
    found = get_object_or_404(PaperCopy.objects.select_related("holder", "service"), pk=pk)
    return confirm_page(
        request,
        lambda: return_copy(found, by=person),
        done=_("It is noted."),
        text=f"{found.of_what}: {found.in_words}",
        submit_label=_("The copy is gone"),
        **_frame(_("Returned or destroyed")),
    )


def _reader(request: HttpRequest) -> Person:
    """Return the person. Raises Http404 for those who do not read the whole register."""
    person = person_of(request)
    if not reads_whole_register(person):
        raise Http404
    return person


def _keeper(request: HttpRequest) -> Person:
    """Return the person. Raises PermissionDenied for those who do not keep the register."""
    person = person_of(request)
    if not Service.can_be_kept_by(person):
        raise PermissionDenied
    return person


def _frame(title: str) -> dict[str, Any]:
    """Return the texts of a page about a printed copy, and where it leads."""
    copies = reverse("continuity_copies")
    path = PAGES.path(Crumb(_("On paper"), copies), title)
    return {"title": title, "after": copies, "cancel_url": copies, "breadcrumbs": path}
