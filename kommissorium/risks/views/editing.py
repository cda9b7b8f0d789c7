"""Begin an assessment, change its head, make a new one from it, give it up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.models import Person, danish_order
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.models import Asset
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import attempt, confirm_page, edit_page, form_page, typed
from kommissorium.core.ui.forms import let_add
from kommissorium.core.ui.responses import page
from kommissorium.risks.actions.assessments import (
    begin_assessment,
    change_assessment,
    drop_assessment,
)
from kommissorium.risks.asking import ASSESSMENTS, begins_any, draft_for, risk_reader_of
from kommissorium.risks.forms.assessments import BeginForm, ChangeForm, DayForm
from kommissorium.risks.models import Assessment
from kommissorium.risks.scope import (
    AssessmentScope,
    last_in_force,
    likely_participants,
    usual_owner,
)

Scope = Assessment.Scope
MOST_FOUND, LONGEST_SEARCH, MOST_ASSETS, KEY_DIGITS = 30, 100, 200, 9


@require_http_methods(["GET", "POST"])
def assessment_new(request: HttpRequest) -> HttpResponse:
    """Say what is to be assessed, then by whom and on which day."""
    person = risk_reader_of(request)
    if not begins_any(person):
        raise PermissionDenied
    scope = request.GET.get("scope", "")
    chosen = _chosen(request, person)
    if scope not in _scopes(person):
        return page(request, "risks/assessment_new.html", _choosing(request, person, "", []))
    is_of_assets = scope in {Scope.ASSET, Scope.ASSETS}
    if is_of_assets and ("begin" not in request.GET or not _fits(scope, chosen)):
        return page(request, "risks/assessment_new.html", _choosing(request, person, scope, chosen))
    return _begin(request, person, AssessmentScope(scope, chosen))


@require_http_methods(["GET", "POST"])
def assessment_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what stands above the risks of a draft."""
    found, person = draft_for(request, pk), person_of(request)
    joined = list(found.participants.all())
    initial = {
        **{name: getattr(found, name) for name in ("title", "assessed_on", "others", "summary")},
        "assessor": found.assessor_id,
        "participants": [str(one.pk) for one in joined],
        "with_society": found.with_society,
        "edit_version": found.edit_version,
    }
    people = likely_participants(AssessmentScope.of(found), joined)
    form = ChangeForm(typed(request), by=person, people=people, initial=initial)
    return edit_page(
        request,
        form,
        lambda: _change(form, found, person),
        done=lambda changed: _("It is saved.") if changed else _("Nothing was changed."),
        **ASSESSMENTS.frame(found, _("Edit")),
    )


@require_http_methods(["GET", "POST"])
def assessment_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a new assessment from one, with all of its risks as they were."""
    found, person = ASSESSMENTS.get(request, pk), person_of(request)
    if not (Assessment.can_be_made_by(person) or found.is_own_of(person)):
        raise PermissionDenied
    if not found.is_approved:
        raise Refused(_("Only what is approved is copied. Go on with the draft there is."))
    form = DayForm(typed(request))
    return edit_page(
        request,
        form,
        lambda: _renew(found, person, form),
        done=_("The risks from last time stand here. Go through them."),
        template="ui/confirm.html",
        text=_("“%(title)s” stays as it is until the committee approves the new one.")
        % {"title": found.title},
        submit_label=_("Begin"),
        **ASSESSMENTS.frame(
            found,
            _("New assessment from this one"),
            after=lambda made: reverse("assessment_scenarios", args=[made.pk]),
        ),
    )


@require_http_methods(["GET", "POST"])
def assessment_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a draft up."""
    found, person = draft_for(request, pk), person_of(request)
    if not found.can_be_dropped_by(person):
        raise PermissionDenied
    text = _("Nobody can write in “%(title)s” any more. It can still be read.")
    return confirm_page(
        request,
        lambda: drop_assessment(found, by=person),
        done=_("The draft is given up. It can still be read."),
        text=text % {"title": found.title},
        submit_label=_("Give the draft up"),
        **ASSESSMENTS.frame(found, _("Give the draft up"), after="assessments"),
    )


