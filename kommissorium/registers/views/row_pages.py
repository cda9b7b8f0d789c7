"""The pages of forms about the rows of one sort, of their history, and of a register's settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.history import entries, history_of
from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.form_pages import confirm_page, edit_page, typed
from kommissorium.core.ui.forms import PlainForm
from kommissorium.core.ui.navigation import Crumb, HasPage, paged, path_of
from kommissorium.core.ui.responses import page
from kommissorium.registers.forms.rows import RowForm, row_form
from kommissorium.registers.models.kept import RoomSettings


def history_page(
    request: HttpRequest,
    events: QuerySet[Event],
    path: Sequence[Crumb],
    lead: str = "",
    *,
    row: Model | None = None,
    labels: Callable[[list[Event]], Mapping[int, str]] = lambda _events: {},
) -> HttpResponse:
    """Show events, the newest first; `path` leads to what they are about.

    `row` is the thing they tell of, where it is one whose versions are kept, and `labels` what
    others are called that events speak of.
    """
    shown = paged(events.order_by("-seq"), request)
    listed = list(shown)
    context = {
        "page": shown,
        "entries": history_of(row, listed, person_of(request), labels(listed))
        if row
        else entries(listed),
        "lead": lead,
        "breadcrumbs": path_of(*path, _("History")),
    }
    return page(request, "registers/history.html", context)


type Predicate = Callable[[Any, Person], bool]
type Done = str | Callable[[Any], str]


@dataclass(frozen=True)
class RowPages[M: Model]:
    """The rows that a person may read, and the page above theirs.

    Their model says by `can_be_changed_by` who may add and change them. An action takes the row,
    `by` and `values`, and `edit_version` where it changes the row.
    """

    home: Callable[[], Crumb]
    rows: Callable[[Person], QuerySet[M]]
    above: Sequence[Callable[[], Crumb]] = ()  # the pages above that page
    steps: Callable[[Any], Sequence[HasPage | Crumb]] = lambda row: (
        row,
    )  # the path to a row from there
    events: Callable[[Any, Person], QuerySet[Event]] = lambda row, _person: Event.objects.about(row)

    def get(self, request: HttpRequest, pk: int, may: str | Predicate = "") -> M:
        """Return a row. Raises Http404, and PermissionDenied where that predicate says no."""
        person = person_of(request)
        found = get_object_or_404(self.rows(person), pk=pk)
        if callable(may):
            is_allowed = may(found, person)
        else:
            is_allowed = not may or attrgetter(may)(found)(person)
        if not is_allowed:
            raise PermissionDenied
        return found

    def path(self, *words: str | Crumb | HasPage) -> list[Crumb]:
        """Return the path to a page."""
        return path_of(*(one() for one in self.above), self.home(), *words)

    def history(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what happened to a row, the newest first."""
        found: Any = self.get(request, pk)
        path = self.path(*self.steps(found))
        events = self.events(found, person_of(request))
        return history_page(request, events, path, str(found), row=found)

    def frame(self, row: Any, title: str, **more: Any) -> dict[str, Any]:
        """Return what the page of a form about a row says, and where it leads; without a row it
        stands below the page above."""
        url = row.get_absolute_url() if row else self.home().url
        path = self.path(*self.steps(row), title) if row else self.path(title)
        after = {"after": row} if row else {}
        return {"title": title, "cancel_url": url, "breadcrumbs": path, **after, **more}

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
            **self.frame(None, title),
        )

    def act(
        self,
        request: HttpRequest,
        row: Any,
        form: RowForm | PlainForm,
        act: Callable[..., Any],
        *,
        title: str,
        done: Done,
        **more: Any,
    ) -> HttpResponse:
        """Do something about a row that does not change it; an action takes the fields of a form
        that is not of a model each by its name."""

        def save() -> Any:
            given = {"values": form.values()} if isinstance(form, RowForm) else form.cleaned_data
            return act(row, by=person_of(request), **given)

        return edit_page(
            request,
            form,
            save,
            done=done,
            **self.frame(row, title) | more,
        )

    def confirm(
        self,
        request: HttpRequest,
        row: Any,
        act: Callable[..., Any],
        *,
        title: str,
        frame: dict[str, Any] | None = None,
        **more: Any,
    ) -> HttpResponse:
        """Ask whether one is sure of what is done to a row, or with another `frame` to what
        belongs to one; and do it."""
        shown = (frame or self.frame(row, title)) | more
        return confirm_page(request, lambda: act(row, by=person_of(request)), **shown)

    def change(
        self,
        request: HttpRequest,
        row: Any,
        form: RowForm,
        act: Callable[..., Any],
        *,
        done: Done,
        title: str = "",
        frame: dict[str, Any] | None = None,
        **more: Any,
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
            **(frame or self.frame(row, title or _("Edit"))) | more,
        )


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
