"""The scales, their matrices and versions, and what happened to the rules of risk work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from math import ceil
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.models import reads_whole_register
from kommissorium.assets.views.common import reader_of_all
from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.form_pages import confirm_page, edit_page, typed
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import page
from kommissorium.registers.views.row_pages import RowPages, history_page
from kommissorium.risks.actions.scales import Content, change_scale, make_scale, use_scale
from kommissorium.risks.asking import (
    assessing_reader_of,
    crumbs,
    keeper_of,
    reads_rules,
    risks_home,
)
from kommissorium.risks.forms.scales import ScaleForm
from kommissorium.risks.matrix import matrix_of
from kommissorium.risks.models import TONES, Assessment, Scale
from kommissorium.risks.models.scales import LARGEST, SMALLEST

USUAL_SIZE = 4
SHOWN_ASSESSMENTS = 50


def _scales(person: Person) -> QuerySet[Scale]:
    found = Scale.objects.select_related("made_by")
    return found if reads_rules(person) else found.none()


SCALES = RowPages(
    lambda: Crumb(_("Scales"), reverse("scales")),
    _scales,
    above=(risks_home,),
    steps=lambda one: (Crumb(one.name, one.get_absolute_url()),),
)


@require_GET
def scales(request: HttpRequest) -> HttpResponse:
    """Show the newest version of each scale, the one in use first."""
    person = assessing_reader_of(request)
    rows = sorted(Scale.objects.newest(), key=lambda one: (not one.use_mark, one.name.casefold()))
    context = {
        "person": person,
        "scales": [(one, matrix_of(one)) for one in rows],
        "reads_whole_register": reads_whole_register(person),
        "may_keep": Scale.can_be_kept_by(person),
        "breadcrumbs": crumbs(_("Scales")),
    }
    return page(request, "risks/scales.html", context)


@require_GET
def scale(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a version of a scale, and which assessments were made by it."""
    person, found = person_of(request), SCALES.get(request, pk)
    versions = Scale.objects.filter(family=found.family).order_by("-version")
    made_by_it = Assessment.objects.visible_to(person).filter(scale=found)
    number = made_by_it.count()
    newest = versions[0]
    context = {
        "person": person,
        "scale": found,
        "matrix": matrix_of(found),
        "axes": [
            (_("Likelihood"), found.likelihood_steps),
            (_("Consequence"), found.consequence_steps),
        ],
        "versions": versions.annotate(number=Count("assessments")),
        "newest": newest,
        "is_newest": newest.pk == found.pk,
        "assessments": made_by_it[:SHOWN_ASSESSMENTS],
        "number": number,
        "not_shown": max(number - SHOWN_ASSESSMENTS, 0),
        "may_keep": Scale.can_be_kept_by(person),
        "breadcrumbs": SCALES.path(found.name),
    }
    return page(request, "risks/scale.html", context)


@require_http_methods(["GET", "POST"])
def scale_new(request: HttpRequest) -> HttpResponse:
    """Make a scale of 3, 4 or 5 steps."""
    person = keeper_of(request)
    size = _size_asked_for(request)
    form = ScaleForm(typed(request), size=size, initial=_suggested(size))
    return edit_page(
        request,
        form,
        lambda: make_scale(form.content(), by=person),
        done=lambda made: _("“%(name)s” is made.") % {"name": made.name},
        template="risks/scale_form.html",
        lead=_("Nothing is assessed by it before you take it into use."),
        sizes=range(SMALLEST, LARGEST + 1),
        submit_label=_("Make the scale"),
        **SCALES.frame(None, _("New scale")),
    )


@require_http_methods(["GET", "POST"])
def scale_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a scale a new version."""
    person, found = person_of(request), SCALES.get(request, pk, "can_be_kept_by")
    start = ScaleForm.initial_of(Content.of(found), found.version)
    form = ScaleForm(typed(request), size=found.size, initial=start)
    return edit_page(
        request,
        form,
        lambda: change_scale(_written_on(found, form), form.content(), by=person),
        done=lambda made: _saved(found, made),
        template="risks/scale_form.html",
        in_form=_as_typed,
        lead=_(
            "It becomes a new version. What was assessed by the old one keeps the old words and "
            "colours."
        ),
        submit_label=_("Save as a new version"),
        **SCALES.frame(found, _("Change the scale “%(name)s”") % {"name": found.name}, after=None),
    )


@require_http_methods(["GET", "POST"])
def scale_use(request: HttpRequest, pk: int) -> HttpResponse:
    """Let new assessments be made by a scale."""
    person, found = person_of(request), SCALES.get(request, pk, "can_be_kept_by")
    return confirm_page(
        request,
        lambda: use_scale(found, by=person),
        done=_("New assessments are made by “%(name)s”.") % {"name": found.name},
        danger=False,
        text=_(
            "New assessments are made by this scale. Those begun or approved keep the scale they "
            "were made by; a draft can be moved to the new one. A risk level by a scale with "
            "another number of steps must be laid down again."
        ),
        submit_label=_("Take into use"),
        **SCALES.frame(found, _("Take “%(name)s” into use") % {"name": found.name}, after="scales"),
    )


def _saved(found: Scale, made: Scale) -> str:
    if made.pk == found.pk:
        return _("Nothing was changed.")
    return _("Version %(version)d is saved.") % {"version": made.version}


def _written_on(found: Scale, form: ScaleForm) -> Scale:
    """Return the version the text was written on: after a conflict that is the newer one."""
    version = form.cleaned_data["edit_version"] or found.version
    return Scale.objects.filter(family=found.family, version=version).first() or found


def _as_typed(theirs: Mapping[str, Any]) -> dict[str, Any]:
    names = (field.name for field in fields(Content))
    return ScaleForm.initial_of(Content(**{name: theirs[name] for name in names}))


def _size_asked_for(request: HttpRequest) -> int:
    sizes = {str(size): size for size in range(SMALLEST, LARGEST + 1)}
    return sizes.get(request.GET.get("steps", ""), USUAL_SIZE)


def _suggested(size: int) -> dict[str, str]:
    """Return cells to begin with: redder upwards and to the right, the names left to be given."""
    steps = range(1, size + 1)
    return {
        f"cell_{c}_{likelihood}": TONES[
            ceil((c + likelihood - 1) / (2 * size - 1) * len(TONES)) - 1
        ]
        for c in steps
        for likelihood in steps
    }


KEPT = ("risks.scale", "risks.threat", "risks.risklevel")


@require_GET
def risk_rules_history(request: HttpRequest) -> HttpResponse:
    """Show what happened to what risks are assessed by, the newest first."""
    person = reader_of_all(request)
    about = Q(object_kind__in=KEPT) & Q(act__startswith="risks.") | Q(act="risks.limits_set")
    found = Event.objects.filter(about)
    if not person.is_coordinator:
        found = found.exclude(act__in=["risks.level_drafted", "risks.level_changed"])
    lead = _(
        "What happened to the scales, the threats, the risk level and the limits, the newest first."
    )
    return history_page(request, found, crumbs(), lead)
