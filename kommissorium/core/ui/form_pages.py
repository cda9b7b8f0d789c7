"""Pages with one form: shown, saved, and shown again with what is to be put right."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict

from kommissorium.core.refusals import Refused
from kommissorium.core.ui.forms import add_refusal
from kommissorium.core.ui.responses import page


def attempt[T](form: forms.Form, save: Callable[[], T]) -> T | None:
    """Return what a valid form saved; None when it is not valid or the action refused.

    The refusal stands beside its field then.
    """
    if not form.is_valid():
        return None
    try:
        return save()
    except Refused as refused:
        add_refusal(form, refused)
        return None


def typed(request: HttpRequest) -> QueryDict | None:
    """Return what was posted; None where the form is only asked for."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: HttpRequest, form: forms.Form, template: str = "ui/form_page.html", **context: object
) -> HttpResponse:
    """Return the page of one form: as asked for, or (400) with what must be put right."""
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    return page(request, template, {"form": form, **context}, status=status)


def acted(form: forms.Form, act: Callable[[], object]) -> bool:
    """Return whether a valid form was acted on; a refusal stands beside its field then."""
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as refused:
        add_refusal(form, refused)
        return False
    return True
