"""What the records system is handed of a case, and the closed cases as they are filed there.

The names of persons concerned stay behind: they are erased once the case is filed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import IO, Final

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Municipality, Person
from kommissorium.core.documents.handover import HandoverFile, told_plainly, write_files
from kommissorium.core.json_schemas import with_schema
from kommissorium.core.ui.localised import moment
from kommissorium.incidents.clocks import clocks_of
from kommissorium.incidents.laws import LAWS
from kommissorium.incidents.models import OPEN, EntryKind, Incident, Nature
from kommissorium.meetings.filing import FiledKind
from kommissorium.registers.documents.record import Section, facts_of_row, sections_pdf

SCHEMA: Final = "kommissorium-case-1"
PDF: Final = "application/pdf"
FACTS: Final = (
    *("nature", "type", "severity", "reported_at", "discovered_at", "happened_at", "area"),
    *("processor_told_at", "persons", "person_groups", "data_groups", "is_attack", "is_breach"),
    *("is_significant", "plan_activated", "effects", "remedy"),
)


def write_case(incident: Incident, out: IO[bytes]) -> None:
    """Write a closed case into a .zip; the same case gives the same bytes."""
    files = tuple(_files(incident))
    at = timezone.localtime(incident.closed_at or incident.reported_at)
    municipality = Municipality.current().name
    facts = with_schema(
        SCHEMA,
        {
            "number": incident.case_number,
            "title": incident.title,
            "body": municipality,
            "state": incident.state,
            "closed": at.isoformat(),
        },
    )
    lead = [f"{incident.label}, {municipality}", incident.title]
    note = _("Give access only to those who may read the case.")
    write_files(files, at, partial(told_plainly, files, facts, lead, note), out)


def _files(incident: Incident) -> Iterator[HandoverFile]:
    case = f"{incident.label}.pdf"
    yield HandoverFile(case, PDF, case_pdf(incident), "case", is_closed=True)
    for one in incident.evaluations.select_related("record"):
        if one.record and one.record.pdf:
            name = f"{_('Evaluation')} {incident.case_number}.pdf"
            yield HandoverFile(name, PDF, bytes(one.record.pdf), "evaluation", is_closed=True)
    for line in incident.entries.select_related("file"):
        if file := line.file:
            held = (line.file_name, file.media_type, file.checked())
            yield HandoverFile(*held, "evidence", is_closed=True)


def case_pdf(incident: Incident) -> bytes:
    """Return a case as a document: its triage, its notifications, and its timeline."""
    made_at = timezone.localtime(incident.closed_at or incident.reported_at)
    what = _("A security incident, from the report to the closing")
    return sections_pdf(incident.label, what, _sections(incident), made_at=made_at)


def _sections(incident: Incident) -> Iterator[Section]:
    pair = (_("What"), _("How it was"))
    facts = list(facts_of_row(incident, FACTS))
    facts.append((_("Systems and data"), ", ".join(one.name for one in incident.assets.all())))
    yield Section(_("The case"), incident.title, pair, facts, (3, 7))
    yield Section(_("As it was reported"), incident.what)
    known = [(LAWS[r.law], moment(r.at), r.because, r.word) for r in incident.awareness.all()]
    if known:
        laws = (_("Law"), _("Known since"), _("Reason"), _("Data protection officer's word"))
        yield Section(_("Known since"), "", laws, known, (2, 3, 5, 4))
    told = [one.notification for one in clocks_of(incident, timezone.now())]
    if told:
        columns = (_("What"), _("Due"), _("Sent"), _("Receipt number"), _("Reason"))
        rows = [
            (one.rule.label, moment(one.due_at), moment(one.sent_at), one.receipt, one.reason)
            for one in told
        ]
        yield Section(_("Notifications and deadlines"), "", columns, rows, (5, 3, 3, 3, 5))
    for one in told:
        if one.sent_at and one.text:
            yield Section(one.rule.label, one.text)
    lines = (_("When"), _("Kind"), _("What happened"), _("Who"))
    yield Section(_("Timeline"), "", lines, list(_timeline(incident)), (3, 3, 7, 3))


def _timeline(incident: Incident) -> Iterable[tuple[str, ...]]:
    """Yield the lines; none of them names the reporter."""
    for one in incident.entries.select_related("by"):
        who = one.by.name if one.by and one.kind != EntryKind.REPORT else ""
        what = one.text or one.file_name
        yield moment(one.at), one.get_kind_display(), what, who


class FiledIncidents(FiledKind[Incident]):
    """Closed cases. Once one is filed, the names of persons concerned are erased by rule."""

    kind = "incidents.incident"
    label = gettext_lazy("Incidents")

    def rows(self, person: Person) -> QuerySet[Incident]:
        found = Incident.objects.visible_to(person).exclude(state__in=OPEN)
        return found.exclude(nature=Nature.NONE).order_by("-closed_at", "-pk")

    def title(self, row: Incident) -> str:
        return row.label

    def day(self, row: Incident) -> date:
        return timezone.localdate(row.closed_at)
