"""The risk level: today, drafted and before; and how much may be accepted in each capacity."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.models import reads_whole_register
from kommissorium.assets.views.common import reader_of_all
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import confirm_page, edit_page, typed
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import download, page
from kommissorium.registers.documents.record import changed_by
from kommissorium.registers.views.row_pages import RowPages
from kommissorium.risks.actions.levels import change_level, draft_level, drop_level, reopen_level
from kommissorium.risks.actions.limits import Limit, limits_now, limits_version, set_limits
from kommissorium.risks.asking import (
    assessing_reader_of,
    crumbs,
    decision_for,
    keeper_of,
    reads_rules,
    risks_home,
)
from kommissorium.risks.forms.levels import LevelForm, LimitsForm, ticks_of
from kommissorium.risks.level_document import category_of, draft_pdf
from kommissorium.risks.levels import above_level, levels_on, proposed_cells
from kommissorium.risks.matrix import matrix_of
from kommissorium.risks.models import AuthorityLimit, Capacity, RiskLevel, Scale, Scenario

PDF = "application/pdf"


def _title(level: RiskLevel) -> str:
    words = {"year": level.year, "category": category_of(level)}
    return _("Risk level %(year)s: %(category)s") % words


def _levels(person: Person) -> QuerySet[RiskLevel]:
    found = (
        RiskLevel.objects.visible_to(person) if reads_rules(person) else RiskLevel.objects.none()
    )
    return found.select_related("scale", "committee", "record", "proposed_by", "made_by")


LEVELS = RowPages(
    lambda: Crumb(_("Risk level"), reverse("risk_levels")),
    _levels,
    above=(risks_home,),
    steps=lambda one: (Crumb(_title(one), one.get_absolute_url()),),
)


@require_GET
def risk_levels(request: HttpRequest) -> HttpResponse:
    """Show what holds today, what is being drafted or decided on, and what held before."""
    person = assessing_reader_of(request)
    today = timezone.localdate()
    rows = list(RiskLevel.objects.visible_to(person).select_related("scale", "committee"))
    in_force = [one for one in rows if one.is_in_force_on(today)]
    levels = levels_on(today)
    context = {
        "person": person,
        "in_force": [
            (one, category_of(one), matrix_of(one.scale, level=one.cells))
            for one in sorted(in_force, key=lambda one: one.group)
        ],
        "above": Scenario.objects.visible_to(person).in_force().filter(above_level(levels)).count(),
        "coming": [(one, category_of(one)) for one in rows if one.is_coming_on(today)],
        "drafts": [(one, category_of(one)) for one in rows if one.is_draft or one.is_proposed],
        "former": [(one, category_of(one)) for one in rows if one.is_over_on(today)],
        "reads_whole_register": reads_whole_register(person),
        "may_draft": RiskLevel.can_be_drafted_by(person),
        "breadcrumbs": crumbs(_("Risk level")),
    }
    return page(request, "risks/levels.html", context)


@require_GET
def risk_level(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a risk level."""
    person, found = person_of(request), LEVELS.get(request, pk)
    decision = decision_for(person, found.decision_id)
    context = {
        "person": person,
        "level": found,
        "category": category_of(found),
        "matrix": matrix_of(found.scale, level=found.cells),
        "is_in_force": found.is_in_force_on(timezone.localdate()),
        "decision": decision,
        "decided_change": changed_by(decision),
        "may_change": found.can_be_changed_by(person),
        "may_take_back": found.is_proposed and RiskLevel.can_be_drafted_by(person),
        "breadcrumbs": LEVELS.path(_title(found)),
        "title": _title(found),
    }
    return page(request, "risks/level.html", context)


