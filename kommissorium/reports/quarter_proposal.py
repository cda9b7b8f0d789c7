"""What a committee tells of a quarter, before a committee: what status and report share."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kommissorium.committees.models import Committee
from kommissorium.registers.standard_proposals import StandardProposal
from kommissorium.reports.documents import status_pdf
from kommissorium.reports.handwritten import CONCLUSION
from kommissorium.reports.models import WrittenPart
from kommissorium.reports.models.quarterly import Quarterly


class QuarterProposal[M: Quarterly](StandardProposal[M]):
    """Approve what is told of a quarter: its parts, each of a text and figures."""

    related = ("of", "committee", "proposed_by", "made_by", "decision")
    parts = ("parts",)

    def committee_of(self, proposal: M) -> Committee:
        return proposal.of

    def same_as(self, proposal: M) -> QuerySet[M]:
        # Each quarter has its own, and none takes another's place.
        rows: Any = self.model._default_manager  # noqa: SLF001
        found: QuerySet[M] = rows.of_quarter(proposal.of, proposal.quarter)
        return found

    def called(self, proposal: M) -> dict[str, Any]:
        """Return the facts from which an event is known to be about it."""
        return {"kind": self.kind, "quarter": str(proposal.quarter)}

    def told(self, proposal: M) -> dict[str, Any]:
        return self.called(proposal)

    def lacks(self, proposal: M) -> list[str]:
        """Return that parts are neither written nor said to be empty."""
        empty = [one.heading for one in self.told_parts(proposal) if one.lacks_words]
        text = _("Write what there is to tell, or say that there is nothing: %(parts)s.")
        return [text % {"parts": ", ".join(empty)}] if empty else []

    def body(self, proposal: M) -> dict[str, Any]:
        quarter = proposal.quarter
        return {
            "committee": proposal.of.name,
            "quarter": str(quarter),
            "label": quarter.label,
            "before": quarter.before.label,
            "first": quarter.first.isoformat(),
            "last": quarter.last.isoformat(),
            "composed_on": proposal.composed_at.date().isoformat(),
            "parts": [part.data for part in self.told_parts(proposal)],
        }

    def told_parts(self, proposal: M) -> list[WrittenPart]:
        parts: Any = proposal
        return list(parts.parts.all())

    def conclusion(self, proposal: M) -> list[str]:
        """Return what the conclusion says, for the agenda."""
        return [one.text for one in self.told_parts(proposal) if one.code == CONCLUSION]

    def kept_content(self, proposal: M) -> dict[str, Any]:
        """Return what it says: of an approved one as it was frozen."""
        if proposal.record:
            content: dict[str, Any] = json.loads(proposal.record.content)
            return content
        return self.content(proposal)

    def pdf(self, content: Mapping[str, Any], *, made_at: datetime) -> bytes:
        return status_pdf(content, str(self.description), made_at=made_at)
