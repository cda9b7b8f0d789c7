"""How the registers are kept."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommissorium.assets.actions.settings import change_register_settings
from kommissorium.assets.forms.settings import SettingsForm
from kommissorium.assets.models import RegisterSettings
from kommissorium.assets.views.common import coordinator_of, crumbs
from kommissorium.core.refusals import Conflict
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.core.ui.responses import conflict


@require_http_methods(["GET", "POST"])
def register_settings(request: HttpRequest) -> HttpResponse:
    """Show and change whose year wheel the registers use, and how many assets are many."""
    person, settings = coordinator_of(request), RegisterSettings.current()
    form = SettingsForm(typed(request), settings=settings)
    path = crumbs(_("Settings of the registers"))
    try:
        if attempt(form, lambda: change_register_settings(by=person, **form.cleaned_data)):
            messages.success(request, _("The settings are saved."))
            return redirect("register_settings")
    except Conflict as theirs:
        return conflict(
            request,
            form,
            theirs,
            edit_version=theirs.edit_version,
            cancel_url=reverse("register_settings"),
            breadcrumbs=path,
        )
    template = "assets/register_settings.html"
    return form_page(request, form, template, person=person, breadcrumbs=path)
