"""The report of an audit: its content as plain data, its document, and as it is filed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Municipality, Person
from kommissorium.assets.models import Asset
from kommissorium.audits.models import Audit, AuditFinding, AuditReport, Sample
from kommissorium.audits.scope import scope_in_words
from kommissorium.committees.models import Committee
from kommissorium.core.ui.localised import day
from kommissorium.meetings.filing import FiledKind
from kommissorium.registers.documents.record import Section, sections_pdf

type Rows = list[list[str]]


def report_content(audit: Audit, population: int = 0, looked_at: int = 0) -> dict[str, Any]:
    """Return the whole content of the report, complete in itself; a draft has no numbers yet."""
    return {
        "title": _("Report: %(title)s") % {"title": audit.title},
        "municipality": Municipality.current().name,
        "auditor": audit.auditor.name,
        "held_on": day(audit.held_on) if audit.held_on else "",
        "scope": scope_in_words(audit),
        "independence": audit.independence,
        "criterion": audit.criterion,
        "outcome": str(audit.get_outcome_display()),
        "conclusion": audit.conclusion,
        "findings": finding_rows(audit),
        "checks": [
            [one.text, str(one.get_outcome_display()), one.note] for one in audit.checks.all()
        ],
        "samples": [_sample_row(one) for one in audit.samples.all()],
        "population": population,
        "looked_at": looked_at,
    }


def report_pdf(content: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """Return the report in the active language, as an accessible PDF."""
    facts = [(_("Auditor"), content["auditor"]), (_("Held on"), content["held_on"])]
    if population := content.get("population"):
        values = {"number": content["looked_at"], "all": population}
        facts.append((_("Looked at"), _("%(number)d of %(all)d") % values))
    found = (_("Kind"), _("Severity"), _("What was found"), _("About"), _("Who puts it right"))
    looked = (_("What was looked at"), _("What it showed"), _("What was seen"))
    drawn = (_("Drawn"), _("Of"), _("Seed"), _("Systems"))
    sections = [
        Section(_("Scope"), content["scope"]),
        Section(_("Why the auditor is independent"), content["independence"]),
        Section(_("What was to come of it"), content["criterion"]),
        Section(_("Conclusion"), f"{content['outcome']}. {content['conclusion']}"),
        _table(_("Findings"), _("Nothing was found."), found, content["findings"], (3, 2, 6, 3, 3)),
        _table(_("Checklist"), "", looked, content["checks"], (5, 3, 5)),
        _table(_("Samples"), "", drawn, content["samples"], (2, 1, 7, 6)),
    ]
    shown = [one for one in sections if one.text or one.rows]
    return sections_pdf(
        content["title"], _("Report of an audit"), shown, made_at=made_at, facts=facts
    )


def finding_rows(audit: Audit) -> Rows:
    """Return the findings of an audit as rows of a document, the most serious first."""
    rows = AuditFinding.objects.filter(activity=audit).select_related("task__owner", "asset")
    return [
        [
            str(one.get_sort_display()),
            str(one.get_severity_display()),
            one.text,
            ", ".join(filter(None, (one.reference, one.asset.name if one.asset else ""))),
            one.task.owner.name,
        ]
        for one in rows.order_by("-severity", "pk")
    ]


def _sample_row(sample: Sample) -> list[str]:
    names = dict(Asset.objects.filter(pk__in=sample.drawn).values_list("pk", "name"))
    drawn = ", ".join(names[key] for key in sample.drawn if key in names)
    return [str(len(sample.drawn)), str(len(sample.population)), sample.seed, drawn]


def _table(
    heading: str,
    empty: str,
    columns: tuple[str, ...],
    rows: Rows,
    widths: tuple[int, ...],
) -> Section:
    return Section(heading, "", columns, rows, widths) if rows else Section(heading, empty)


class FiledReports(FiledKind[AuditReport]):
    """Issued reports, each with its document as it was frozen."""

    kind = "audits.auditreport"
    label = gettext_lazy("Reports of audits")

    def rows(self, person: Person) -> QuerySet[AuditReport]:
        found = AuditReport.objects.select_related("audit").order_by("-made_at", "-pk")
        if not Committee.are_followed_by(person):
            return found.none()
        return found.filter(audit__in=Audit.objects.reported_to(person).order_by().values("pk"))

    def title(self, row: AuditReport) -> str:
        return _("Report: %(title)s") % {"title": row.audit.title}

    def day(self, row: AuditReport) -> date:
        return timezone.localdate(row.made_at)


def reads_report(audit: Audit, person: Person) -> bool:
    """Return whether the person reads the report of this audit, once it is issued."""
    return Audit.objects.reported_to(person).filter(pk=audit.pk).exists()
