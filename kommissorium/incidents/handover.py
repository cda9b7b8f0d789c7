"""What is handed over of a case to the records system: the case, its evaluations and its files.

The names of persons concerned stay behind: they are erased once the case is filed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import IO, Any, Final

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality
from kommissorium.core.documents.handover import (
    METADATA,
    SUMS,
    HandoverFile,
    file_as_json,
    write_files,
)
from kommissorium.core.json_schemas import with_schema
from kommissorium.core.ui.localised import moment
from kommissorium.incidents.breach_log import in_words
from kommissorium.incidents.clocks import clocks_of
from kommissorium.incidents.laws import LAWS
from kommissorium.incidents.models import EntryKind, Incident
from kommissorium.registers.documents.record import Section, sections_pdf

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
    write_files(files, at, partial(_described, incident, files), out)


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


def _described(
    incident: Incident, files: Sequence[HandoverFile], paths: Sequence[str]
) -> tuple[str, dict[str, Any]]:
    """Return what README.txt and metadata.json say."""
    municipality = Municipality.current().name
    rows = [file_as_json(*each) for each in zip(files, paths, strict=True)]
    facts = {
        "number": incident.case_number,
        "title": incident.title,
        "body": municipality,
        "state": incident.state,
        "closed": timezone.localtime(incident.closed_at).isoformat(),
        "file": rows,
    }
    lines = [f"{incident.label}, {municipality}", incident.title, "", *paths, ""]
    lines.append(_("%(name)s has the same for a machine to read.") % {"name": METADATA})
    checked = _("%(name)s has the checksums of the files. Check them with: sha256sum -c %(name)s")
    lines.append(checked % {"name": SUMS})
    lines.append(_("Give access only to those who may read the case."))
    return "\n".join(lines) + "\n", with_schema(SCHEMA, facts)


def case_pdf(incident: Incident) -> bytes:
    """Return a case as a document: what it is, what was told of it, and its timeline."""
    made_at = timezone.localtime(incident.closed_at or incident.reported_at)
    what = _("A security incident, from the report to the closing")
    return sections_pdf(incident.label, what, _sections(incident), made_at=made_at)


def _sections(incident: Incident) -> Iterator[Section]:
    pair = (_("What"), _("How it was"))
    yield Section(_("The case"), incident.title, pair, list(_facts(incident)), (3, 7))
    yield Section(_("As it was reported"), incident.what)
    if known := list(_known(incident)):
        laws = (_("Law"), _("Known since"), _("Reason"), _("Data protection officer's word"))
        yield Section(_("Known since"), "", laws, known, (2, 3, 5, 4))
    told = [one.notification for one in clocks_of(incident, timezone.now())]
    if told:
        columns = (_("What"), _("Deadline"), _("Sent"), _("Receipt number"), _("Reason"))
        rows = [
            (one.rule.label, moment(one.due_at), moment(one.sent_at), one.receipt, one.reason)
            for one in told
        ]
        yield Section(_("To be told of"), "", columns, rows, (5, 3, 3, 3, 5))
    for one in told:
        if one.sent_at and one.text:
            yield Section(one.rule.label, one.text)
    lines = (_("When"), _("Kind"), _("What happened"), _("Who"))
    yield Section(_("Timeline"), "", lines, list(_timeline(incident)), (3, 3, 7, 3))


def _facts(incident: Incident) -> Iterator[tuple[str, str]]:
    for name in FACTS:
        field: Any = Incident._meta.get_field(name)  # noqa: SLF001 Django's documented model API
        display = getattr(incident, f"get_{name}_display", None)
        value = display() if display else getattr(incident, name)
        if value not in (None, ""):
            yield capfirst(str(field.verbose_name)), in_words(value)
    if names := ", ".join(one.name for one in incident.assets.all()):
        yield _("Systems and data"), names


def _known(incident: Incident) -> Iterator[tuple[str, ...]]:
    for one in incident.awareness.all():
        yield LAWS[one.law], moment(one.at), one.because, one.word


def _timeline(incident: Incident) -> Iterable[tuple[str, ...]]:
    """Yield the lines; who reported it is told by none of them."""
    for one in incident.entries.select_related("by"):
        who = one.by.name if one.by and one.kind != EntryKind.REPORT else ""
        what = one.text or one.file_name
        yield moment(one.at), one.get_kind_display(), what, who
