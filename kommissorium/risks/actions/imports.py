"""Hand a sheet of risks in, say what its columns are, take it in as a draft, or give it up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.wording import line
from kommissorium.assets.importing.plan import State
from kommissorium.assets.importing.sources import packed, read_source
from kommissorium.core.evidence.actions import record
from kommissorium.core.files.actions import store_file
from kommissorium.core.files.sniffing import FileRefused, clean_name
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.risks.actions.assessments import begin_assessment, drop_assessment
from kommissorium.risks.importing.plan import Plan, PlannedRisk
from kommissorium.risks.importing.planning import plan_of
from kommissorium.risks.importing.targets import ASSET, TARGETS, THREAT, guess
from kommissorium.risks.models import OPTIONAL_DIMENSIONS, Assessment, RiskImport, Scenario
from kommissorium.risks.models.assessments import TITLE_LENGTH
from kommissorium.risks.subjects import usual_owner

MOST_NAME, MOST_HEADING, MOST_ROWS = 200, 200, 2000
Scope = Assessment.Scope
SCOPES: Final = (Scope.ORGANISATION, Scope.ASSETS, Scope.PROCESS)


def hand_in(
    data: bytes, name: str, *, by: Person, scope: str = Scope.ORGANISATION, process: str = ""
) -> RiskImport:
    """Read a sheet and keep it, with a guess at what its columns are; nothing is taken in yet.

    Raises Refused, by field, for what cannot be read; ValueError for a scope not among SCOPES.
    """
    if not RiskImport.can_be_made_by(by):
        raise PermissionDenied
    if scope not in SCOPES:
        raise ValueError(scope)
    if scope == Scope.PROCESS:
        process = line(process, "process", TITLE_LENGTH, wanted=_("Say which process."))
    called = clean_name(name)[:MOST_NAME]
    source = read_source(data, called)
    if len(source.rows) > MOST_ROWS:
        sentence = _("There are %(rows)d rows. Take in at most %(most)d at a time.")
        raise Refused(file=sentence % {"rows": len(source.rows), "most": MOST_ROWS})
    try:
        kept = store_file(data, called), store_file(packed(source), "rows.txt")
    except FileRefused as refused:
        raise Refused(file=str(refused)) from None
    with transaction.atomic():
        run = RiskImport.objects.create(
            scope=scope,
            process=process if scope == Scope.PROCESS else "",
            file=kept[0],
            parsed=kept[1],
            file_name=called,
            headings=[heading[:MOST_HEADING] for heading in source.headings],
            mapping=guess(source.headings),
            row_count=len(source.rows),
            by=by,
            at=timezone.now(),
        )
        record("risks.import_read", run, by=by, facts={"rows": run.row_count, "scope": scope})
    return run


@transaction.atomic
def map_columns(
    run: RiskImport, *, by: Person, mapping: Mapping[str, str], edit_version: int
) -> None:
    """Say which column is what, by the column's number as text; others are left out.

    Raises Refused where two columns are the same, where none says what can happen, or none names
    the assets an import is about; Conflict.
    """
    _refuse_closed(run, by)
    if set(mapping.values()) - set(TARGETS) or any(
        not 0 <= int(number) < len(run.headings) for number in mapping
    ):
        message = "a column or a field that is not there"
        raise ValueError(message)
    _refuse_lacking(run, mapping)
    row = RiskImport.objects.filter(
        pk=run.pk, edit_version=edit_version, state=RiskImport.State.READ
    )
    if not row.update(mapping=dict(mapping), edit_version=edit_version + 1):
        raise Conflict({"edit_version": RiskImport.objects.get(pk=run.pk).edit_version})
    run.refresh_from_db()
    record("risks.import_mapped", run, by=by, facts={"columns": len(mapping)})


@transaction.atomic
def drop_import(run: RiskImport, *, by: Person) -> None:
    """Give an import up that has not been taken in."""
    _refuse_closed(run, by)
    _move(run, RiskImport.State.READ, RiskImport.State.DROPPED)
    record("risks.import_dropped", run, by=by)


@transaction.atomic
def take_in(run: RiskImport, *, by: Person, mark: str, without_wrong: bool = False) -> Assessment:
    """Take the right rows in as the risks of one new draft, all or none; return the draft.

    `mark` is the plan's that was looked at. Raises Refused where rows are wrong and it was not
    said to leave them out, where anything has changed since, and where what the rows are about
    is being assessed already.
    """
    _refuse_closed(run, by)
    plan = plan_of(run)
    _refuse_unseen(plan, mark=mark, without_wrong=without_wrong)
    made = _begin(plan, by)
    risks = _write(plan.right, made, plan)
    done = {"assessment": made, "done_at": timezone.now()}
    numbers = {"taken": len(risks), "faulty": plan.counts[State.WRONG]}
    _move(run, RiskImport.State.READ, RiskImport.State.DONE, **done, **numbers)
    record("risks.scenarios_imported", made, by=by, facts={"number": len(risks), "import": run.pk})
    record("risks.import_done", run, by=by, facts={**numbers, "assessment": made.pk})
    return made


@transaction.atomic
def undo_import(run: RiskImport, *, by: Person) -> None:
    """Give the draft up that the import made. Raises Refused once it is no draft any more."""
    if not RiskImport.can_be_made_by(by):
        raise PermissionDenied
    if run.assessment is None or run.state != RiskImport.State.DONE:
        raise Refused(_("There is nothing to undo."))
    drop_assessment(run.assessment, by=by)
    _move(run, RiskImport.State.DONE, RiskImport.State.UNDONE, undone_at=timezone.now())
    record("risks.import_undone", run, by=by, facts={"assessment": run.assessment.pk})


def lacking(run: RiskImport, mapping: Mapping[str, str]) -> str:
    """Return what no column says that one must say, as a sentence; "" where nothing lacks."""
    told = list(mapping.values())
    if not {"title", THREAT} & set(told):
        return _("Choose the column that says what can happen.")
    if run.scope == Scope.ASSETS and ASSET not in told:
        return _("Choose the column that names the system, data set or archive.")
    twice = next((target for target in told if told.count(target) > 1), None)
    if twice:
        sentence = _("Two columns are taken as “%(target)s”. Choose one.")
        return sentence % {"target": TARGETS[twice]}
    return ""


def _refuse_lacking(run: RiskImport, mapping: Mapping[str, str]) -> None:
    if sentence := lacking(run, mapping):
        raise Refused(sentence)


def _begin(plan: Plan, by: Person) -> Assessment:
    values = [row.values for row in plan.right]
    made = begin_assessment(
        by=by,
        scope=plan.subject.scope,
        assets=plan.subject.assets,
        process=plan.subject.process,
        with_society=any(one.get(name) for one in values for name in OPTIONAL_DIMENSIONS),
    )
    Assessment.objects.filter(pk=made.pk).update(previous=plan.former)
    made.refresh_from_db()
    return made


def _write(rows: Sequence[PlannedRisk], made: Assessment, plan: Plan) -> list[Scenario]:
    usual = usual_owner(plan.subject)
    owner = usual.pk if usual else None
    risks = []
    for position, row in enumerate(rows):
        values = {name: value for name, value in row.values.items() if name != "owner"}
        risk = Scenario(
            assessment=made,
            position=position,
            lineage=row.lineage or uuid4(),
            threat=row.threat,
            owner_id=row.values.get("owner") or owner,
            **values,
        )
        risks.append(risk)
    return Scenario.objects.bulk_create(risks)


def _move(run: RiskImport, before: str, after: str, **values: object) -> None:
    row = RiskImport.objects.filter(pk=run.pk, state=before)
    if not row.update(state=after, edit_version=run.edit_version + 1, **values):
        raise Refused(_("It has been taken in or given up already."))
    run.refresh_from_db()


def _refuse_closed(run: RiskImport, by: Person) -> None:
    if not RiskImport.can_be_made_by(by):
        raise PermissionDenied
    if run.state != RiskImport.State.READ:
        raise Refused(_("It has been taken in or given up already."))


def _refuse_unseen(plan: Plan, *, mark: str, without_wrong: bool) -> None:
    if plan.mark != mark:
        raise Refused(_("Something has changed since you looked. Look through the rows again."))
    if not plan.right:
        raise Refused(_("There is no row that can be taken in."))
    if (wrong := plan.counts[State.WRONG]) and not without_wrong:
        sentence = ngettext(
            "%(count)d row is wrong. Put it right in the file and start again, or say that it is"
            " to be left out.",
            "%(count)d rows are wrong. Put them right in the file and start again, or say that they"
            " are to be left out.",
            wrong,
        )
        raise Refused(without_wrong=sentence % {"count": wrong})
