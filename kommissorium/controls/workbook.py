"""A version of the statement of applicability as an Excel workbook."""

from __future__ import annotations

import json
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kommissorium.controls.models import Applies, SoaVersion
from kommissorium.controls.proposal import KIND, rows_of
from kommissorium.controls.status import LABELS
from kommissorium.core.documents.excel import Column, Sheet, workbook
from kommissorium.core.documents.steady_zip import steady
from kommissorium.registers.documents.record import proposal_facts

KEPT = ("because", "how", "owner", "laid_down", "carried_out", "evidence_on")


def statement_workbook(version: SoaVersion) -> bytes:
    """Return a version as a workbook, in the active language: the same bytes whenever it is asked
    for once it is approved, since it is made of what was frozen."""
    record = version.record
    frozen = json.loads(record.content) if record else KIND.content(version)
    rows = frozen["controls"] if record else rows_of(version)
    columns = (
        *(_("Control"), _("Applies"), _("How it stands"), _("Reason")),
        *(_("How it is met"), _("Responsible"), _("Laid down by"), _("Carried out")),
        _("Newest evidence"),
    )
    lines = [
        (
            f"{one['number']} {one['title']}",
            str(Applies(one["applies"]).label),
            str(LABELS[one["status"]]),
            *(one[name] for name in KEPT),
        )
        for one in rows
    ]
    about = [*proposal_facts(frozen), (_("What is new"), frozen["news"])]
    sheets = [
        Sheet(_("Controls"), [Column(one) for one in columns], lines),
        Sheet(frozen["title"], [Column(_("About")), Column("")], [one for one in about if one[1]]),
    ]
    made = workbook(
        sheets,
        title=frozen["title"],
        author=frozen["municipality"],
        language=get_language() or "da",
    )
    return steady(made, written_at=_made_at(version))


def _made_at(version: SoaVersion) -> datetime:
    return version.record.at if version.record else timezone.now()
