"""Personal data: what is kept of whom and how long, all that is kept of one person, and its erasure."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from kommissorium.accounts.actions.readings import note_reading
from kommissorium.accounts.models import Municipality, Person, Reading, danish_order
from kommissorium.accounts.person_choice import PersonChoice, offer_people
from kommissorium.accounts.signed_in import person_of, step_up
from kommissorium.accounts.views.common import path_to
from kommissorium.core.ui.form_pages import confirm_page
from kommissorium.core.ui.forms import PlainForm
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import download_workbook, invalid, page
from kommissorium.registers.mails import is_dpo
from kommissorium.secretariat.actions.erasure import erase_person
from kommissorium.secretariat.personal_data import KINDS, data_of


class WhoseForm(PlainForm):
    """Whose data are asked for."""

    person = PersonChoice(
        label=gettext_lazy("Person"),
        empty_label=gettext_lazy("Choose a person"),
        error_messages={"required": gettext_lazy("Choose a person.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody: Any = Person.objects.order_by(danish_order("name"), "pk")
        offer_people(self.fields["person"], everybody)


def may_gather(person: Person) -> bool:
    """Return whether `person` may gather what is kept of others."""
    return Person.can_be_kept_by(person) or is_dpo(person)


@require_safe
def personal_data(request: HttpRequest) -> HttpResponse:
    """Show what is kept of whom, why and how long; and gather what is kept of one person."""
    person, form = person_of(request), WhoseForm(request.GET or None)
    gathers = may_gather(person)
    context = {
        "kinds": KINDS,
        "form": form if gathers else None,
        "breadcrumbs": [Crumb(_("My account"), reverse("account")), Crumb(_("Personal data"))],
    }
    if gathers and form.is_bound:
        if form.is_valid():
            return redirect("personal_data_of", form.cleaned_data["person"].pk)
        return invalid(request, "secretariat/personal_data.html", context)
    return page(request, "secretariat/personal_data.html", context)


@require_safe
def personal_data_of(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out all that is kept of a person: to that person, and to whoever may gather it."""
    by = person_of(request)
    if by.pk != pk and not may_gather(by):
        raise Http404
    found = get_object_or_404(Person, pk=pk)
    note_reading(found, by=by, what=Reading.What.EXPORT)
    name = f"{_('personal-data')}-{found.pk}-{timezone.localdate()}.xlsx"
    title, author = _("Personal data"), Municipality.current().name
    return download_workbook(data_of(found), name, title=title, author=author)


@require_http_methods(["GET", "POST"])
def person_erasure(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Erase who a person was that has left, after one question."""
    _erasable(request, pk)
    return _erase(request, pk)


@step_up
def _erase(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _erasable(request, pk), person_of(request)
    name, address = {"name": found.name}, found.get_absolute_url()
    return confirm_page(
        request,
        lambda: erase_person(found, by=by),
        done=_("%(name)s is erased.") % name,
        after=address,
        title=_("Erase the person"),
        text=_(
            "Name, e-mail, job title, department, sign-in and mails of %(name)s are erased and "
            "cannot be had back. What the person did and decided stays, without the name. "
            "Approved papers keep their names: they are records of a public authority."
        )
        % name,
        submit_label=_("Erase the person"),
        cancel_url=address,
        breadcrumbs=path_to(request, found, _("Erase the person")),
    )


def _erasable(request: HttpRequest, pk: int) -> Person:
    """Return a person whom the person signed in may erase. Raises Http404."""
    by = person_of(request)
    found: Person = get_object_or_404(Person.objects.visible_to(by), pk=pk)
    if not (Person.can_be_kept_by(by) and found.sign_in_can_be_kept_by(by)):
        raise Http404
    return found
