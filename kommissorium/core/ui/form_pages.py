"""Pages of one form: shown, saved, and shown again with its errors."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.db import DatabaseError, IntegrityError, connection
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from kommissorium.core.database.violations import refusal_of
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.core.ui.forms import add_refusal, let_add, with_added
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import conflict, page
from kommissorium.core.unwritable import unwritable

log = logging.getLogger(__name__)

type Place = str | Model  # where to go on: an address, its name, or a row with a page of its own


@dataclass(frozen=True)
class Saved[T]:
    """The result of an action that was carried out."""

    value: T


def attempt[T](form: forms.Form, save: Callable[[], T]) -> Saved[T] | None:
    """Carry out an action with a valid form; None when it is not valid or the action refused.

    Additions of its fields come first, in the same transaction. A refusal is put beside its
    field, one of the database itself above the form. It is also None when nothing can be
    written: the form says so and keeps what was typed, and its page gets the status 507
    (RefusalMiddleware).
    """
    if not form.is_valid():
        return None
    try:
        return Saved(with_added(save, form))
    except Refused as refused:
        add_refusal(form, refused)
    except IntegrityError as violated:
        refusal = refusal_of(violated)
        if refusal is None:
            raise
        add_refusal(form, refusal)
    except (OSError, DatabaseError) as error:
        why = unwritable(error)
        if why is None or connection.in_atomic_block:
            raise
        log.warning("%s: the form %s was not saved", why.value, type(form).__name__)
        add_refusal(form, Refused(why.sentence))
        form.unwritable = True  # type: ignore[attr-defined]
    return None


def typed(request: HttpRequest) -> QueryDict | None:
    """Return the posted data; None where the form is only asked for."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: HttpRequest, form: forms.Form, template: str = "ui/form_page.html", **context: object
) -> HttpResponse:
    """Return the page of one form: as asked for, or (400) with the errors to correct."""
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    return page(request, template, {"form": form, **context}, status=status)


def edit_page[T](
    request: HttpRequest,
    form: forms.Form,
    save: Callable[[], T],
    *,
    done: str | Callable[[T], str],
    after: Place | Callable[[T], Place] | None = None,
    cancel_url: str,
    breadcrumbs: Sequence[Crumb],
    template: str = "ui/form_page.html",
    in_form: Callable[[Mapping[str, Any]], Mapping[str, object]] = dict,
    **context: object,
) -> HttpResponse:
    """Show a form; save the input, say so and go on. The rest is for the template.

    `done` is said and `after` gone to when it is saved, or the page of what `save` returned; both
    may depend on that. Where somebody else saved first both texts are shown; `in_form` gives
    theirs by form field.
    """
    let_add(form, request.user)
    try:
        saved = attempt(form, save)
    except Conflict as found:
        theirs = Conflict({**in_form(found.current), "edit_version": found.edit_version})
        return conflict(request, form, theirs, cancel_url=cancel_url, breadcrumbs=breadcrumbs)
    if saved is not None:
        return _go_on(request, saved.value, done, after)
    context |= {"cancel_url": cancel_url, "breadcrumbs": breadcrumbs}
    return form_page(request, form, template, **context)


def confirm_page[T](
    request: HttpRequest,
    act: Callable[[], T],
    *,
    done: str | Callable[[T], str],
    after: Place | Callable[[T], Place] | None = None,
    danger: bool = True,
    template: str = "ui/confirm.html",
    **context: object,
) -> HttpResponse:
    """Ask whether one is sure; carry it out when posted, say so and go on.

    The template wants title, text, submit_label, cancel_url and breadcrumbs; `lines` stand below
    the text.
    """
    if request.method == "POST":
        return _go_on(request, act(), done, after)
    return page(request, template, {"danger": danger, **context})


def _go_on[T](
    request: HttpRequest,
    value: T,
    done: str | Callable[[T], str],
    after: Place | Callable[[T], Place] | None,
) -> HttpResponse:
    messages.success(request, done(value) if callable(done) else done)
    place: Any = after(value) if callable(after) else after or value
    return redirect(place)
