"""The log of personal data breaches (GDPR art. 33(5)): facts, effects and remedy, as sheet and PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Answer
from kommissorium.core.documents import Column, Sheet
from kommissorium.core.documents.excel import Value
from kommissorium.incidents.models import Incident, Notification
from kommissorium.registers.documents.record import Section, in_words, sections_pdf


def breaches(person: Person) -> list[Incident]:
    """Return the breaches that the person reads, reported to the authority or not."""
    rows = Incident.objects.visible_to(person).incidents().filter(is_breach=Answer.YES)
    many = ("notifications", "awareness", "assets")
    return list(rows.prefetch_related(*many).order_by("year", "number"))


def breach_sheet(found: Iterable[Incident]) -> Sheet:
    """Return the log. It holds no names of persons."""
    texts = (_("Case"), _("What happened"), _("Systems and data"))
    moments = (_("Began"), _("Discovered"), _("Known since, as first noted"), _("Known since"))
    whom = (_("Persons concerned"), _("Kinds of personal data"), _("Effects"), _("Remedy"))
    told = (_("Receipt number"), _("Why it was late, or was not sent"))
    return Sheet(
        _("Personal data breaches"),
        [
            *(Column(one) for one in texts),
            *(Column(one, kind="moment") for one in moments),
            Column(_("Reason for the change")),
            Column(_("Number of persons"), kind="number"),
            *(Column(one) for one in whom),
            Column(_("Authority told at"), kind="moment"),
            *(Column(one) for one in told),
            Column(_("Persons told at"), kind="moment"),
            Column(_("Why they were not told")),
        ],
        _lines(found),
    )


def breach_pdf(found: Sequence[Incident]) -> bytes:
    """Return the log as a document: a table of each breach, of what is known."""
    sheet, title = breach_sheet(found), _("Personal data breaches")
    sections = [
        Section(
            f"{one.case_number} {one.title}",
            "",
            (_("What"), _("How it was")),
            [
                (str(column.heading), in_words(value))
                for column, value in zip(sheet.columns, row, strict=True)
                if value not in (None, "")
            ],
            (3, 7),
        )
        for one, row in zip(found, sheet.rows, strict=True)
    ]
    said = _("Facts, effects and remedy of each, reported to the authority or not.")
    return sections_pdf(title, said, sections, made_at=timezone.localtime())


def _lines(found: Iterable[Incident]) -> Iterator[Sequence[Value]]:
    for one in found:
        rows = {row.code: row for row in one.notifications.all()}
        known = [row for row in one.awareness.all() if row.law == "gdpr"]
        first = next((row for row in known if row.is_first), None)
        moved = next((row for row in reversed(known) if row.is_agreed), None)
        counting = moved or first
        yield (
            *(one.case_number, one.title, ", ".join(asset.name for asset in one.assets.all())),
            *(one.happened_at, one.discovered_at, first.at if first else None),
            *(counting.at if counting else None, moved.because if moved else ""),
            *(one.persons, one.person_groups, one.data_groups, one.effects, one.remedy),
            *_told(rows.get("gdpr_33")),
            *_told(rows.get("gdpr_34"))[::2],
        )


def _told(row: Notification | None) -> tuple[Value, Value, Value]:
    """Return when something was sent, its receipt, and why it was late or not sent."""
    return (row.sent_at, row.receipt, row.reason) if row else (None, "", "")
