"""Who audits: named, or another one asked for where the audit was held, and the answer to that."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.signed_in import person_of, step_up
from kommissorium.accounts.views.second_yes import answer_page
from kommissorium.audits.actions.auditor_changes import (
    accept_auditor,
    refuse_auditor,
    who_audits,
)
from kommissorium.audits.actions.work import name_auditor
from kommissorium.audits.kind import AUDITOR, KIND, days_of_auditor
from kommissorium.audits.models import Audit, AuditorChange
from kommissorium.audits.views.work import PAGES, both
from kommissorium.core.ui.form_pages import typed
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.required import When
from kommissorium.registers.forms.rows import RowForm


class AuditorForm(RowForm):
    """The auditor of an audit and the days; of an approved plan also why they are independent."""

    model, names = Audit, AUDITOR

    def __init__(self, data: Any = None, *, row: Audit) -> None:
        super().__init__(data, row=row)
        self.fields["independence"].required = row.plan.is_approved


class HeldAuditorForm(AuditorForm):
    """The auditor of an audit that was held: for another one it asks why."""

    required_when: Mapping[str, When] = {
        "because": When(
            gettext_lazy("it is another auditor"),
            lambda form: form.cleaned_data.get("auditor") not in (None, form.row.auditor),
            gettext_lazy("Write why."),
        )
    }

    def __init__(self, data: Any = None, *, row: Audit) -> None:
        super().__init__(data, row=row)
        self.fields["because"] = forms.CharField(
            label=gettext_lazy("Why another auditor?"),
            help_text=gettext_lazy(
                "Whoever chairs the committee, or the auditor until now, says yes to it."
            ),
            max_length=1000,
            required=False,
            widget=forms.Textarea({"rows": 3}),
        )


@both
def audit_auditor(request: HttpRequest, pk: int) -> HttpResponse:
    """Name another auditor, or other days; ask for another one where the audit was held."""
    found = PAGES.get(request, pk, "auditor_can_be_named_by")
    form = (HeldAuditorForm if found.is_held else AuditorForm)(typed(request), row=found)
    act = partial(name_auditor, because=request.POST.get("because", ""))
    return PAGES.change(request, found, form, act, title=_("Auditor and days"), done=_named)


def _named(change: AuditorChange | None) -> str:
    if change is None:
        return _("The auditor is named.")
    text = _("It waits for the yes of %(before)s, or of whoever chairs the committee.")
    return text % {"before": change.before.name}


@both
def audit_auditor_change(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say yes or no to another auditor. 404 to those whom it does not concern."""
    along = ("audit__plan__committee", "person", "by", "before")
    row = get_object_or_404(AuditorChange.objects.select_related(*along), pk=pk)
    if not row.can_be_refused_by(person_of(request)):
        raise Http404
    return _answer_change(request, row)


@step_up
def _answer_change(request: HttpRequest, row: AuditorChange) -> HttpResponse:
    by, audit, second = person_of(request), row.audit, _("Second yes")
    sees = KIND.visible_to(by).filter(pk=audit.pk).exists()

    def yes() -> str:
        accept_auditor(row, by=by)
        return _("%(name)s is the auditor now.") % {"name": row.person.name}

    return answer_page(
        request,
        row,
        yes=yes,
        no=lambda: refuse_auditor(row, by=by),
        back=audit.get_absolute_url() if sees else reverse("overview"),
        title=_("Another auditor waits for a second yes"),
        text=who_audits(row),
        facts=[(_("Why the auditor is independent"), row.independence), *days_of_auditor(row)],
        breadcrumbs=PAGES.path(audit, second) if sees else [Crumb(audit.title), Crumb(second)],
    )
