"""Acts on a row by the page of one form, declared: title, form, and effect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.form_pages import edit_page, typed

SAVED: Final = _("It is saved.")


@dataclass(frozen=True)
class Act:
    """A page of one form: what it is called, what it does to a row, and what is said then.

    The form takes the row, and files where it is `multipart`; its `given` is what `run` takes.
    """

    title: str | Promise
    form: Callable[..., Any]
    run: Callable[..., object]
    done: str | Promise = SAVED
    part: str = ""  # of the row's page, to which it leads back
    may: Callable[[Any, Person], bool] | None = None  # where it is not for who does all others
    more: Mapping[str, Any] = field(default_factory=dict)


def act_page(request: HttpRequest, act: Act, row: Any, **frame: Any) -> HttpResponse:
    """Show the form of an act, or do it."""
    files = (request.FILES or None,) if act.more.get("multipart") else ()
    form = act.form(typed(request), *files, row=row)
    return edit_page(
        request,
        form,
        lambda: act.run(row, by=person_of(request), **form.given()),
        done=str(act.done),
        **act.more,
        **frame,
    )
