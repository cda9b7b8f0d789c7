"""The auditor's work: name the auditor, fill the checklist, draw samples, issue the report."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.audits.actions.auditor_changes import ask_for_auditor
from kommissorium.audits.independence import refuse_dependent, refuse_made_up
from kommissorium.audits.models import (
    Audit,
    AuditorChange,
    AuditReport,
    AuditSettings,
    CheckLine,
    Sample,
)
from kommissorium.audits.report import report_content, report_pdf
from kommissorium.audits.scope import refuse_days, systems_in
from kommissorium.core.actions.rows import change_row
from kommissorium.core.cleaning import clean_fields, clean_line
from kommissorium.core.evidence.actions import freeze, record
from kommissorium.core.refusals import Refused

MOST_LINES = 200


@transaction.atomic
def name_auditor(
    audit: Audit, *, by: Person, values: Mapping[str, Any], edit_version: int, because: str = ""
) -> AuditorChange | None:
    """Name another auditor, or other days; ask for another one where the audit was held.

    That one wants the reason `because`, and what is asked is returned. Raises Refused for a
    dependent auditor, and for days that have gone by; Conflict.
    """
    if not audit.auditor_can_be_named_by(by):
        raise PermissionDenied
    cleaned = clean_fields(Audit, values)
    refuse_days(cleaned)
    _refuse_gone_by(audit, cleaned)
    refuse_dependent(cleaned["auditor"], audit.area, audit.clauses, audit.controls)
    if audit.plan.is_approved and not cleaned["independence"]:
        raise Refused(independence=_("Write why."))
    if audit.is_held and cleaned["auditor"] != audit.auditor:
        return ask_for_auditor(audit, by=by, values=cleaned, because=because)
    change_row(
        audit,
        cleaned,
        edit_version=edit_version,
        act="audits.auditor_named",
        by=by,
        facts=lambda now: {
            "title": now.title,
            "auditor": str(now.auditor.pseudonym),
            "first_day": now.first_day,
            "last_day": now.last_day,
        },
    )
    return None


def _refuse_gone_by(audit: Audit, values: Mapping[str, Any]) -> None:
    """Refuse to give days that are over: the auditor reads nothing on them, and would seem to have."""
    today = timezone.localdate()
    for name in ("first_day", "last_day"):
        given = values[name]
        if given and given < today and given != getattr(audit, name):
            raise Refused(**{name: _("The day is over. Choose today or a later one.")})


@transaction.atomic
def add_checks(audit: Audit, *, by: Person, lines: Sequence[str]) -> None:
    """Add lines to the checklist; those already there are left out."""
    _refuse_finished(audit, by)
    texts = [clean_line(one, "lines", 300) for one in lines]
    known = set(audit.checks.values_list("text", flat=True))
    new = [one for one in dict.fromkeys(texts) if one and one not in known]
    if not new:
        raise Refused(lines=_("Write at least one line that is not there already."))
    if len(known) + len(new) > MOST_LINES:
        raise Refused(lines=_("A checklist has %(most)d lines at most.") % {"most": MOST_LINES})
    CheckLine.objects.bulk_create(CheckLine(audit=audit, text=one) for one in new)
    facts = {"title": audit.title, "lines": len(new)}
    record("audits.checks_added", audit, by=by, facts=facts)


@transaction.atomic
def answer_check(
    line: CheckLine, *, by: Person, values: Mapping[str, Any], edit_version: int
) -> None:
    """Note what a line of the checklist showed. Raises Conflict."""
    _refuse_finished(line.audit, by)
    cleaned = clean_fields(CheckLine, values)
    if cleaned["outcome"] == "not_met" and not cleaned["note"]:
        raise Refused(note=_("Write what was seen that is not as it should be."))
    change_row(
        line,
        cleaned,
        edit_version=edit_version,
        act="audits.check_answered",
        by=by,
        facts=lambda now: {"title": now.audit.title, "line": now.text, "outcome": now.outcome},
    )


@transaction.atomic
def draw_sample(audit: Audit, *, by: Person, number: int) -> Sample:
    """Draw systems at random from those in the scope today; seed and population are kept.

    Raises Refused for more than there are.
    """
    _refuse_finished(audit, by)
    population = list(systems_in(audit.area).order_by("pk").values_list("pk", flat=True))
    if number > len(population):
        text = ngettext(
            "There is only %(number)d system in the scope.",
            "There are only %(number)d systems in the scope.",
            len(population),
        )
        raise Refused(number=text % {"number": len(population)})
    seed = secrets.token_hex(16)
    drawn = drawn_of(seed, population, number)
    made = Sample.objects.create(
        audit=audit,
        seed=seed,
        population=population,
        drawn=drawn,
        made_by=by,
        made_at=timezone.now(),
    )
    facts = {"title": audit.title, "seed": seed, "population": population, "drawn": drawn}
    record("audits.sample_drawn", audit, by=by, facts=facts)
    return made


def drawn_of(seed: str, population: Sequence[int], number: int) -> list[int]:
    """Return `number` of the population: those with the lowest SHA-256 of seed, colon and key."""
    return sorted(population, key=lambda key: hashlib.sha256(f"{seed}:{key}".encode()).hexdigest())[
        :number
    ]


@transaction.atomic
def change_settings(*, by: Person, values: Mapping[str, Any], edit_version: int) -> None:
    """Change how often an audit is wanted. Raises Conflict."""
    if not by.is_coordinator:
        raise PermissionDenied
    row, _new = AuditSettings.objects.get_or_create(pk=1)
    change_row(
        row,
        clean_fields(AuditSettings, values),
        edit_version=edit_version,
        act="audits.settings_changed",
        by=by,
        facts=lambda now: {"months": now.months},
    )


def _refuse_finished(audit: Audit, by: Person) -> None:
    """Refuse people who do not work on it, and audits not approved or with their report."""
    if not audit.can_be_worked_on_by(by):
        raise PermissionDenied
    if AuditReport.objects.filter(audit=audit).exists():
        raise Refused(_("The report is issued: nothing can be added to it."))


REPORT = "audits.report"


@transaction.atomic
def issue_report(audit: Audit, *, by: Person, population: int, looked_at: int) -> AuditReport:
    """Freeze the report as it is now: of the population so many were looked at.

    Raises Refused before it was held, where nothing was looked at or found, for numbers that
    cannot be, a second time, and where whoever issues it made the auditor up.
    """
    if not audit.can_be_worked_on_by(by):
        raise PermissionDenied
    if not audit.is_held or audit.called_off_at:
        raise Refused(_("Say first when it was held."))
    if AuditReport.objects.filter(audit=audit).exists():
        raise Refused(_("The report is issued already."))
    if not (audit.findings.exists() or audit.checks.exclude(outcome="").exists()):
        text = _("Nothing was looked at: fill in the checklist first, or note what was found.")
        raise Refused(text)
    _refuse_numbers(population, looked_at)
    refuse_made_up(audit, audit.auditor, by)
    now, content = timezone.localtime(), report_content(audit, population, looked_at)
    frozen = freeze(REPORT, audit, by=by, content=content, pdf=report_pdf(content, made_at=now))
    made = AuditReport.objects.create(
        audit=audit, record=frozen, auditor=audit.auditor, made_by=by, made_at=now
    )
    facts = {
        "title": audit.title,
        "findings": len(content["findings"]),
        "population": population,
        "looked_at": looked_at,
    }
    record("audits.report_issued", audit, by=by, facts=facts)
    return made


def _refuse_numbers(population: int, looked_at: int) -> None:
    if population < 1:
        raise Refused(population=_("Write how many there are: at least one."))
    if not 1 <= looked_at <= population:
        text = _("Write how many were looked at: at least one, and not more than there are.")
        raise Refused(looked_at=text)
