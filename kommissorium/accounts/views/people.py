"""The list of people, on the page and as a file; one person, and changing them."""

from __future__ import annotations

import csv
import io
import re

from django.conf import settings
from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kommissorium.accounts.actions import add_person, change_person
from kommissorium.accounts.actions.invitations import invitation_is_lost
from kommissorium.accounts.forms import UNLINKED, PeopleFilter, PersonEditForm, PersonForm
from kommissorium.accounts.history import entries
from kommissorium.accounts.models import (
    DirectoryLink,
    OrganisationRole,
    Person,
    SignInState,
    can_be_confirmed_by,
    danish_order,
    held_on,
)
from kommissorium.accounts.signed_in import person_of, step_up
from kommissorium.accounts.views.common import keeper, path_to, visible_person
from kommissorium.accounts.waiting import makings_in_words, waiting_for
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import edit_page
from kommissorium.core.ui.forms import add_refusal
from kommissorium.core.ui.navigation import paged, sorted_by
from kommissorium.core.ui.responses import invalid, page

ORDERED = {"name": "name", "title": "job_title", "department": "department"}
COLUMNS = {
    "name": "name_order",
    "title": "title_order",
    "department": "department_order",
    "login": "sign_in_state",
}
FORMULA = re.compile(r"^\s*[=+\-@\t\r]")


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Show everybody to those who keep people, and to auditors."""
    narrowed = PeopleFilter(request.GET)
    context = {
        "waiting_rows": waiting_for(person_of(request)),
        "narrowed": narrowed,
        "people": paged(_listed(request, narrowed), request),
        "can_add": Person.can_be_kept_by(person_of(request)),
        "export_query": request.GET.urlencode(),
    }
    return page(request, "accounts/people.html", context)


@require_safe
def people_export(request: HttpRequest) -> HttpResponse:
    """Return the list as it is narrowed and sorted, for a spreadsheet."""
    rows = _listed(request, PeopleFilter(request.GET))
    response = HttpResponse(_written(rows), content_type="text/csv; charset=utf-8")
    name = _("people")
    response["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate()}.csv"'
    return response


def _listed(request: HttpRequest, narrowed: PeopleFilter) -> QuerySet[Person]:
    person, today = person_of(request), timezone.localdate()
    if not Person.can_be_listed_by(person):
        raise Http404
    found = Person.objects.visible_to(person).with_sign_in(timezone.now())
    found = found.found_by(narrowed.value("q"))
    if kind := narrowed.value("role"):
        found = found.with_role(kind, today)
    if state := narrowed.value("state"):
        found = found.filter(sign_in_state=state)
    if linked := narrowed.value("directory"):
        found = found.filter(directory_account__isnull=linked == UNLINKED)
    orders = {f"{name}_order": danish_order(field) for name, field in ORDERED.items()}
    ordered = sorted_by(found.annotate(**orders), request, COLUMNS, "name")
    held = OrganisationRole.objects.filter(held_on(today))
    return ordered.prefetch_related(Prefetch("roles", held, to_attr="roles_today"))


def _written(rows: QuerySet[Person]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    titles = (_("Name"), _("E-mail"), _("Job title"), _("Department"), _("Roles"), _("Login"))
    writer.writerow([*titles, _("Second step"), _("Link")])
    labels = dict(SignInState.choices)
    for row in rows:
        roles = ", ".join(role.get_kind_display() for role in row.roles_today)
        step = _("Yes") if row.has_second_step else _("No")
        cells = (row.name, row.email or "", row.job_title, row.department, roles)
        link = f"{settings.SITE_URL}{row.get_absolute_url()}"
        signs_in = (str(labels[row.sign_in_state]), step, link)
        writer.writerow([_harmless(cell) for cell in (*cells, *signs_in)])
    # The mark at the start tells spreadsheets that æøå are written in UTF-8.
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    # A spreadsheet would take these for formulas and run them.
    return f"'{cell}" if FORMULA.match(cell) else cell


NEWEST = 10


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the card, the roles, how the person signs in and what has happened."""
    by = person_of(request)
    visible = Person.objects.visible_to(by).with_sign_in(timezone.now())
    shown = get_object_or_404(visible, pk=pk)
    context = {
        "shown": shown,
        "waiting_rows": waiting_for(by, shown),
        "roles": [(role, _can_end(role, by)) for role in shown.roles.all()],
        "invitation": (invitation := shown.invitations.first()),
        "is_invitation_lost": invitation is not None and invitation_is_lost(invitation),
        "can_show_link": shown.invitation_can_be_shown_to(by),
        "can_edit": Person.can_be_kept_by(by),
        "can_keep_sign_in": shown.sign_in_can_be_kept_by(by),
        "directory": settings.DIRECTORY,
        "can_link": settings.DIRECTORY and DirectoryLink.can_be_asked_by(by, shown),
        "can_reset": shown.second_step_can_be_reset_by(by) and shown.has_second_step,
        "made_up": (made_up := makings_in_words(shown)),
        "can_confirm": bool(made_up) and can_be_confirmed_by(shown, by),
        "breadcrumbs": path_to(request, shown),
        **_history(request, shown),
    }
    return page(request, "accounts/person.html", context)


