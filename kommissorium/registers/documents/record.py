"""The document of what a committee approved: what all of them say, and one laid out in sections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality
from kommissorium.core.documents import render_pdf
from kommissorium.core.documents.about import about_document
from kommissorium.core.ui.localised import day
from kommissorium.registers.models.proposals import Proposal

TEMPLATE: Final = Path(__file__).with_name("record.typ")

type Fact = tuple[str, str]  # a label and a text


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with lines of text, and a table where there are columns.

    `widths` are the shares of the columns, as many as there are.
    """

    heading: str
    text: str = ""
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    widths: Sequence[int] = ()


def proposal_content(
    proposal: Proposal, title: str, *, decision: str = "", in_force_from: date | None = None
) -> dict[str, Any]:
    """Return what the record of any proposal says, beside what it is about."""
    return {
        "title": title,
        "municipality": Municipality.current().name,
        "committee": proposal.committee.name if proposal.committee else "",
        "decision": decision,
        "in_force_from": in_force_from.isoformat() if in_force_from else "",
    }


def proposal_facts(content: Mapping[str, Any]) -> list[Fact]:
    """Return how far a proposal has come, as its document says at the top."""
    committee = (_("Committee"), content["committee"])
    if not content["decision"]:
        return [committee, (_("State"), _("Not approved yet"))]
    found = [committee, (_("Decision"), content["decision"])]
    if begins := content["in_force_from"]:
        found.append((_("Holds from"), day(date.fromisoformat(begins))))
    return found


def head_of(content: Mapping[str, Any], description: str, facts: Iterable[Fact]) -> dict[str, Any]:
    """Return the sheet and the facts of a document, as kit.typ asks for them."""
    municipality, title = content["municipality"], content["title"]
    footer = f"{municipality}, {title}"
    return {
        "sheet": about_document(title, description, author=municipality, footer=footer),
        "facts": [{"label": label, "text": text, "href": ""} for label, text in facts if text],
    }


def record_pdf(
    content: Mapping[str, Any],
    description: str,
    sections: Iterable[Section],
    *,
    made_at: datetime,
    facts: Iterable[Fact] = (),
) -> bytes:
    """Return a proposal in sections, in the active language, as an accessible PDF."""
    head = head_of(content, description, [*proposal_facts(content), *facts])
    data = {**head, "sections": [asdict(one) for one in sections]}
    return render_pdf(TEMPLATE, data, made_at=made_at)
