"""The pages of forms about the rows of one sort: who may, where they lead, and what is saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.form_pages import edit_page
from kommissorium.core.ui.navigation import Crumb, path_of
from kommissorium.registers.forms.rows import RowForm
from kommissorium.registers.views.history import history_page

type Done = str | Callable[[Any], str]


@dataclass(frozen=True)
class RowPages[M: Model]:
    """The rows that a person may read, and the page above theirs.

    Their model says by `can_be_changed_by` who may add and change them. An action takes the row,
    `by` and `values`, and `edit_version` where it changes the row.
    """

    home: Callable[[], Crumb]
    rows: Callable[[Person], QuerySet[M]]

    def get(self, request: HttpRequest, pk: int, may: str = "") -> M:
        """Return a row. Raises Http404, and PermissionDenied where that predicate says no."""
        found = get_object_or_404(self.rows(person_of(request)), pk=pk)
        if may and not getattr(found, may)(person_of(request)):
            raise PermissionDenied
        return found

    def path(self, *words: str | Crumb) -> list[Crumb]:
        """Return the path to a page."""
        return path_of(self.home(), *words)

    def frame(self, row: Any, title: str) -> dict[str, Any]:
        """Return what the page of a form about a row says, and where it leads."""
        return {
            "title": title,
            "after": row,
            "cancel_url": row.get_absolute_url(),
            "breadcrumbs": self.path(Crumb(str(row), row.get_absolute_url()), title),
        }

    def history(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what happened to a row, the newest first."""
        found = self.get(request, pk)
        path = [self.home(), Crumb(str(found), found.get_absolute_url())]  # type: ignore[attr-defined]
        return history_page(request, Event.objects.about(found), path, str(found), row=found)

    def add(
        self,
        request: HttpRequest,
        form: RowForm,
        act: Callable[..., Any],
        *,
        title: str,
        done: Done,
        may: Callable[[Person], bool] | None = None,
    ) -> HttpResponse:
        """Add a row by `act`, for whom `may` says. Raises PermissionDenied."""
        may = may or form.model.can_be_changed_by  # type: ignore[attr-defined]
        if not may(person_of(request)):
            raise PermissionDenied
        return edit_page(
            request,
            form,
            lambda: act(by=person_of(request), values=form.values()),
            done=done,
            title=title,
            cancel_url=self.home().url,
            breadcrumbs=self.path(title),
        )

    def act(
        self,
        request: HttpRequest,
        row: Any,
        form: RowForm,
        act: Callable[..., Any],
        *,
        title: str,
        done: Done,
        **more: Any,
    ) -> HttpResponse:
        """Do something about a row that does not change it."""
        return edit_page(
            request,
            form,
            lambda: act(row, by=person_of(request), values=form.values()),
            done=done,
            **self.frame(row, title) | more,
        )

    def change(
        self,
        request: HttpRequest,
        row: Any,
        form: RowForm,
        act: Callable[..., Any],
        *,
        done: Done,
        frame: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Change a row, or with another `frame` what belongs to one; who saves second sees both
        texts."""
        return edit_page(
            request,
            form,
            lambda: act(
                row, by=person_of(request), values=form.values(), edit_version=form.version
            ),
            done=done,
            in_form=form.theirs,
            **frame or self.frame(row, _("Edit")),
        )
