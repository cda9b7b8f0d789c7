"""Responses of views: a page, or the same form again with its errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from django import forms
from django.http import HttpRequest, QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from kommissorium.core.refusals import Conflict
from kommissorium.core.ui.edit_conflicts import differences
from kommissorium.core.ui.navigation import Crumb


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object] | None = None,
    status: int = HTTPStatus.OK,
) -> TemplateResponse:
    """Return the template as a page."""
    return TemplateResponse(request, template, dict(context or {}), status=status)


def invalid(
    request: HttpRequest, template: str, context: Mapping[str, object] | None = None
) -> TemplateResponse:
    """Return the page with a form that could not be accepted; nothing typed is lost."""
    return page(request, template, context, status=HTTPStatus.BAD_REQUEST)


def conflict(
    request: HttpRequest,
    form: forms.Form,
    found: Conflict,
    *,
    cancel_url: str,
    breadcrumbs: Sequence[Crumb] = (),
) -> TemplateResponse:
    """Return both texts after somebody else saved first, with the form as it was typed.

    The version saved now goes into the form's hidden field `edit_version`, so that the next
    press saves on top of it with open eyes.
    """
    sent = QueryDict(mutable=True)
    sent.update(form.data)
    sent[form.add_prefix("edit_version")] = str(found.edit_version)
    form.data = sent
    context = {
        "title": _("Somebody else saved first"),
        "differences": differences(form, found.current),
        "form": form,
        "cancel_url": cancel_url,
        "breadcrumbs": breadcrumbs,
    }
    return page(request, "ui/conflict.html", context, status=HTTPStatus.CONFLICT)
