"""An assessment's page, its history, what changed since the former one, and its document."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.models import Asset, reads_whole_register
from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.navigation import paged
from kommissorium.core.ui.responses import download, page
from kommissorium.registers.documents.record import changed_by
from kommissorium.registers.views.row_pages import history_page
from kommissorium.risks.actions.approving import lacking, reopen_assessment
from kommissorium.risks.actions.assessments import move_to_scale
from kommissorium.risks.asking import ASSESSMENTS, decision_for, draft_for, risk_reader_of
from kommissorium.risks.assessment_form_page import accepted_of
from kommissorium.risks.assessment_list import lacking as not_assessed
from kommissorium.risks.assessment_picture import AssessmentPicture, compare, counts_of, picture_of
from kommissorium.risks.assessment_record import assessment_pdf, content_of
from kommissorium.risks.levels import is_above
from kommissorium.risks.models import Assessment, Scale, Scenario

PDF = "application/pdf"
RISKS_A_PAGE = 15


@require_GET
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an assessment: its head, its risks with the greatest first, and what comes next."""
    found, person = ASSESSMENTS.get(request, pk), person_of(request)
    rows = list(found.scenarios.select_related("owner"))
    rows.sort(key=lambda row: (-(row.rank or 0), -(row.residual_rank or 0), row.position, row.pk))
    accepted = accepted_of(row.lineage for row in rows)
    picture = picture_of(found, rows, accepted)
    shown = Paginator(rows, RISKS_A_PAGE).get_page(request.GET.get("page"))
    assets = found.assets_for(person)
    may_edit, may_propose = found.can_be_edited_by(person), found.can_be_proposed_by(person)
    decision = decision_for(person, found.decision_id)
    context = {
        "assessment": found,
        "person": person,
        "page": shown,
        "rows": [_line(picture, row, accepted.get(row.lineage)) for row in shown],
        "picture": picture,
        "decision": decision,
        "decided_change": changed_by(decision),
        "subject": {"scope": found.get_scope_display(), "assets": assets},
        "participants": list(found.participants.order_by("name", "pk")),
        "may_edit": may_edit,
        "may_take_back": found.can_be_taken_back_by(person),
        "may_drop": found.can_be_dropped_by(person),
        "may_renew": found.is_approved
        and (Assessment.can_be_made_by(person) or found.is_own_of(person, assets)),
        "may_see_record": Person.can_see_evidence(person),
        "missing": lacking(found) if may_edit else [],
        "may_propose": may_propose,
        "newer_scale": _newer_scale(found) if may_edit else None,
        "breadcrumbs": ASSESSMENTS.path(found.title),
    }
    return page(request, "risks/assessment.html", context)


@require_GET
def assessment_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what happened to an assessment, the newest first."""
    found = ASSESSMENTS.get(request, pk)
    lead = _("What happened to the assessment of %(name)s, the newest first.")
    return history_page(
        request,
        Event.objects.about(found),
        ASSESSMENTS.path(found),
        lead % {"name": found.title},
        row=found,
        labels=lambda _events: dict(found.scenarios.values_list("pk", "title")),
    )


@require_GET
def assessment_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what became of each risk since another assessment, the former one when not said."""
    found = ASSESSMENTS.get(request, pk)
    others = _others(request, found)
    wish = request.GET.get("with", "")
    former = next((one for one in others if str(one.pk) == wish), None) or _former(found, others)
    changes = compare(former, found) if former else []
    context = {
        "assessment": found,
        "former": former,
        "others": others,
        "changed": [one for one in changes if one.movement != "same"],
        "same": [one for one in changes if one.movement == "same"],
        "counts": counts_of(changes),
        "other_scale": bool(former and former.scale_id != found.scale_id),
        "breadcrumbs": ASSESSMENTS.path(found, _("Compare")),
    }
    return page(request, "risks/assessment_compare.html", context)


