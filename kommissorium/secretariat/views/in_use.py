"""Which registers are in use, which come later and which are kept elsewhere."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.signed_in import municipality_of, person_of
from kommissorium.committees.models import Committee
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import page
from kommissorium.registers.actions.beginnings import may_put_off
from kommissorium.registers.counts import asked_once
from kommissorium.registers.openings import told_by
from kommissorium.secretariat.put_off import uses
from kommissorium.secretariat.setup_forms import RegisterUseForm


@require_GET
def registers_in_use(request: HttpRequest) -> HttpResponse:
    """Show of each register whether it is in use, and what was decided."""
    person = person_of(request)
    if not Committee.are_followed_by(person):
        raise Http404
    found = uses(municipality_of(request))
    with asked_once():
        told = {
            one.register.code: told_by(one.register, person, sentence_alone=True)
            for one in found
            if not one.said
        }
    context = {
        "uses": [(one, told.get(one.register.code)) for one in found],
        "today": timezone.localdate(),
        "may": may_put_off(person),
    }
    return page(request, "secretariat/in_use.html", context)


@require_http_methods(["GET", "POST"])
def register_use(request: HttpRequest, code: str) -> HttpResponse:
    """Put a register off, note where it is kept, or take it into use."""
    person = person_of(request)
    found = {one.register.code: one for one in uses(municipality_of(request))}.get(code)
    if found is None or not may_put_off(person):
        raise Http404
    form = RegisterUseForm(typed(request), initial=RegisterUseForm.said(found))
    home = reverse("registers_in_use")
    return edit_page(
        request,
        form,
        lambda: form.save(found, by=person),
        done=_("It is saved."),
        after=home,
        cancel_url=home,
        breadcrumbs=[Crumb(_("Registers"), home), Crumb(found.label)],
        title=found.label,
    )
