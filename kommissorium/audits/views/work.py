"""Pages of the auditor's work: the auditor, the material, samples and the checklist."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.models import Asset
from kommissorium.audits.actions.readings import log_reading
from kommissorium.audits.actions.work import add_checks, answer_check, draw_sample, name_auditor
from kommissorium.audits.forms import CheckForm, ChecklistForm, SampleForm
from kommissorium.audits.kind import AUDITOR, KIND, reads_material
from kommissorium.audits.models import Audit, AuditReading, AuditReport, CheckLine
from kommissorium.audits.scope import clause_numbers, clauses_of, controls_of, systems_in
from kommissorium.core.ui.form_pages import typed
from kommissorium.core.ui.responses import page
from kommissorium.registers.forms.rows import row_form
from kommissorium.registers.views.activities import activity_pages

both = require_http_methods(["GET", "POST"])
SHOWN = 50  # systems on a page of the material
PAGES = activity_pages(KIND)
AuditorForm = row_form(Audit, *AUDITOR)


@both
def audit_auditor(request: HttpRequest, pk: int) -> HttpResponse:
    """Name another auditor, or other days."""
    found = PAGES.get(request, pk, "auditor_can_be_named_by")
    form = AuditorForm(typed(request), row=found)
    title, done = _("Auditor and days"), _("The auditor is named.")
    return PAGES.change(request, found, form, name_auditor, title=title, done=done)


@require_GET
def audit_material(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the material of the scope: its clauses, its controls, and systems with their owners."""
    found, person = PAGES.get(request, pk, reads_material), person_of(request)
    log_reading(found, person, AuditReading.What.MATERIAL)
    words = request.GET.get("q", "").strip()[:100]
    systems = systems_in(found.area)
    samples = list(found.samples.select_related("made_by"))
    drawn = {key for one in samples for key in one.drawn}
    asked = systems.filter(name__icontains=words) if words else Asset.objects.filter(pk__in=drawn)
    context = {
        "audit": found,
        "clauses": clauses_of(clause_numbers(found.clauses), found.plan.committee_id),
        "controls": controls_of(found),
        "number": systems.count(),
        "samples": samples,
        "systems": _with_owners(asked.order_by("name", "pk")[:SHOWN]),
        "words": words,
        "shown": SHOWN,
        "may_draw": _may_work(found, person),
        **PAGES.frame(found, _("Material of the audit")),
    }
    return page(request, "audits/material.html", context)


@both
def audit_sample(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw systems at random."""
    found = PAGES.get(request, pk, "can_be_worked_on_by")
    number, address = systems_in(found.area).count(), found.material_url()
    text = ngettext(
        "There is %(number)d system in the scope. The seed and the population are kept.",
        "There are %(number)d systems in the scope. The seed and the population are kept.",
        number,
    )
    words = {"title": _("Draw systems at random"), "done": _("The sample is drawn.")}
    more = {"lead": text % {"number": number}, "after": address, "cancel_url": address}
    return PAGES.act(request, found, SampleForm(typed(request)), draw_sample, **words, **more)


@both
def audit_checklist(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the checklist, and add lines to it."""
    found, person = PAGES.get(request, pk, reads_material), person_of(request)
    if request.method == "POST" and not found.can_be_worked_on_by(person):
        raise PermissionDenied
    words = {"title": _("Checklist"), "done": _("It is added.")}
    return PAGES.act(
        request,
        found,
        ChecklistForm(typed(request), initial={"lines": "\n".join(_proposed(found))}),
        add_checks,
        template="audits/checklist.html",
        lines=found.checks.all(),
        may_work=_may_work(found, person),
        after=reverse("audit_checklist", args=[pk]),
        **words,
    )


@both
def audit_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what a line of the checklist showed."""
    line = get_object_or_404(CheckLine.objects.select_related("audit"), pk=pk)
    found = PAGES.get(request, line.audit_id, "can_be_worked_on_by")
    address = reverse("audit_checklist", args=[found.pk])
    frame = PAGES.frame(found, _("What it showed")) | {"after": address, "cancel_url": address}
    frame |= {"lead": line.text}
    form, done = CheckForm(typed(request), row=line), _("It is noted.")
    return PAGES.change(request, line, form, answer_check, done=done, frame=frame)


def _may_work(found: Audit, person: Person) -> bool:
    is_issued = AuditReport.objects.filter(audit=found).exists()
    return found.can_be_worked_on_by(person) and not is_issued


def _proposed(found: Audit) -> list[str]:
    """Return lines for a checklist of the scope, except those that are there already."""
    there = set(found.checks.values_list("text", flat=True))
    clauses = clauses_of(clause_numbers(found.clauses), found.plan.committee_id)
    lines = [f"{one.number} {' '.join(one.text.split())}"[:300] for one in clauses]
    lines += [f"ISO {number}: {title}"[:300] for number, title in controls_of(found)]
    return [one for one in dict.fromkeys(lines) if one not in there]


def _with_owners(rows: Any) -> list[tuple[Asset, str]]:
    """Return systems, each with the names of those with a role in it (two queries)."""
    found = rows.select_related("area", "supplier").prefetch_related("ownerships__person")
    return [(one, ", ".join(dict.fromkeys(_owners(one)))) for one in found]


def _owners(one: Asset) -> list[str]:
    return [held.person.name for held in one.ownerships.all() if held.to_date is None]
