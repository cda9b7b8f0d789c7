"""The mail with a report to the executive board: its conclusion and document, nothing closed."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.mail.actions import queue_mail
from kommissorium.core.mail.letter import Letter, Link
from kommissorium.reports.models import BoardReport
from kommissorium.reports.proposals import BOARD


def mail_report(report: BoardReport, person: Person) -> None:
    """Queue the mail to one of the executive board, in whose language this is called."""
    title, document = BOARD.title_of(report), BOARD.open_document(report)
    said = _("%(committee)s has sent its report to the executive board.")
    attached = _("It is attached as PDF.")
    closed = _("What is closed stands on its page alone.")
    letter = Letter(
        title,
        Link(_("Read it and confirm receipt"), reverse("report_to_executive", args=[report.pk])),
        person.name,
        lines=[said % {"committee": report.of.name}, *BOARD.conclusion(report)],
        small=[attached if document else "", closed if document != report.record else ""],
    )
    queue_mail(
        to=person.email or "",
        kind="board_report",
        key=f"{report.pk}",
        letter=letter,
        document=document,
        file_name=f"{title}.pdf",
    )
