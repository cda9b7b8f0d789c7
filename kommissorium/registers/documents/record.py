"""The document of what a committee approved, with the changes it made, also for Word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.db.models import Model
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality
from kommissorium.core import documents
from kommissorium.core.documents import render_pdf
from kommissorium.core.documents.about import about_document
from kommissorium.core.richtext import Heading, plain_text, to_blocks
from kommissorium.core.richtext.blocks import as_text
from kommissorium.core.ui.localised import day, moment, number
from kommissorium.meetings.models import Decision, Outcome
from kommissorium.registers.models.proposals import Proposal


def changed_by(decision: Decision | None) -> str:
    """Return what a decision changed in what it approved; "" where it approved it as it was.

    What a closed decision says stands there alone.
    """
    if decision is None or decision.outcome != Outcome.WITH_CHANGES:
        return ""
    said = "" if decision.is_closed or not decision.text else plain_text(decision.text).strip()
    return said or _("What was changed stands in the decision.")


TEMPLATE: Final = Path(__file__).with_name("record.typ")

type Fact = tuple[str, str]  # a label and a text


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with lines of text, and a table where there are columns.

    `widths` are the shares of the columns, as many as there are. `is_folded` says that its page
    shows the table only to whoever opens it.
    """

    heading: str
    text: str = ""
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    widths: Sequence[int] = ()
    is_folded: bool = False

    @property
    def labelled(self) -> list[list[tuple[str, str]]]:
        """Return the rows with each cell beside the heading of its column."""
        return [list(zip(self.columns, row, strict=False)) for row in self.rows]


def in_words(value: Any) -> str:
    """Return a value as a document says it, in the active language; "" for none."""
    if isinstance(value, datetime):
        return moment(value)
    return number(value) if isinstance(value, int) else str(value or "")


def facts_of_row(row: Model, names: Iterable[str]) -> Iterator[Fact]:
    """Yield what a row says in these fields, by their labels; nothing of those that are empty."""
    for name in names:
        field: Any = row._meta.get_field(name)  # noqa: SLF001 Django's documented model API
        display = getattr(row, f"get_{name}_display", None)
        if said := in_words(display() if display else getattr(row, name)):
            yield capfirst(str(field.verbose_name)), said


def answered(
    model: type[Model], content: Mapping[str, str], names: Iterable[str]
) -> tuple[tuple[str, str], list[Fact], tuple[int, int]]:
    """Return columns, rows and widths of the questions that are answered: the fields of a model,
    whose labels may begin with what they are about and a colon."""
    labels = {name: str(model._meta.get_field(name).verbose_name) for name in names}  # type: ignore[union-attr] # noqa: SLF001
    rows = [
        (capfirst(label.rpartition(": ")[2]), content[name])
        for name, label in labels.items()
        if content[name]
    ]
    return (_("Question"), _("Answer")), rows, (3, 7)


def proposal_content(
    proposal: Proposal, title: str, *, decision: str = "", in_force_from: date | None = None
) -> dict[str, Any]:
    """Return what the record of any proposal says, beside what it is about."""
    decided = Decision.objects.filter(committee=proposal.committee, number=decision)
    changes = changed_by(decided.first() if decision else None)
    return {
        "title": title,
        "municipality": Municipality.current().name,
        "committee": proposal.committee.name if proposal.committee else "",
        "decision": decision,
        "in_force_from": in_force_from.isoformat() if in_force_from else "",
        **({"decided_changes": changes} if changes else {}),
    }


def proposal_facts(content: Mapping[str, Any]) -> list[Fact]:
    """Return how far a proposal has come, as its document says at the top."""
    committee = (_("Committee"), content["committee"])
    if not content["decision"]:
        return [committee, (_("State"), _("Not approved yet"))]
    found = [committee, (_("Decision"), content["decision"])]
    if changes := content.get("decided_changes"):
        found.append((_("Approved with changes"), changes))
    if begins := content["in_force_from"]:
        found.append((_("In force from"), day(date.fromisoformat(begins))))
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
    wide: bool = False,
) -> bytes:
    """Return a proposal in sections, in the active language, as an accessible PDF."""
    said = [*proposal_facts(content), *facts]
    return sections_pdf(
        content["title"], description, sections, made_at=made_at, facts=said, wide=wide
    )


def sections_pdf(
    title: str,
    description: str,
    sections: Iterable[Section],
    *,
    made_at: datetime,
    facts: Iterable[Fact] = (),
    wide: bool = False,
) -> bytes:
    """Return what a register says in sections, in the active language, as an accessible PDF.

    A `wide` one lies on its side.
    """
    content = {"title": title, "municipality": Municipality.current().name}
    shown = [asdict(one) for one in sections]
    data = {**head_of(content, description, facts), "sections": shown, "wide": wide}
    return render_pdf(TEMPLATE, data, made_at=made_at)


WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def new_word(
    title: str, municipality: str, subtitle: str = "", *, made_at: datetime | None = None
) -> documents.WordDocument:
    """Return a document that says its title, whose it is, and its pages; made now unless said."""
    pages = _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"}
    footer, language = f"{municipality}, {title}", get_language() or "da"
    frame = documents.WordFrame(
        title, municipality, language, made_at or timezone.localtime(), footer, pages
    )
    document = documents.WordDocument(frame)
    document.title(title, subtitle)
    return document


def write_text(document: documents.WordDocument, html: str) -> None:
    """Write a formatted text, its headings as headings of Word of their own level."""
    for block in to_blocks(html):
        if isinstance(block, Heading):
            document.heading(as_text([block]).replace("\n", " "), block.level)
        else:
            document.blocks([block])


def word_to_edit(title: str, html: str) -> bytes:
    """Return a text as Word to write in: its title, and what it says, nothing else."""
    document = new_word(title, Municipality.current().name)
    write_text(document, html)
    return document.to_bytes()
