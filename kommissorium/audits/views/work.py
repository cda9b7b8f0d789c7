"""Pages of the auditor's work: who it is, the material, samples and the checklist."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.models import Asset
from kommissorium.audits.actions.readings import log_reading
from kommissorium.audits.actions.work import (
    add_checks,
    answer_check,
    change_settings,
    draw_sample,
    name_auditor,
)
from kommissorium.audits.forms import (
    AuditorForm,
    CheckForm,
    ChecklistForm,
    SampleForm,
    SettingsForm,
)
from kommissorium.audits.kind import KIND, reads_material
from kommissorium.audits.models import Audit, AuditReading, AuditReport, CheckLine
from kommissorium.audits.scope import clause_numbers, clauses_of, controls_of, systems_in
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.core.ui.responses import page
from kommissorium.registers.views.activities import activity_frame, activity_home, activity_of
from kommissorium.registers.views.settings import settings_page

both = require_http_methods(["GET", "POST"])
SHOWN = 50  # systems on a page of the material


@both
def audit_auditor(request: HttpRequest, pk: int) -> HttpResponse:
    """Name another auditor, or other days."""
    found, person = activity_of(KIND, request, pk), person_of(request)
    if not found.auditor_can_be_named_by(person):
        raise PermissionDenied
    form = AuditorForm(typed(request), row=found)
    return edit_page(
        request,
        form,
        lambda: name_auditor(found, by=person, values=form.values(), edit_version=form.version),
        done=_("The auditor is named."),
        in_form=form.theirs,
        **activity_frame(KIND, found, _("Auditor and days")),
    )


@require_GET
def audit_material(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the scope needs: its clauses, its controls, and systems, with who owns each."""
    found, person = activity_of(KIND, request, pk), person_of(request)
    if not reads_material(found, person):
        raise PermissionDenied
    log_reading(found, person, AuditReading.What.MATERIAL)
    words = request.GET.get("q", "").strip()[:100]
    systems = systems_in(found.area)
    samples = list(found.samples.select_related("made_by"))
    drawn = {key for one in samples for key in one.drawn}
    shown = Asset.objects.filter(pk__in=drawn).order_by("name", "pk")
    found_ones = systems.filter(name__icontains=words).order_by("name", "pk")
    committee = found.plan.committee_id
    context = {
        "audit": found,
        "clauses": clauses_of(clause_numbers(found.clauses), committee),
        "controls": controls_of(found),
        "number": systems.count(),
        "samples": samples,
        "systems": _with_owners((found_ones if words else shown)[:SHOWN]),
        "words": words,
        "shown": SHOWN,
        "may_draw": _may_work(found, person),
    }
    return page(
        request,
        "audits/material.html",
        context | activity_frame(KIND, found, _("Material of the audit")),
    )


@both
def audit_sample(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw systems at random."""
    found = _worked_on(request, pk)
    form = SampleForm(typed(request))
    number = systems_in(found.area).count()
    text = ngettext(
        "There is %(number)d system in the scope. The seed and the population are kept.",
        "There are %(number)d systems in the scope. The seed and the population are kept.",
        number,
    )
    by = person_of(request)
    return edit_page(
        request,
        form,
        lambda: draw_sample(found, by=by, number=form.cleaned_data["number"]),
        done=_("The sample is drawn."),
        lead=text % {"number": number},
        **activity_frame(KIND, found, _("Draw systems at random"))
        | {"after": reverse("audit_material", args=[pk]), "cancel_url": found.material_url()},
    )


@both
def audit_checklist(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the checklist, and add lines to it."""
    found, person = activity_of(KIND, request, pk), person_of(request)
    if not reads_material(found, person):
        raise PermissionDenied
    may_work = _may_work(found, person)
    if request.method == "POST" and not found.can_be_worked_on_by(person):
        raise PermissionDenied
    form = ChecklistForm(typed(request), initial={"lines": "\n".join(_proposed(found))})
    return edit_page(
        request,
        form,
        lambda: add_checks(found, by=person, lines=form.cleaned_data["lines"].splitlines()),
        done=_("The lines are added."),
        template="audits/checklist.html",
        lines=found.checks.all(),
        may_work=may_work,
        **activity_frame(KIND, found, _("Checklist"))
        | {"after": reverse("audit_checklist", args=[pk])},
    )


@both
def audit_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a line of the checklist showed."""
    person = person_of(request)
    rows = CheckLine.objects.filter(audit__in=KIND.visible_to(person).order_by().values("pk"))
    line = get_object_or_404(rows.select_related("audit__plan"), pk=pk)
    if not line.audit.can_be_worked_on_by(person):
        raise PermissionDenied
    form = CheckForm(typed(request), row=line)
    address = reverse("audit_checklist", args=[line.audit_id])
    return edit_page(
        request,
        form,
        lambda: answer_check(line, by=person, values=form.values(), edit_version=form.version),
        done=_("It is noted."),
        in_form=form.theirs,
        lead=line.text,
        **activity_frame(KIND, line.audit, _("What it showed"))
        | {"after": address, "cancel_url": address},
    )


@both
def audit_settings(request: HttpRequest) -> HttpResponse:
    """Say how often an audit is wanted."""
    home, title = activity_home(KIND), _("Settings of audits")
    return settings_page(request, SettingsForm, change_settings, home, title)


def _may_work(found: Audit, person: Any) -> bool:
    return (
        found.can_be_worked_on_by(person) and not AuditReport.objects.filter(audit=found).exists()
    )


def _worked_on(request: HttpRequest, pk: int) -> Audit:
    found = activity_of(KIND, request, pk)
    if not found.can_be_worked_on_by(person_of(request)):
        raise PermissionDenied
    return found


def _proposed(found: Audit) -> list[str]:
    """Return lines for a checklist of the scope, but those that are there already."""
    there = set(found.checks.values_list("text", flat=True))
    clauses = clauses_of(clause_numbers(found.clauses), found.plan.committee_id)
    lines = [f"{one.number} {' '.join(one.text.split())}"[:300] for one in clauses]
    lines += [f"ISO {number}: {title}"[:300] for number, title in controls_of(found)]
    return [one for one in dict.fromkeys(lines) if one not in there]


def _with_owners(rows: Any) -> list[tuple[Asset, str]]:
    """Return systems, each with the names of who has a role in it (two queries)."""
    found = rows.select_related("area", "supplier").prefetch_related("ownerships__person")
    return [(one, ", ".join(dict.fromkeys(_owners(one)))) for one in found]


def _owners(one: Asset) -> list[str]:
    return [held.person.name for held in one.ownerships.all() if held.to_date is None]