@require_GET
def assessment_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out an assessment as a PDF: as it was frozen, or as it stands while not approved."""
    found = ASSESSMENTS.get(request, pk)
    frozen = found.record
    if frozen and frozen.pdf:
        data, on = bytes(frozen.pdf), timezone.localdate(frozen.at)
    else:
        data = assessment_pdf(content_of(found), made_at=timezone.localtime())
        on = timezone.localdate()
    word = "risk-assessment" if get_language() == "en" else "risikovurdering"
    return download(data, f"{on.isoformat()}-{word}-{found.pk}.pdf", PDF)


@require_POST
def assessment_scale(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a draft to the scale in use."""
    found = draft_for(request, pk)
    former = found.scale.size
    scale = move_to_scale(found, by=person_of(request))
    if scale.size == former:
        messages.success(request, _("The risks are scored by the scale in use now."))
    else:
        said = _("The scale has another number of steps. Choose how likely and how bad again.")
        messages.warning(request, said)
    return redirect("assessment_scenarios", found.pk)


@require_POST
def assessment_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an assessment back from the committee, so that it can be changed."""
    found = ASSESSMENTS.get(request, pk)
    reopen_assessment(found, by=person_of(request))
    messages.success(request, _("It is a draft again."))
    return redirect(found)


def _line(picture: AssessmentPicture, row: Scenario, accepted: Any) -> dict[str, Any]:
    scale = picture.assessment.scale
    return {
        "risk": row,
        "band": None if row.rank is None else scale.band(row.rank),
        "left": None if row.residual_rank is None else scale.band(row.residual_rank),
        "likelihood": _step(scale.likelihood_steps, row.likelihood),
        "consequence": _step(scale.consequence_steps, row.consequence),
        "is_above": is_above(row, picture.levels),
        "accepted": None if picture.is_over else accepted,
    }


def _step(steps: Any, number: int | None) -> str:
    return "" if number is None else steps[number - 1].name


def _newer_scale(found: Assessment) -> Scale | None:
    scale = Scale.in_use()
    return scale if scale and scale.pk != found.scale_id else None


def _others(request: HttpRequest, found: Assessment) -> list[Assessment]:
    """Return the earlier assessments the person may read that can be compared with this one."""
    lineages = found.scenarios.values("lineage")
    same = Scenario.objects.filter(lineage__in=lineages).values("assessment")
    seen = Assessment.objects.visible_to(person_of(request)).exclude(pk=found.pk)
    related = seen.filter(Q(pk__in=same) | Q(pk=found.previous_id)).exclude(state="dropped")
    return list(related.select_related("scale"))


def _former(found: Assessment, others: list[Assessment]) -> Assessment | None:
    own = next((one for one in others if one.pk == found.previous_id), None)
    earlier = (one for one in others if (one.assessed_on, one.pk) < (found.assessed_on, found.pk))
    return own or next(earlier, None)


@require_GET
def assessments_lacking(request: HttpRequest) -> HttpResponse:
    """Show the assets that were never assessed, or over a year ago."""
    person = risk_reader_of(request)
    shown = paged(not_assessed(person, timezone.localdate()), request)
    may_all = Assessment.can_be_made_by(person)
    own = set() if may_all else _own(shown.object_list, person)
    begun = _begun(shown.object_list)
    context = {
        "person": person,
        "page": shown,
        "rows": [(one, may_all or one.pk in own, begun.get(one.pk)) for one in shown],
        "reads_whole_register": reads_whole_register(person),
        "breadcrumbs": ASSESSMENTS.path(_("Not assessed lately")),
    }
    return page(request, "risks/assessments_lacking.html", context)


def _begun(assets: Any) -> dict[int, Assessment]:
    """Return the unfinished assessment of each asset of its own, by the asset's key (one query).

    Whoever reads an asset reads the assessments of it.
    """
    unfinished = Assessment.objects.filter(
        scope=Assessment.Scope.ASSET,
        state__in=[Assessment.State.DRAFT, Assessment.State.PROPOSED],
        assets__in=[one.pk for one in assets],
    )
    found: Any = unfinished.annotate(about=F("assets"))
    return {one.about: one for one in found}


def _own(assets: Any, person: Person) -> set[int]:
    rows = Asset.objects.owned_by(person).filter(pk__in=[one.pk for one in assets])
    return set(rows.values_list("pk", flat=True))