def _can_end(role: OrganisationRole, by: Person) -> bool:
    ended = role.has_ended_by(timezone.localdate())
    return not ended and OrganisationRole.can_be_given_by(by, role.kind)


def _history(request: HttpRequest, shown: Person) -> dict[str, object]:
    events = Event.objects.about(shown)
    if request.GET.get("history") == "all":
        slice_of_it = paged(events, request)
        return {"entries": entries(list(slice_of_it)), "history_page": slice_of_it}
    newest = list(events[: NEWEST + 1])
    return {"entries": entries(newest[:NEWEST]), "has_more_history": len(newest) > NEWEST}


@require_http_methods(["GET", "HEAD", "POST"])
def person_add(request: HttpRequest) -> HttpResponse:
    """Add a person, without a login."""
    by = keeper(request)
    form = PersonForm(request.POST or None)
    if form.is_valid():
        try:
            added = add_person(by=by, **form.values())
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("%(name)s is added.") % {"name": added.name})
            return redirect("person", added.pk)
    context = {
        "form": form,
        "title": _("Add a person"),
        "lead": _("The person cannot sign in until you send an invitation."),
        "submit_label": _("Add"),
        "cancel_url": reverse("people"),
        "breadcrumbs": path_to(request, last=_("Add a person")),
    }
    return (invalid if form.is_bound else page)(request, "ui/form_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def person_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Correct a card. 404 to those who keep no people; a new e-mail asks who is there."""
    keeper(request)
    kept = visible_person(request, pk)
    typed = request.POST.get("email", kept.email or "").strip().lower()
    view = _edit if typed == (kept.email or "") else step_up(_edit)
    return view(request, pk)


def _edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a card. Whoever saves second sees both versions."""
    by, kept = keeper(request), visible_person(request, pk)
    form = PersonEditForm(request.POST) if request.method == "POST" else PersonEditForm.of(kept)
    back = reverse("person", args=[pk])
    return edit_page(
        request,
        form,
        lambda: change_person(kept, by=by, **form.values()),
        done=_saved,
        after=lambda _waits: back,
        title=_("Correct %(name)s") % {"name": kept.name},
        cancel_url=back,
        breadcrumbs=path_to(request, kept, _("Edit")),
    )


def _saved(waits: bool) -> str:
    if waits:
        return _(
            "The card was saved. The new e-mail waits: a link went to the old one. Where "
            "nobody reads that any more, two administrators can agree. Then the password "
            "and second step no longer work, and an invitation goes to the new e-mail."
        )
    return _("It is saved.")
