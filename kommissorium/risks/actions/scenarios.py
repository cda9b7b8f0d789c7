"""Write down the risks of an assessment, one by one, while it is a draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.actions.rows import refuse_gone
from kommissorium.core.cleaning import clean_line, clean_text
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.risks.actions.assessments import hold_draft
from kommissorium.risks.levels import STEPS, scored
from kommissorium.risks.models import Assessment, Group, Scenario, Threat, Treatment
from kommissorium.risks.models.assessments import TITLE_LENGTH
from kommissorium.risks.scope import AssessmentScope, risk_owners, usual_owner

TEXTS: Final = ("description", "measures", "treatment_note")
# What is written of a risk. Who it belongs to is kept by key, as "owner".
FIELDS: Final = ("title", *TEXTS, "group", *STEPS, "treatment", "owner")


@transaction.atomic
def add_threats(assessment: Assessment, threats: Sequence[Threat], *, by: Person) -> list[Scenario]:
    """Take threats of the catalogue up as risks, those that are not there yet.

    Raises Refused for an assessment that is no draft.
    """
    hold_draft(assessment, by)
    there = set(assessment.scenarios.values_list("threat", flat=True))
    wanted = [threat for threat in threats if threat.pk not in there]
    first, owner = _next_position(assessment), usual_owner(AssessmentScope.of(assessment))
    made = Scenario.objects.bulk_create(
        Scenario(
            assessment=assessment,
            position=first + place,
            threat=threat,
            group=threat.group,
            title=threat.label[:TITLE_LENGTH],
            description=threat.told,
            owner=owner,
        )
        for place, threat in enumerate(wanted)
    )
    if made:
        record("risks.scenarios_added", assessment, by=by, facts={"number": len(made)})
    return made


@transaction.atomic
def add_scenario(
    assessment: Assessment,
    *,
    by: Person,
    title: str,
    group: str = Group.OPERATIONS,
    threat: Threat | None = None,
    values: Mapping[str, Any] | None = None,
) -> Scenario:
    """Add a risk in one's own words; `values` are by FIELDS.

    Without an owner among them it is given the usual one. Raises Refused as change_scenario.
    """
    hold_draft(assessment, by)
    subject = AssessmentScope.of(assessment)
    given = {**(values or {}), "title": title, "group": threat.group if threat else group}
    if not given.get("owner"):
        given["owner"] = getattr(usual_owner(subject), "pk", None)
    fields = _checked(given, subject)
    row = Scenario(assessment=assessment, threat=threat, position=_next_position(assessment))
    _set(row, fields | scored(assessment.scale, fields))
    row.save(force_insert=True)
    record("risks.scenario_added", assessment, by=by, facts={"item": row.pk})
    return row


@transaction.atomic
def change_scenario(
    scenario: Scenario,
    *,
    by: Person,
    values: Mapping[str, Any],
    edit_version: int,
    seen: Mapping[str, Any] | None = None,
) -> list[str]:
    """Change some of FIELDS of a risk; return the names of what changed.

    `seen` is what the writer had before them: what they left as it was then stays as it is now,
    and somebody else's change of another field is no conflict. Raises Refused, by field, for a
    step the scale has not, for an owner without a mandate and for an assessment that is no
    draft; Conflict where somebody else changed the same.
    """
    assessment = scenario.assessment
    hold_draft(assessment, by)
    now = Scenario.objects.get(pk=scenario.pk)
    held = values_of(now)
    fields = _checked(values, AssessmentScope.of(assessment), kept=held["owner"])
    if seen is not None:
        fields = {name: value for name, value in fields.items() if value != seen.get(name)}
    if now.edit_version != edit_version and _is_overtaken(fields, held, seen):
        raise Conflict(current_values(scenario.pk))
    changed = [name for name, value in fields.items() if held[name] != value]
    if changed:
        scores = scored(assessment.scale, held | fields)
        _set(now, fields | scores)
        written = {name: getattr(now, name) for name in (*_columns(fields), *scores)}
        rows = Scenario.objects.filter(pk=now.pk, edit_version=now.edit_version)
        if not rows.update(**written, edit_version=now.edit_version + 1):
            raise Conflict(current_values(scenario.pk))
        told = {"item": scenario.pk, "fields": sorted(changed)}
        record("risks.scenario_changed", assessment, by=by, facts=told)
    scenario.refresh_from_db()
    return changed


@transaction.atomic
def remove_scenario(scenario: Scenario, *, by: Person) -> None:
    """Take a risk out of a draft. Raises Refused where something stands on it already."""
    assessment = scenario.assessment
    hold_draft(assessment, by)
    refuse_gone(scenario)
    if scenario.actions.exists() or scenario.acceptances.exists():
        raise Refused(
            _(
                "It has actions or an acceptance and cannot be taken out. Say that it is no risk now."
            )
        )
    key = scenario.pk
    Scenario.objects.filter(pk=key).delete()
    told = {"item": key, "group": scenario.group}
    record("risks.scenario_removed", assessment, by=by, facts=told)


@transaction.atomic
def move_scenario(scenario: Scenario, *, by: Person, places: int) -> None:
    """Move a risk up (places below 0) or down among those of its assessment."""
    assessment = scenario.assessment
    hold_draft(assessment, by)
    rows = list(assessment.scenarios.all())
    at = next(place for place, row in enumerate(rows) if row.pk == scenario.pk)
    rows.insert(max(0, at + places), rows.pop(at))
    for position, row in enumerate(rows):
        row.position = position
    Scenario.objects.bulk_update(rows, ["position"])
    record("risks.scenarios_ordered", assessment, by=by, facts={"item": scenario.pk})


def values_of(scenario: Scenario) -> dict[str, Any]:
    """Return what is written of a risk, by FIELDS."""
    found = {name: getattr(scenario, name) for name in FIELDS if name != "owner"}
    return {**found, "owner": scenario.owner_id}


def current_values(key: int) -> dict[str, Any]:
    """Return what is written of a risk now, for whoever was overtaken."""
    now = Scenario.objects.get(pk=key)
    return {**values_of(now), "edit_version": now.edit_version}


def normal(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the texts as they would be kept. Raises Refused for what is too long."""
    found = {name: values[name] for name in FIELDS if name in values}
    if "title" in found:
        wanted = _("Must be filled in.")
        found["title"] = clean_line(found["title"], "title", TITLE_LENGTH, wanted=wanted)
    for name in TEXTS:
        if name in found:
            found[name] = clean_text(found[name], name)
    return found


def _checked(
    values: Mapping[str, Any], subject: AssessmentScope, *, kept: int | None = None
) -> dict[str, Any]:
    found = normal(values)
    if found.get("treatment", "") not in Treatment.values:
        raise Refused(treatment=_("Choose one of the options."))
    if "group" in found and found["group"] not in Group.values:
        raise Refused(group=_("Choose one of the options."))
    owner = found.get("owner")
    if owner and owner != kept and owner not in {person.pk for person in risk_owners(subject)}:
        raise Refused(owner=_("Choose somebody with a mandate over what is assessed."))
    return found


def _is_overtaken(
    fields: Mapping[str, Any], held: Mapping[str, Any], seen: Mapping[str, Any] | None
) -> bool:
    """Return whether something the writer changed is not as they saw it, nor as they want it."""
    if seen is None:
        return any(held[name] != value for name, value in fields.items())
    return any(held[name] not in (seen.get(name), value) for name, value in fields.items())


def _columns(fields: Mapping[str, Any]) -> list[str]:
    return ["owner_id" if name == "owner" else name for name in fields]


def _set(row: Scenario, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, "owner_id" if name == "owner" else name, value)


def _next_position(assessment: Assessment) -> int:
    last: int | None = assessment.scenarios.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1