@require_GET
def risk_level_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out a level as a PDF: an approved one as it was frozen."""
    found = LEVELS.get(request, pk)
    frozen = found.record.pdf if found.record else None
    data = bytes(frozen) if frozen else draft_pdf(found)
    return download(data, f"{_('risk-level')}-{found.year}-{found.pk}.pdf", PDF)


@require_http_methods(["GET", "POST"])
def risk_level_new(request: HttpRequest) -> HttpResponse:
    """Draft a risk level by the scale in use, beginning from what holds today."""
    person = keeper_of(request)
    scale = Scale.in_use()
    if scale is None:
        raise Refused(_("Take a scale into use first."))
    level = _level_to_begin_with(scale)
    form = LevelForm(typed(request), scale=scale, initial=_beginning(scale, level))
    return edit_page(
        request,
        form,
        lambda: draft_level(by=person, scale=scale, **form.values()),
        done=_("It is saved."),
        template="risks/level_form.html",
        is_proposed=level is None,
        submit_label=_("Save the draft"),
        **LEVELS.frame(None, _("New risk level")),
    )


@require_http_methods(["GET", "POST"])
def risk_level_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    person, found = keeper_of(request), LEVELS.get(request, pk)
    form = LevelForm(typed(request), scale=found.scale, initial=LevelForm.initial_of(found))
    return edit_page(
        request,
        form,
        lambda: change_level(
            found, by=person, edit_version=form.cleaned_data["edit_version"], **form.values()
        ),
        done=_("It is saved."),
        template="risks/level_form.html",
        in_form=LevelForm.in_form,
        **LEVELS.frame(found, _("Edit the risk level")),
    )


@require_http_methods(["GET", "POST"])
def risk_level_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a draft up."""
    person, found = keeper_of(request), LEVELS.get(request, pk)
    return confirm_page(
        request,
        lambda: drop_level(found, by=person),
        done=_("The draft is given up."),
        text=_("It cannot be put before the committee. What holds today goes on."),
        submit_label=_("Give the draft up"),
        **LEVELS.frame(found, _("Give the draft up"), after="risk_levels"),
    )


@require_http_methods(["POST"])
def risk_level_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a proposed level back; it is a draft again."""
    person, found = keeper_of(request), LEVELS.get(request, pk)
    reopen_level(found, by=person)
    messages.success(request, _("It is a draft again."))
    return redirect(found)


def _level_to_begin_with(scale: Scale) -> RiskLevel | None:
    """Return today's common level, if it fits the scale."""
    level = levels_on(timezone.localdate()).get("")
    return level if level is not None and level.scale.size == scale.size else None


def _beginning(scale: Scale, level: RiskLevel | None) -> dict[str, object]:
    """Return what a new level begins from: the one that holds, or a proposal where there is none."""
    if level is not None:
        return {"statement": level.statement, **ticks_of(level.cells)}
    words = _(
        "The municipality lives with the risks in the cells that are ticked. A risk above them is "
        "brought down by a plan with an owner and a date, or accepted by somebody who may, with a "
        "reason and until a day."
    )
    return {"statement": words, **ticks_of(proposed_cells(scale))}


@require_http_methods(["GET", "POST"])
def authority_limits(request: HttpRequest) -> HttpResponse:
    """Show the limits; coordinators change them on the same page."""
    person = reader_of_all(request)
    if not AuthorityLimit.can_be_set_by(person):
        if request.method == "POST":
            raise PermissionDenied
        return _read(request, person)
    start = {**LimitsForm.initial_of(limits_now()), "edit_version": limits_version()}
    form = LimitsForm(typed(request), scale=Scale.in_use(), initial=start)
    return edit_page(
        request,
        form,
        lambda: set_limits(
            form.limits(), by=person, edit_version=form.cleaned_data["edit_version"]
        ),
        done=_("It is saved."),
        after="authority_limits",
        template="risks/limits.html",
        in_form=lambda current: LimitsForm.initial_of(current["limits"]),
        person=person,
        cancel_url=reverse("authority_limits"),
        breadcrumbs=crumbs(_("Limits of acceptance")),
    )


def _read(request: HttpRequest, person: Person) -> HttpResponse:
    scale = Scale.in_use()
    names = {band.rank: band.name for band in scale.band_list} if scale else {}
    context = {
        "person": person,
        "rows": _rows(limits_now(), names),
        "breadcrumbs": crumbs(_("Limits of acceptance")),
    }
    return page(request, "risks/limits.html", context)


def _rows(limits: Mapping[str, Limit], names: Mapping[int, str]) -> list[tuple[str, Limit, str]]:
    return [
        (str(Capacity(code).label), limit, names.get(limit.highest_rank or 0, ""))
        for code, limit in limits.items()
    ]
