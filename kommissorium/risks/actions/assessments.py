"""Begin assessments of risks, also from the last, change what stands above them, give them up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality, Person
from kommissorium.assets.models import Area, Asset
from kommissorium.core.actions.rows import update_row
from kommissorium.core.cleaning import clean_line, clean_text
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.risks.actions.void_acceptances import void_proposals
from kommissorium.risks.levels import STEPS, moved
from kommissorium.risks.models import Assessment, Scale, Scenario
from kommissorium.risks.models.assessments import LINE_LENGTH, TITLE_LENGTH
from kommissorium.risks.scope import AssessmentScope, assessments_of, risk_owners, usual_owner

# What comes along; `lineage` is what makes it the same risk.
COPIED: Final = (
    *("lineage", "position", "threat_id", "group", "title", "description", "measures"),
    *("treatment", "treatment_note"),
)
SCORES: Final = (*STEPS, "consequence", "rank", "residual_rank")


def copy_scenarios(source: Assessment, target: Assessment, subject: AssessmentScope) -> int:
    """Copy the risks of one assessment into another; return how many.

    An owner who has no mandate any more is replaced by the usual one. Part of begin_assessment.
    """
    owners, usual = {person.pk for person in risk_owners(subject)}, usual_owner(subject)
    made = []
    for one in source.scenarios.all():
        copy = Scenario(assessment=target, **{name: getattr(one, name) for name in COPIED})
        _score(copy, one, target.scale, source.scale)
        copy.owner_id = one.owner_id if one.owner_id in owners else getattr(usual, "pk", None)
        made.append(copy)
    return len(Scenario.objects.bulk_create(made))


def rescore(assessment: Assessment, former: Scale) -> None:
    """Score the risks of a draft, so far scored by `former`, by the assessment's own scale."""
    rows = list(assessment.scenarios.all())
    for row in rows:
        _score(row, row, assessment.scale, former)
        row.edit_version += 1
    Scenario.objects.bulk_update(rows, [*SCORES, "edit_version"])


def _score(row: Scenario, source: Scenario, scale: Scale, former: Scale) -> None:
    values = {name: getattr(source, name) for name in STEPS}
    for name, value in moved(scale, former, values).items():
        setattr(row, name, value)


Scope = Assessment.Scope
OPEN: Final = {Assessment.State.DRAFT, Assessment.State.PROPOSED}
# What may be changed of a draft; what it is about and its scale may not.
FIELDS: Final = ("title", "assessed_on", "assessor", "others", "summary", "with_society")


@transaction.atomic
def begin_assessment(
    *,
    by: Person,
    scope: str,
    assets: Sequence[Asset] = (),
    area: Area | None = None,
    process: str = "",
    title: str = "",
    assessed_on: date | None = None,
    assessor: Person | None = None,
    participants: Sequence[Person] = (),
    others: str = "",
    with_society: bool = False,
    copy_from: Assessment | None = None,
) -> Assessment:
    """Begin an assessment as a draft, by the scale in use. Of today and by `by` when not given.

    With `copy_from` its risks come along: words, measures, steps, treatments and owners. Raises
    Refused for a subject that does not fit the scope, for one that is being assessed already,
    for a day to come, and where no scale is in use.
    """
    subject = _checked_subject(scope, assets, area, process)
    assessor = assessor or by
    refuse_stranger(subject, assessor, by)
    scale = Scale.in_use()
    if scale is None:
        raise Refused(_("No scale is in use. Choose one first."))
    if any(one.state in OPEN for one in assessments_of(subject)):
        raise Refused(_("It is being assessed already. Go on with the draft there is."))
    made = Assessment.objects.create(
        scope=scope,
        title=clean_line(title or _title_of(subject), "title", TITLE_LENGTH),
        area=subject.area,
        process=subject.process,
        scale=scale,
        with_society=with_society,
        assessed_on=_day(assessed_on or timezone.localdate()),
        assessor=assessor,
        others=clean_line(others, "others", LINE_LENGTH),
        previous=copy_from,
        created_by=by,
        created_at=timezone.now(),
    )
    made.assets.set(subject.assets)
    made.participants.set(participants)
    copied = copy_scenarios(copy_from, made, subject) if copy_from else 0
    record("risks.assessment_begun", made, by=by, facts={"scope": scope, "copied": copied})
    return made


@transaction.atomic
def change_assessment(
    assessment: Assessment,
    *,
    by: Person,
    edit_version: int,
    values: Mapping[str, Any],
    participants: Sequence[Person] | None = None,
) -> list[str]:
    """Change what FIELDS names; return the names of what changed.

    Raises Refused for one that is no draft, for no title and for a day to come; Conflict.
    """
    hold_draft(assessment, by)
    if by.is_coordinator is False and values.get("assessor", assessment.assessor) != (
        assessment.assessor
    ):
        raise PermissionDenied
    fields = _checked_fields(values)
    drafts = Assessment.objects.filter(state="draft")
    kept = set(assessment.participants.values_list("pk", flat=True))
    others = participants is not None and kept != {person.pk for person in participants}
    changed = update_row(
        assessment,
        fields,
        edit_version=edit_version,
        among=drafts,
        current=current_values,
        anyway=others,
    )
    if participants is not None and others:
        assessment.participants.set(participants)
        changed.append("participants")
    if changed:
        record("risks.assessment_changed", assessment, by=by, facts={"fields": sorted(changed)})
    return changed