def _begin(request: HttpRequest, person: Person, subject: AssessmentScope) -> HttpResponse:
    former = (
        last_in_force(subject) if subject.assets or subject.scope == Scope.ORGANISATION else None
    )
    owner = usual_owner(subject)
    form = BeginForm(
        typed(request),
        scope=subject.scope,
        former=former,
        by=person,
        people=likely_participants(subject, [person]),
        initial={"assessor": (owner or person).pk, "copies": True},
    )
    made = attempt(let_add(form, person), lambda: _made(form, subject, person, former))
    if made:
        has_risks = made.value.scenarios.exists()
        return redirect(
            "assessment_scenarios" if has_risks else "assessment_threats", made.value.pk
        )
    names = ", ".join(one.name for one in subject.assets)
    return form_page(
        request,
        form,
        title=_("New risk assessment"),
        lead=names or str(Scope(subject.scope).label),
        submit_label=_("Begin"),
        cancel_url=reverse("assessment_new"),
        breadcrumbs=ASSESSMENTS.path(_("New risk assessment")),
    )


def _made(
    form: BeginForm, subject: AssessmentScope, person: Person, former: Assessment | None
) -> Assessment:
    given = form.cleaned_data
    return begin_assessment(
        by=person,
        scope=subject.scope,
        assets=subject.assets,
        area=given.get("area"),
        process=given.get("process", ""),
        participants=given["participants"],
        copy_from=former if given.get("copies") else None,
        **form.head(),
    )


def _renew(found: Assessment, person: Person, form: DayForm) -> Assessment:
    subject = AssessmentScope.of(found)
    return begin_assessment(
        by=person,
        scope=found.scope,
        assets=subject.assets,
        area=found.area,
        process=found.process,
        title=found.title,
        assessed_on=form.cleaned_data["assessed_on"],
        assessor=found.assessor if person.is_coordinator and found.assessor.is_active else person,
        with_society=found.with_society,
        copy_from=found,
    )


def _change(form: ChangeForm, found: Assessment, person: Person) -> list[str]:
    return change_assessment(
        found,
        by=person,
        edit_version=form.cleaned_data["edit_version"],
        values=form.head(),
        participants=form.cleaned_data["participants"],
    )


def _scopes(person: Person) -> list[str]:
    """Return what the person may choose to assess."""
    return Scope.values if Assessment.can_be_made_by(person) else [Scope.ASSET, Scope.ASSETS]


def _fits(scope: str, chosen: Sequence[Asset]) -> bool:
    return len(chosen) == 1 if scope == Scope.ASSET else len(chosen) > 1


def _may_choose(person: Person) -> Any:
    """Return the assets the person may assess."""
    rows = Asset.objects.in_register()
    return rows if Assessment.can_be_made_by(person) else rows.owned_by(person)


def _chosen(request: HttpRequest, person: Person) -> list[Asset]:
    """Return the assets named in the address. Raises Http404 for one the person may not assess."""
    keys = {key for key in request.GET.getlist("asset") if key.isascii() and key.isdecimal()}
    wanted = {int(key) for key in keys if len(key) <= KEY_DIGITS}
    if not wanted:
        return []
    found = list(_may_choose(person).filter(pk__in=wanted).order_by(danish_order("name"), "pk"))
    if len(found) != len(wanted) or len(found) > MOST_ASSETS:
        raise Http404
    return found


def _choosing(
    request: HttpRequest, person: Person, scope: str, chosen: Sequence[Asset]
) -> dict[str, Any]:
    """Return what the page of the first step shows: the scopes, then the assets to choose among."""
    wish = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    rows = _may_choose(person).exclude(pk__in=[one.pk for one in chosen])
    if wish:
        named = Q(name__icontains=wish) | Q(alias__icontains=wish) | Q(local_id__iexact=wish)
        rows = rows.filter(named)
    found = list(rows.order_by(danish_order("name"), "pk")[: MOST_FOUND + 1]) if scope else []
    return {
        "scope": scope,
        "scopes": [(one, Scope(one).label) for one in _scopes(person)],
        "chosen": chosen,
        "wish": wish,
        "found": found[:MOST_FOUND],
        "there_are_more": len(found) > MOST_FOUND,
        "most": MOST_FOUND,
        "fits": bool(scope) and _fits(scope, chosen),
        "is_group": scope == Scope.ASSETS,
        "breadcrumbs": ASSESSMENTS.path(_("New risk assessment")),
    }
