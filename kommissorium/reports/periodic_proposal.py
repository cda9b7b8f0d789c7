"""Proposals of reports on a quarter or a year to a committee, also without what is closed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person, WordTemplate
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.models import Record
from kommissorium.measures.periods import Quarter
from kommissorium.registers.documents.record import WORD, Section
from kommissorium.registers.standard_proposals import StandardProposal
from kommissorium.registers.status import CONCLUSION, StatusPart, figures_of
from kommissorium.reports.documents import Content, report_json, report_pdf, report_word, table_of
from kommissorium.reports.models.board_reports import ASKS
from kommissorium.reports.models.periodic_reports import PeriodicReport
from kommissorium.reports.models.written_parts import Closes, WrittenPart

type Composed = Mapping[str, Any]
type Data = Mapping[str, Any]


def has_closed(content: Composed) -> bool:
    return any(part.get("closes") for part in content["parts"])


def open_content(content: Composed) -> dict[str, Any]:
    """Return what it says without what is closed; of that, the ground alone.

    The conclusion says nothing of parts that are closed, unless somebody wrote it by hand.
    """
    whole = {part["code"] for part in content["parts"] if part.get("closes") == Closes.WHOLE}
    parts = [_open(part, whole) for part in content["parts"]]
    left_out = {"key", "edited_word"}  # its Word is not taken back
    left_out |= {"requests"} if ASKS in whole else set()
    kept = {name: value for name, value in content.items() if name not in left_out}
    return {**kept, "edition": "open", "parts": parts}


def _open(part: Data, whole: set[str]) -> dict[str, Any]:
    opened = {**part, "sentences": [], "figures_of": {}}
    pictures = opened.pop("pictures", {})
    if part.get("closes") == Closes.WHOLE:
        return opened | {"text": "", "is_empty": False, "figures": [], "columns": [], "rows": []}
    if tiles := [one for one in pictures.get("tiles", ()) if one["of"] not in whole]:
        opened["pictures"] = {"tiles": tiles}
    if part.get("closes") == Closes.TABLE:
        return opened | {"columns": [], "rows": []}
    if "matrices" in pictures:
        opened["pictures"] = opened.get("pictures", {}) | {"matrices": pictures["matrices"]}
    if part["code"] == CONCLUSION and whole:
        return opened | _without(part, whole)
    return opened


def _without(part: Data, whole: set[str]) -> dict[str, Any]:
    """Return the text and the figures of a conclusion that speak of no closed part.

    A sentence of no part speaks of all of them.
    """
    of = part.get("figures_of", {})
    figures = [one for one in part["figures"] if of.get(one["code"]) not in whole]
    if not part.get("sentences"):
        return {"figures": figures}
    told = [text for code, text in part["sentences"] if code and code not in whole]
    return {"figures": figures, "text": " ".join(told)}


MEDIA_TYPES = {"pdf": "application/pdf", "docx": WORD, "json": "application/json"}


class PeriodicProposal[M: PeriodicReport](StandardProposal[M]):
    """Proposal to approve a report on a quarter or a year: parts, each of a text and figures."""

    part: ClassVar[type[WrittenPart]]
    word_kind: ClassVar[str] = WordTemplate.Kind.STATUS
    schema: ClassVar[str] = "kommissorium-status-1"
    related = ("of", "committee", "proposed_by", "made_by", "decision", "record", "open_record")
    parts = ("parts",)

    def compose(self, told: M) -> Sequence[StatusPart]:
        """Return its parts as they are composed now, in their order."""
        raise NotImplementedError

    def edit_url(self, proposal: M) -> str:
        return reverse("told_edit", args=[self.slug, proposal.pk])

    def committee_of(self, proposal: M) -> Committee:
        return proposal.of

    def same_as(self, proposal: M) -> QuerySet[M]:
        # Each quarter and year has its own, and none takes another's place.
        rows: Any = self.model._default_manager  # noqa: SLF001
        found: QuerySet[M] = rows.of_period(proposal.of, proposal.period)
        return found

    def called(self, proposal: M) -> dict[str, Any]:
        """Return the facts from which an event is known to be about it."""
        return {"kind": self.kind, "quarter": str(proposal.period)}

    def title_of(self, proposal: M) -> str:
        return self.named(self.called(proposal))

    def told(self, proposal: M) -> dict[str, Any]:
        return self.called(proposal)

    def lacks(self, proposal: M) -> list[str]:
        """Return that parts are neither written nor said to be empty."""
        empty = [one.heading for one in self.told_parts(proposal) if one.lacks_words]
        text = _("Write what there is to tell, or say that there is nothing: %(parts)s.")
        return [text % {"parts": ", ".join(empty)}] if empty else []

    def body(self, proposal: M) -> dict[str, Any]:
        period = proposal.period
        about = {name: one for name, one in self.called(proposal).items() if name != "kind"}
        return {
            "committee": proposal.of.name,
            **about,
            "label": period.label,
            "before": period.before.label,
            "first": period.first.isoformat(),
            "last": period.last.isoformat(),
            "composed_on": proposal.composed_at.date().isoformat(),
            "parts": [part.data for part in self.told_parts(proposal)],
            "of": self.slug,
            "key": proposal.pk,
            "edited_word": proposal.word_file_id or "",
        }

    def sections(self, content: Mapping[str, Any]) -> Sequence[Section]:
        """Return the figures that an agenda shows, where everybody reads them: none is closed."""
        parts = open_content(content)["parts"]
        all_of_them = [one for part in parts for one in figures_of(part)]
        figures = self.agenda_figures(all_of_them)
        heading = _("Figures of the quarter")
        if len(figures) < len(all_of_them):
            heading = _("What has become better or worse")
        table = table_of(figures, content)
        widths = (5, 2, 2, 2)[: len(table["columns"])]
        return [Section(heading, "", table["columns"], table["rows"], widths)]

    def agenda_figures(self, figures: list[Any]) -> list[Any]:
        """Return the figures that have become worse or better; all where none has."""
        return [one for one in figures if one.course in {"worse", "better"}] or figures

    def told_parts(self, proposal: M) -> list[WrittenPart]:
        parts: Any = proposal
        return list(parts.parts.all())

    def typed_parts(self, proposal: M) -> list[WrittenPart]:
        """Return the parts that are written on one page, in the order they stand."""
        return self.told_parts(proposal)

    def shown_parts(self, proposal: M, person: Person) -> list[WrittenPart]:
        """Return its parts as `person` may read them."""
        parts = self.told_parts(proposal)
        if proposal.shows_whole_to(person) or not any(one.closes for one in parts):
            return parts
        content = self.kept_content(proposal, is_open=True)
        return [self.part.from_data(one) for one in content["parts"]]

    def is_whole_for(self, proposal: M, person: Person) -> bool:
        """Return whether `person` reads all of it: nothing is closed, or not to them."""
        is_open = not any(one.closes for one in self.told_parts(proposal))
        return is_open or proposal.shows_whole_to(person)

    def conclusion(self, proposal: M) -> list[str]:
        """Return what the conclusion says to everybody, for the agenda."""
        told = {"parts": [one.data for one in self.told_parts(proposal)]}
        parts = open_content(told)["parts"]
        return [one["text"] for one in parts if one["code"] == CONCLUSION and one["text"]]

    def kept_content(self, proposal: M, *, is_open: bool = False) -> dict[str, Any]:
        """Return what it says: of an approved one as it was frozen."""
        frozen = (proposal.open_record or proposal.record) if is_open else proposal.record
        if frozen:
            content: dict[str, Any] = json.loads(frozen.content)
            return content
        content = self.content(proposal)
        return open_content(content) if is_open and has_closed(content) else content

    def open_document(self, proposal: M) -> Record | None:
        """Return what was frozen of an approved one that everybody may read; None for nothing."""
        if proposal.open_record or has_closed(self.kept_content(proposal)):
            return proposal.open_record
        return proposal.record

    def editions(self, content: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
        whole = {"record": content}
        return whole | {"open_record": open_content(content)} if has_closed(content) else whole

    def write(self, proposal: M, form: str, *, is_open: bool = False) -> bytes:
        """Return it as "pdf", "docx" or "json"; `is_open` without what is closed."""
        frozen = (proposal.open_record or proposal.record) if is_open else proposal.record
        if form == "pdf" and frozen and frozen.pdf:
            return bytes(frozen.pdf)
        content = self.kept_content(proposal, is_open=is_open)
        if form == "docx":
            return report_word(content, self.word_kind)
        if form == "json":
            return report_json(content, self.schema)
        return self.pdf(content, made_at=timezone.localtime())

    def document(self, proposal: M, person: Person) -> bytes:
        return self.write(proposal, "pdf", is_open=not self.is_whole_for(proposal, person))

    def pdf(self, content: Content, *, made_at: datetime) -> bytes:
        return report_pdf(content, str(self.description), made_at=made_at)


def quarter_of(facts: Mapping[str, Any]) -> str:
    """Return what the quarter of an event is called."""
    return Quarter.parse(facts["quarter"]).label
