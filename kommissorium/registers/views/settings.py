"""The page on which coordinators say how a register is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.core.ui.navigation import Crumb, path_of
from kommissorium.registers.forms.rows import RowForm


def settings_page(
    request: HttpRequest, form_of: type[RowForm], save: Callable[..., None], home: Crumb, title: str
) -> HttpResponse:
    """Show the settings of a register, and let `save` change them. `home` leads to its list."""
    person = person_of(request)
    if not person.is_coordinator:
        raise PermissionDenied
    current: Any = form_of.model
    form = form_of(typed(request), row=current.current())
    return edit_page(
        request,
        form,
        lambda: save(by=person, values=form.values(), edit_version=form.version),
        done=_("The settings are saved."),
        after=home.url,
        in_form=form.theirs,
        title=title,
        cancel_url=home.url,
        breadcrumbs=path_of(home, _("Settings")),
    )
