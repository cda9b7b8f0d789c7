"""Pages of continuity on paper: the package, who holds a copy, and what holds for all plans."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.models import reads_whole_register
from kommissorium.continuity.actions.copies import change_settings, note_copy, return_copy
from kommissorium.continuity.forms import CopyForm
from kommissorium.continuity.models import ContinuityPlan, ContinuitySettings, PaperCopy, Service
from kommissorium.continuity.package import package_for
from kommissorium.continuity.tabs import tab_line
from kommissorium.continuity.views import both, home, keeper
from kommissorium.core.ui.downloads import download
from kommissorium.core.ui.form_pages import confirm_page, edit_page, typed
from kommissorium.core.ui.navigation import Crumb, path_of
from kommissorium.core.ui.responses import page
from kommissorium.registers.forms.rows import row_form


@require_GET
def continuity_package(request: HttpRequest) -> HttpResponse:
    """Hand out all plans for keeping offline."""
    person = person_of(request)
    if not reads_whole_register(person):
        raise Http404
    name = f"{_('plans')}-{timezone.localdate().isoformat()}.zip"
    return download(package_for(person), name, "application/zip")


@require_GET
def continuity_copies(request: HttpRequest) -> HttpResponse:
    """Show who holds printed copies, and which of them are out of date."""
    person = person_of(request)
    if not reads_whole_register(person):
        raise Http404
    rows = PaperCopy.objects.filter(returned_on=None).select_related("holder", "service")
    changed = ContinuityPlan.objects.in_force_on(timezone.localdate()).filter(
        service__is_retired=False
    )
    begun = {one.service_id: one.in_force_from for one in changed}
    newest = max(filter(None, begun.values()), default=None)
    context = {
        "copies": [
            (one, (begun.get(one.service_id) if one.service_id else newest)) for one in rows
        ],
        "line": tab_line(person, "continuity_copies"),
        "may_keep": Service.can_be_kept_by(person),
        "breadcrumbs": path_of(home(), _("On paper")),
    }
    return page(request, "continuity/copies.html", context)


@both
def continuity_copy_new(request: HttpRequest) -> HttpResponse:
    """Note who holds a printed copy."""
    person = keeper(request)
    form = CopyForm(typed(request))
    title = _("Note a printed copy")
    return edit_page(
        request,
        form,
        lambda: note_copy(by=person, values=form.values()),
        done=_("It is noted. Who holds it gets a mail when the plans change."),
        after="continuity_copies",
        title=title,
        cancel_url=reverse("continuity_copies"),
        breadcrumbs=path_of(home(), Crumb(_("On paper"), reverse("continuity_copies")), title),
    )


@both
def continuity_copy_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a printed copy was returned or destroyed."""
    person = keeper(request)
    found = get_object_or_404(PaperCopy.objects.select_related("holder", "service"), pk=pk)
    title = _("Returned or destroyed")
    return confirm_page(
        request,
        lambda: return_copy(found, by=person),
        done=_("It is noted that the copy is gone."),
        after="continuity_copies",
        title=title,
        text=f"{found.of_what}: {found.in_words}",
        submit_label=_("The copy is gone"),
        cancel_url=reverse("continuity_copies"),
        breadcrumbs=path_of(home(), Crumb(_("On paper"), reverse("continuity_copies")), title),
    )


@both
def continuity_settings(request: HttpRequest) -> HttpResponse:
    """Say what holds for all plans."""
    person = keeper(request)
    form_of = row_form(ContinuitySettings, *ContinuitySettings.names)
    form = form_of(typed(request), row=ContinuitySettings.current())
    return edit_page(
        request,
        form,
        lambda: change_settings(by=person, values=form.values(), edit_version=form.version),
        done=_("The settings are saved."),
        after="continuity",
        in_form=form.theirs,
        title=_("Settings of continuity"),
        cancel_url=reverse("continuity"),
        breadcrumbs=path_of(home(), _("Settings")),
    )
