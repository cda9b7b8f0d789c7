"""All plans for keeping offline: a .zip of the PDFs as they were approved, and an index of them.

The index says which version holds, who holds which printed copy, and whom one calls by the numbers
of today: they change more often than plans are decided on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Kept:
    """A service of the package: how it stands, and the file of its plans; "" where it has none."""

    status: ServiceStatus
    file: str


def package_for(person: Person) -> bytes:
    """Return the .zip of the plans in force that the person may read."""
    rows, at = kept_for(person), timezone.localtime()
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:  # PDFs are compressed already
        name = f"{INDEX}-{slugify(_('Index')) or 'index'}.pdf"
        archive.writestr(name, index_pdf(rows, at))
        for one in rows:
            if one.file and one.status.plan:
                archive.writestr(one.file, PLAN.document(one.status.plan, person))
    return out.getvalue()


def kept_for(person: Person) -> list[Kept]:
    """Return the services the person sees, with the files of their plans."""
    services = Service.objects.visible_to(person).in_use().select_related("responsible", "area")
    found = statuses_of(services.order_by("title", "pk"), timezone.localdate())
    plans = PLAN.visible_to(person).select_related("record", "decision", *PLAN.related)
    whole = plans.in_bulk([one.plan.pk for one in found if one.plan])
    rows = []
    for number, one in enumerate(found, 1):
        plan = whole.get(one.plan.pk) if one.plan else None
        name = f"{number:02}-{slugify(one.service.title) or 'plan'}" if plan else ""
        file = f"{name}-{plan.number}.pdf" if plan else ""
        rows.append(Kept(ServiceStatus(one.service, plan, one.standing, one.warnings), file))
    return rows


def index_pdf(rows: Sequence[Kept], at: datetime) -> bytes:
    """Return the index, to be printed and to lie on top."""
    own = ContinuitySettings.current()
    facts = [
        (_("Made"), moment(at)),
        (_("Classification"), own.classification),
        (_("General contingency plan"), own.general),
    ]
    title = _("Plans for contingency, emergency and re-establishment")
    description = _("All plans in force, whom one calls, and who holds a printed copy")
    return sections_pdf(title, description, _sections(rows), made_at=at, facts=facts)


def _sections(rows: Sequence[Kept]) -> Iterator[Section]:
    columns = (_("Service"), _("How it stands"), _("Version"), _("Holds from"), _("File"))
    yield Section(_("Plans"), "", columns, [_plan(one) for one in rows], (4, 3, 2, 3, 4))
    copies = PaperCopy.objects.kept()
    held = [[one.of_what, one.holder.name, one.place, day(one.printed_on)] for one in copies]
    if held:
        held_by = (_("Plans of"), _("Who holds it"), _("Where it lies"), _("Printed on"))
        yield Section(_("Printed copies"), "", held_by, held, (4, 3, 4, 3))
    for one in rows:
        service = one.status.service
        if calls := rows_of(service.calls):
            called = (_("Who is phoned"), _("Phone"), _("When"))
            heading = _("Who is phoned: %(service)s") % {"service": service.title}
            yield Section(heading, "", called, calls, (4, 3, 3))


def _plan(one: Kept) -> list[str]:
    status, plan = one.status, one.status.plan
    begun = plan.in_force_from if plan else None
    return [
        status.service.title,
        str(status.standing.label),
        str(plan.number) if plan else "–",
        day(begun) if begun else "–",
        one.file or "–",
    ]