@transaction.atomic
def drop_assessment(assessment: Assessment, *, by: Person) -> None:
    """Give a draft up. It can still be read. Raises Refused for one that is no draft."""
    _refuse_no_draft(assessment)
    if not assessment.can_be_dropped_by(by):
        raise PermissionDenied
    if not Assessment.objects.filter(pk=assessment.pk, state="draft").update(state="dropped"):
        raise Refused(_("It is no longer a draft."))
    assessment.refresh_from_db()
    because = _("The assessment was given up: %(title)s.") % {"title": assessment.title}
    void_proposals(assessment, by=by, because=because)
    record("risks.assessment_dropped", assessment, by=by)


@transaction.atomic
def move_to_scale(assessment: Assessment, *, by: Person) -> Scale:
    """Let a draft be scored by the scale in use; return that scale.

    Scores stay where both scales have as many steps; else they are emptied, since the steps mean
    something else. Raises Refused where it is scored by that scale already.
    """
    hold_draft(assessment, by)
    scale, former = Scale.in_use(), assessment.scale
    if scale is None or scale == former:
        raise Refused(_("It is scored by the scale in use already."))
    Assessment.objects.filter(pk=assessment.pk).update(
        scale=scale, edit_version=assessment.edit_version + 1
    )
    assessment.refresh_from_db()
    rescore(assessment, former)
    told = {"family": scale.family, "version": scale.version, "kept": scale.size == former.size}
    record("risks.assessment_scale_moved", assessment, by=by, facts=told)
    return scale


def hold_draft(assessment: Assessment, by: Person) -> None:
    """Raise PermissionDenied or Refused unless `by` may write in the draft as it is now.

    Nobody else writes in it, moves it to another scale or proposes it until the transaction ends.
    """
    hold(assessment)
    if not assessment.is_written_by(by):
        raise PermissionDenied
    _refuse_no_draft(assessment)


def hold(assessment: Assessment) -> None:
    """Hold an assessment until the transaction ends; it then has the state and scale of now."""
    rows = Assessment.objects.select_for_update(no_key=True).filter(pk=assessment.pk)
    assessment.state, scale = rows.values_list("state", "scale").get()
    if scale != assessment.scale_id:
        assessment.scale = Scale.objects.get(pk=scale)


def refuse_stranger(subject: AssessmentScope, assessor: Person, by: Person) -> None:
    """Raise PermissionDenied unless `by` may begin an assessment of it, made by `assessor`."""
    if Assessment.can_be_made_by(by):
        return
    own = set(Asset.objects.owned_by(by).values_list("pk", flat=True))
    is_own = subject.is_of_assets and subject.keys <= own
    if not is_own or assessor != by:
        raise PermissionDenied


def current_values(now: Assessment) -> dict[str, Any]:
    """Return what an assessment holds now, by field as forms have it."""
    found = {name: getattr(now, name) for name in (*FIELDS, "edit_version")}
    return {**found, "participants": list(now.participants.all())}


def _refuse_no_draft(assessment: Assessment) -> None:
    if assessment.is_approved:
        raise Refused(_("It is approved and does not change. Make a new one from it."))
    if not assessment.is_draft:
        raise Refused(_("It is no longer a draft."))


def _checked_subject(
    scope: str, assets: Sequence[Asset], area: Area | None, process: str
) -> AssessmentScope:
    """Return what is to be assessed. Raises Refused where it does not fit the scope."""
    if scope not in Scope.values:
        raise Refused(scope=_("Choose one of the options."))
    if scope == Scope.ASSET and len(assets) != 1:
        raise Refused(assets=_("Choose the system, data set or archive."))
    if scope == Scope.ASSETS and len(assets) < 2:  # noqa: PLR2004 a group is more than one
        raise Refused(assets=_("Choose at least two."))
    if scope == Scope.AREA and area is None:
        raise Refused(area=_("Choose from the list."))
    is_of_assets = scope in {Scope.ASSET, Scope.ASSETS}
    if is_of_assets and any(asset.is_over for asset in assets):
        raise Refused(assets=_("It has been taken out of the register."))
    if scope == Scope.PROCESS:
        process = clean_line(process, "process", TITLE_LENGTH, wanted=_("Must be filled in."))
    return AssessmentScope(
        scope,
        list(assets) if is_of_assets else [],
        area if scope == Scope.AREA else None,
        process if scope == Scope.PROCESS else "",
    )


def _checked_fields(values: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: values[name] for name in FIELDS if name in values}
    if "title" in found:
        found["title"] = clean_line(
            found["title"], "title", TITLE_LENGTH, wanted=_("Give it a title.")
        )
    if "others" in found:
        found["others"] = clean_line(found["others"], "others", LINE_LENGTH)
    if "summary" in found:
        found["summary"] = clean_text(found["summary"], "summary")
    if "assessed_on" in found:
        found["assessed_on"] = _day(found["assessed_on"])
    return found


def _title_of(subject: AssessmentScope) -> str:
    if subject.is_of_assets:
        return ", ".join(asset.name for asset in subject.assets)[:TITLE_LENGTH]
    if subject.scope == Scope.AREA and subject.area:
        return subject.area.name
    return subject.process or Municipality.current().name


def _day(on: date) -> date:
    if on > timezone.localdate():
        raise Refused(assessed_on=_("The day has not come yet. Choose today or an earlier day."))
    return on
