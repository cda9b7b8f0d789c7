"""The page of the registers' settings."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommissorium.assets.actions.settings import change_register_settings
from kommissorium.assets.forms.settings import SettingsForm
from kommissorium.assets.models import RegisterSettings
from kommissorium.assets.views.common import coordinator_of, crumbs
from kommissorium.core.ui.form_pages import edit_page, typed


@require_http_methods(["GET", "POST"])
def register_settings(request: HttpRequest) -> HttpResponse:
    """Show and change whose year wheel the registers use, and how many assets are many."""
    person, settings = coordinator_of(request), RegisterSettings.current()
    form = SettingsForm(typed(request), settings=settings)
    return edit_page(
        request,
        form,
        lambda: change_register_settings(by=person, **form.cleaned_data),
        done=_("The settings are saved."),
        after="register_settings",
        template="assets/register_settings.html",
        person=person,
        cancel_url=reverse("register_settings"),
        breadcrumbs=crumbs(_("Settings of the registers")),
    )
