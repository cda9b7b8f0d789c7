"""Answer a finding, report it as put right, accept that or not; log what auditors read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.documents import GivenFile
from kommissorium.audits.independence import refuse_made_up
from kommissorium.audits.models import (
    Answer,
    AuditFinding,
    AuditReport,
    Closure,
    ClosureFile,
    Verdict,
)
from kommissorium.core.cleaning import clean_fields, clean_reason
from kommissorium.core.evidence.actions import record
from kommissorium.core.files.actions import store_file
from kommissorium.core.files.file_types import FileRefused, clean_name
from kommissorium.core.refusals import Refused
from kommissorium.tasks.actions import finish_task

MOST_FILES: Final = 10


@transaction.atomic
def answer_finding(finding: AuditFinding, *, by: Person, values: Mapping[str, Any]) -> Answer:
    """Give the cause of a finding and what is done about it; of several, the newest counts."""
    if not finding.can_be_answered_by(by):
        raise PermissionDenied
    if finding.closures.filter(verdict=Verdict.ACCEPTED).exists():
        raise Refused(_("The finding is closed."))
    cleaned = clean_fields(Answer, values)
    made = Answer.objects.create(finding=finding, made_by=by, made_at=timezone.now(), **cleaned)
    record("audits.finding_answered", finding, by=by, facts=_told(finding))
    return made


@transaction.atomic
def ask_closure(
    finding: AuditFinding, *, by: Person, evidence: str, documents: Sequence[GivenFile] = ()
) -> Closure:
    """Report a finding as put right, with evidence; its task is done. The auditor judges it.

    Raises Refused where nobody has said why it was so, where it is asked or closed already, and
    for a file that may not come in.
    """
    if not finding.can_be_answered_by(by):
        raise PermissionDenied
    if not finding.closure_can_be_asked_by(by):
        raise Refused(
            _(
                "You answered it for %(name)s. Whoever answers for the owner cannot say that it is put "
                "right: %(name)s, or another coordinator, does."
            )
            % {"name": finding.task.owner.name}
        )
    if not finding.answers.exists():
        raise Refused(_("Answer the finding first: why is it so, and what is done?"))
    if finding.closures.exclude(verdict=Verdict.RETURNED).exists():
        raise Refused(_("The auditor has been asked already, or has closed it."))
    cleaned = clean_fields(Closure, {"evidence": evidence})
    if finding.task.is_open and finding.task.can_be_finished_by(by):
        finish_task(finding.task, by=by, word=cleaned["evidence"][:1000])
    made = Closure.objects.create(finding=finding, made_by=by, made_at=timezone.now(), **cleaned)
    kept = _keep(made, documents)
    record("audits.closure_asked", finding, by=by, facts=_told(finding) | {"files": kept})
    return made


def _keep(closure: Closure, files: Sequence[GivenFile]) -> list[str]:
    """Keep the files of evidence; return their hashes."""
    if len(files) > MOST_FILES:
        raise Refused(documents=_("Take at most %(most)d files.") % {"most": MOST_FILES})
    stored = []
    for one in files:
        name = clean_name(one.name)
        try:
            stored.append(
                ClosureFile(closure=closure, file=store_file(one.data, one.name), name=name)
            )
        except FileRefused as refused:
            raise Refused(documents=f"{name}: {refused}") from None
    ClosureFile.objects.bulk_create(stored)
    return [one.file_id for one in stored]


@transaction.atomic
def judge_closure(finding: AuditFinding, *, by: Person, verdict: str, because: str) -> None:
    """Accept the evidence, which closes the finding; or note what is missing.

    Raises Refused for no reason why it is not accepted, and where nobody waits for it.
    """
    if not finding.can_be_judged_by(by):
        raise PermissionDenied
    if verdict == Verdict.RETURNED:
        because = clean_reason(because, _("Must be filled in."))
    waiting = finding.closures.filter(verdict=Verdict.ASKED)
    if waiting.filter(made_by=by).exists():
        raise Refused(_("Who says that it is put right cannot accept it too."))
    refuse_made_up(finding.activity, by, finding.task.owner, *_askers(finding))
    values = {"verdict": verdict, "judged_by": by, "judged_at": timezone.now()}
    if not waiting.update(**values, because=because):
        raise Refused(_("Nobody waits for your answer on it."))
    report = AuditReport.objects.filter(audit=finding.activity_id).first()
    facts = _told(finding) | {"verdict": verdict}
    if report and report.auditor_id and report.auditor_id != by.pk:
        facts["by_another"] = True  # who did not make the report
    record("audits.closure_judged", finding, by=by, facts=facts)


def _askers(finding: AuditFinding) -> list[Person]:
    waiting = finding.closures.filter(verdict=Verdict.ASKED).select_related("made_by")
    return [one.made_by for one in waiting]


def _told(finding: AuditFinding) -> dict[str, Any]:
    return {
        "title": finding.activity.title,
        "audit": finding.activity_id,
        "sort": finding.sort,
        "severity": finding.severity,
    }
