"""All plans for keeping offline: a .zip of the PDFs as they were approved, and an index of them.

The index says which version holds, who holds which printed copy, and whom one calls by the numbers
of today: they change more often than plans are decided on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.continuity.lines import rows_of
from kommissorium.continuity.models import ContinuitySettings, PaperCopy, Service
from kommissorium.continuity.plan import PLAN
from kommissorium.continuity.service_status import ServiceStatus, statuses_of
from kommissorium.core.ui.localised import day, moment
from kommissorium.registers.documents.record import Section, sections_pdf

INDEX = "00"
type Kept = tuple[ServiceStatus, str]  # a service, and the file of its plans; "" where it has none


def package_for(person: Person) -> bytes:
    """Return the .zip of the plans in force that the person may read."""
    rows, at = kept_for(person), timezone.localtime()
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:  # PDFs are compressed already
        name = f"{INDEX}-{slugify(_('Index')) or 'index'}.pdf"
        archive.writestr(name, index_pdf(rows, at))
        for status, file in rows:
            if status.plan:
                archive.writestr(file, PLAN.document(status.plan, person))
    return out.getvalue()


def kept_for(person: Person) -> list[Kept]:
    """Return the services the person sees, with the files of their plans."""
    services = Service.objects.visible_to(person).in_use().order_by("title", "pk")
    found = statuses_of(services, timezone.localdate(), "record")
    return [(one, _file(number, one)) for number, one in enumerate(found, 1)]


def index_pdf(rows: Sequence[Kept], at: datetime) -> bytes:
    """Return the index, to be printed and kept on top."""
    own = ContinuitySettings.current()
    facts = [
        (_("Printed on"), moment(at)),
        (_("Classification"), own.classification),
        (_("General contingency plan"), own.general),
    ]
    title = _("Plans for contingency, emergency and re-establishment")
    description = _("All plans in force, whom one calls, and who holds a printed copy")
    return sections_pdf(title, description, _sections(rows), made_at=at, facts=facts)


def _sections(rows: Sequence[Kept]) -> Iterator[Section]:
    columns = (_("Service"), _("How it stands"), _("Version"), _("In force from"), _("File"))
    plans = [[*_plan(status), file or "–"] for status, file in rows]
    yield Section(_("Plans"), "", columns, plans, (4, 3, 2, 3, 4))
    held = [
        [one.of_what, one.holder.name, one.place, day(one.printed_on)]
        for one in PaperCopy.objects.kept()
    ]
    if held:
        held_by = (_("Plans of"), _("Who holds it"), _("Where it lies"), _("Printed on"))
        yield Section(_("Printed copies"), "", held_by, held, (4, 3, 4, 3))
    called = (_("Who is phoned"), _("Phone"), _("When"))
    for status, _file_of in rows:
        if calls := rows_of(status.service.calls):
            heading = _("Who is phoned: %(service)s") % {"service": status.service.title}
            yield Section(heading, "", called, calls, (4, 3, 3))


def _file(number: int, status: ServiceStatus) -> str:
    name = slugify(status.service.title) or "plan"
    return f"{number:02}-{name}-{status.plan.number}.pdf" if status.plan else ""


def _plan(status: ServiceStatus) -> list[str]:
    plan, standing = status.plan, str(status.standing.label)
    holds = [str(plan.number), day(plan.in_force_from)] if plan else ["–", "–"]
    return [status.service.title, standing, *holds]
