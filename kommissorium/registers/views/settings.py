"""The page on which coordinators say how a register is kept."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.core.ui.navigation import Crumb, path_of
from kommissorium.registers.forms.rows import row_form
from kommissorium.registers.models.settings import RoomSettings


def settings_path(
    route: str,
    model: type[RoomSettings],
    save: Callable[..., None],
    *,
    name: str,
    home: Callable[[], Crumb],
    title: str | Promise,
) -> URLPattern:
    """Return the address of a room's settings, which `save` changes. `home` leads to its list."""

    @require_http_methods(["GET", "POST"])
    def settings(request: HttpRequest) -> HttpResponse:
        """Say how the register is kept."""
        person, above = person_of(request), home()
        if not person.is_coordinator:
            raise PermissionDenied
        form = row_form(model, *model.names)(typed(request), row=model.current())
        return edit_page(
            request,
            form,
            lambda: save(by=person, values=form.values(), edit_version=form.version),
            done=_("It is saved."),
            after=above.url,
            in_form=form.theirs,
            title=str(title),
            cancel_url=above.url,
            breadcrumbs=path_of(above, _("Settings")),
        )

    return path(route, settings, name=name)
