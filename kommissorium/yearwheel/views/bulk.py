"""Finish, skip or move several occurrences at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.yearwheel.actions import finish_many, move_many, skip_many
from kommissorium.yearwheel.forms import BecauseForm, FinishManyForm, MoveForm
from kommissorium.yearwheel.models import Occurrence
from kommissorium.yearwheel.views import crumbs, wheel_committee, year_url

MOST, MOST_DIGITS = 200, 18
ACTS: dict[str, tuple[type[forms.Form], Callable[..., int]]] = {
    "completion": (FinishManyForm, finish_many),
    "skipping": (BecauseForm, skip_many),
    "move": (MoveForm, move_many),
}


@require_http_methods(["GET", "POST"])
def several(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Finish, skip or move what was chosen: all of it, or none and why."""
    if act not in ACTS:
        raise Http404
    committee, person = wheel_committee(request, pk), person_of(request)
    chosen = _chosen(request, pk, person)
    back = year_url(committee, chosen[0].due if chosen else None)
    if not chosen:
        raise Refused(_("Choose at least one on the wheel first."))
    form_class, act_on = ACTS[act]
    form = form_class(typed(request))
    if attempt(form, lambda: act_on(chosen, by=person, **form.cleaned_data)):
        messages.success(request, _said(act, len(chosen)))
        return redirect(back)
    return form_page(
        request,
        form,
        "yearwheel/several.html",
        chosen=chosen,
        cancel_url=back,
        breadcrumbs=crumbs(committee, _title(act)),
        title=_title(act),
        submit_label=_title(act),
    )


def _chosen(request: HttpRequest, pk: int, person: Person) -> Sequence[Occurrence]:
    wanted = request.POST if request.method == "POST" else request.GET
    keys = [
        int(key)
        for key in wanted.getlist("occurrence")
        if key.isdecimal() and len(key) < MOST_DIGITS
    ][:MOST]
    visible: Any = Occurrence.objects.visible_to(person).in_order(keys)
    rows = visible.filter(duty__committee=pk).select_related(
        "duty__committee", "duty__responsible_person"
    )
    return list(rows)


def _title(act: str) -> str:
    return {
        "completion": _("Mark as done"),
        "skipping": _("Skip them"),
        "move": _("Move them"),
    }[act]


def _said(act: str, number: int) -> str:
    text = {
        "completion": ngettext("%(number)d is done.", "%(number)d are done.", number),
        "skipping": ngettext("%(number)d is skipped.", "%(number)d are skipped.", number),
        "move": ngettext("%(number)d is moved.", "%(number)d are moved.", number),
    }[act]
    return text % {"number": number}
