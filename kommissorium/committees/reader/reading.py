"""Read the text of a mandate into seats and clauses."""

from __future__ import annotations

import re
from typing import Final

from kommissorium.committees.measures import Measure
from kommissorium.committees.reader import kinds, language, measuring
from kommissorium.committees.reader.blocks import BACK_REFERRING, Block, read_blocks
from kommissorium.committees.reader.cadence import (
    NEVER,
    Cadence,
    find_cadence,
    find_horizon,
)
from kommissorium.committees.reader.errors import MAX_CHARACTERS, UnreadableMandate
from kommissorium.committees.reader.headings import COMMITTEE, is_table_head
from kommissorium.committees.reader.members import (
    Cells,
    Seat,
    Table,
    is_empty_lead,
    is_sentence,
    seat,
    seats_in_list,
    seats_in_sentence,
)
from kommissorium.committees.reader.model import LETTERS, MemberRow, ReadClause, Understanding
from kommissorium.committees.reader.roles import names_role, parse_seat, role_of
from kommissorium.committees.reader.sentences import split_list, split_sentences
from kommissorium.committees.reader.text import Joiner, normalise

_TITLE: Final = re.compile(
    r"kommissorium|terms of reference|charter|mandat|reglement|forretningsorden|vedtægt|stadga|"
    r"arbetsordning|instruks|instruktion|uppdragsbeskrivning|remit|vedtekt",
    re.IGNORECASE,
)
_ENDING: Final = re.compile(r"(?:\s*[,;]\s*(?:and|og|och|samt|or|eller)?\s*)$")
_OPEN_ENDED: Final = re.compile(r"(?:\bfor|\bof|\bför|\btil|\bthe|[-–:])$", re.IGNORECASE)


def read_text(text: str) -> Understanding:
    """Read a mandate in Danish, English, Swedish or Norwegian.

    No sentence is dropped: what fits nowhere becomes a clause of kind other. Raises
    UnreadableMandate for text that is empty, too long or no mandate at all.
    """
    if not text.strip():
        raise UnreadableMandate("empty")
    if len(text) > MAX_CHARACTERS:
        raise UnreadableMandate("too_long")
    reader = _Reader(normalise(text))
    understanding = reader.read()
    if not reader.looks_like_mandate(understanding):
        raise UnreadableMandate("no_mandate")
    return understanding


def understand(text: str) -> Understanding:
    """Return what is understood of any text, however little."""
    return _Reader(normalise(text)).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.language = language.detect(text)
        self.nordic = self.language != "en"
        self.title = ""
        self.headings: list[str] = []
        self.known_headings = 0
        self.seats: list[MemberRow] = []
        self.clauses: list[ReadClause] = []
        self.section = ""
        self.lead: _Lead | None = None
        self.default_role = "member"
        self.table = Table()
        self.cells = Cells(Joiner(text))

    def read(self) -> Understanding:
        blocks = read_blocks(self.text)
        for block in blocks[self._take_title(blocks) :]:
            self._take(block)
        self._add_seats(self.cells.close())
        return Understanding(
            self.language, self.title, tuple(self.seats), tuple(self.clauses), tuple(self.headings)
        )

    def looks_like_mandate(self, found: Understanding) -> bool:
        """Return whether enough was found: two kinds of clause, or one under a heading."""
        placed = {clause.kind for clause in found.clauses if clause.kind != "other"}
        named = COMMITTEE.search(self.text) is not None or _TITLE.search(self.text) is not None
        return len(placed) >= 2 and (named or self.known_headings > 1) or (
            len(placed) == 1 and self.known_headings > 0 and named
        )

    # Title and headings

    def _take_title(self, blocks: list[Block]) -> int:
        """Set the title from the first blocks; return how many of them it took."""
        taken = 0
        while taken < min(len(blocks), 4) and self._is_title(blocks[taken], taken):
            self.title = f"{self.title} {blocks[taken].text}".strip()
            taken += 1
            if not _OPEN_ENDED.search(self.title) and not self._is_lone_word(taken):
                break
        return taken

    def _is_lone_word(self, taken: int) -> bool:
        return taken == 1 and _TITLE.fullmatch(self.title) is not None

    def _is_title(self, block: Block, taken: int) -> bool:
        if len(block.text) > 180 or block.text.endswith((".", ":", ";")):
            return False
        if block.role == "heading":
            named = _TITLE.search(block.text) and COMMITTEE.search(block.text)
            return not taken and (block.kind == "unknown" or named is not None)
        return block.role == "para" and not parse_seat(block.text)[0]

    def _take_heading(self, block: Block) -> None:
        self._add_seats(self.cells.close())
        self.headings.append(block.text)
        self.section = block.kind or "unknown"
        self.known_headings += block.kind not in {None, "unknown", "other"}
        self.lead, self.default_role, self.table = None, "member", Table()

    # Blocks

    def _take(self, block: Block) -> None:
        if block.role == "heading":
            return self._take_heading(block)
        if self.lead and self.lead.ends_at(block):
            self.lead, self.default_role = None, "member"
        kind = self.lead.kind if self.lead else self.section
        if block.role != "para" or kind != "member":
            self._add_seats(self.cells.close())
        if block.role == "row":
            return self._take_row(block, kind)
        if is_table_head([block.text]) and kind in {"member", ""}:
            self.headings.append(block.text)
            return None
        if block.text.endswith(":") and len(block.text) < 600:
            return self._take_lead(block, kind)
        return self._take_text(block, kind)

    def _take_row(self, block: Block, kind: str) -> None:
        if self.table.take_head(block.cells):
            self.headings.append(block.text)
            if kind in {"", "unknown", "other"}:
                self.section = "member"
        elif kind == "member" or (kind in {"", "unknown", "other"} and names_role(block.text)):
            self._add_seats([self.table.seat(block.cells)])
        else:
            self._add_by_kind(block.text, kind, item=True)

    def _take_lead(self, block: Block, kind: str) -> None:
        *before, lead = split_sentences(block.text)
        for sentence in before:
            self._take_sentence(sentence, kind)
        following = kinds.lead_kind(lead, kind)
        cadence = find_cadence(lead, nordic=self.nordic)
        self.lead = _Lead(block, following, cadence if following != "meeting" else NEVER)
        role = role_of(lead)
        self.default_role = role or "member"
        empty = is_empty_lead(lead) if following == "member" else kinds.is_bare_lead(lead)
        if role or empty:
            self.headings.append(lead)
        elif kinds.is_meeting_rule(lead):
            self._add_meeting(lead)
        else:
            self._add("other", lead)

    def _take_text(self, block: Block, kind: str) -> None:
        if kind == "member":
            return self._take_member(block)
        if block.role == "item" and kind in {"responsibility", "task", "agenda"}:
            if kind == "agenda" or not self._is_rule(block.text):
                return self._add_by_kind(block.text, kind, item=True)
        if block.role == "para" and kind == "agenda" and not block.text.endswith("."):
            return self._take_agenda_line(block.text)
        if block.role == "item" and kind in {"", "unknown", "other"} and not self._splits(block):
            return self._add_by_kind(block.text, kind, item=True)
        for sentence in _sentences(block.text):
            self._take_sentence(sentence, kind, item=block.role == "item")
        return None

    def _splits(self, block: Block) -> bool:
        return block.style != "bullet" or self._is_rule(block.text)

    def _is_rule(self, text: str) -> bool:
        return kinds.is_meeting_rule(text) and bool(COMMITTEE.search(text[:80]))

    def _take_agenda_line(self, text: str) -> None:
        listed = kinds.agenda_list(text)
        if listed:
            return self._add_agenda_list(listed)
        parts = split_list(text) if ";" in text or text.count(",") > 2 else [text]
        for part in parts:
            self._add_by_kind(part, "agenda", item=True)
        return None

    def _add_agenda_list(self, listed: tuple[str, str]) -> None:
        lead, points = listed
        if kinds.is_bare_lead(lead):
            self.headings.append(lead)
        else:
            self._add("other", lead)
        for point in split_list(points):
            self._add_by_kind(point, "agenda", item=True)

    # Sentences

    def _take_sentence(self, sentence: str, kind: str, *, item: bool = False) -> None:
        listed = kinds.agenda_list(sentence)
        if listed and len(split_list(listed[1])) > 2:
            return self._add_agenda_list(listed)
        if kind == "agenda":
            rule = len(sentence.split()) > 5 and sentence.endswith(".")
            return self._add_meeting(sentence) if rule else self._add_by_kind(
                sentence, kind, item=True
            )
        if kind == "member" or kind in {"", "unknown", "other", "meeting"}:
            if self._take_seats(sentence, strict=kind != "member"):
                return None
        if kind != "meeting" and kinds.is_meeting_rule(sentence) and self._says_when(sentence):
            return self._add_meeting(sentence)
        if kind == "member":
            return self._add("other", sentence)
        return self._add_by_kind(sentence, kind, item=item)

    def _take_seats(self, sentence: str, *, strict: bool) -> bool:
        lead, seats = seats_in_sentence(sentence)
        if strict and not lead and len(seats) < 2 and not self._is_short_role(sentence, seats):
            return False
        if not seats:
            return False
        if lead and is_empty_lead(lead):
            self.headings.append(lead)
        elif lead:
            self._add("other", lead)
        self._add_seats(seats)
        return True

    def _is_short_role(self, sentence: str, seats: list[Seat]) -> bool:
        return len(seats) == 1 and len(sentence.split()) < 16 and self.section != "meeting"

    def _says_when(self, sentence: str) -> bool:
        return (
            find_cadence(sentence, nordic=self.nordic) != NEVER
            or find_horizon(sentence, nordic=self.nordic) is not None
        )

    # Members

    def _take_member(self, block: Block) -> None:
        first, *rest = split_sentences(block.text) or [""]
        if is_sentence(first) or (rest and block.role == "para"):
            self._add_seats(self.cells.close())
            for sentence in (first, *rest):
                self._take_sentence(sentence, "member")
        elif block.role == "item":
            self._add_seats(self._entry(first, " ".join(rest)))
        elif ";" in block.text or block.text.count(",") > 2:
            self._add_seats(self.cells.close() + seats_in_list(block.text))
        else:
            self._add_seats(self.cells.take(block))

    def _entry(self, text: str, more: str) -> list[Seat]:
        role, function = parse_seat(text)
        if role == "member" and "," in function:
            return seats_in_list(function)
        found = seat(text, self.default_role)
        return [Seat(found.role, found.function, f"{text} {more}".strip())]

    def _add_seats(self, seats: list[Seat]) -> None:
        for found in seats:
            number = self._add("member", found.text, Measure.SEAT_FILLED)
            self.seats.append(MemberRow(number, found.role, found.function, found.text))

    # Clauses

    def _add_by_kind(self, text: str, kind: str, *, item: bool) -> None:
        if kind == "meeting":
            return self._add_meeting(text)
        if kind in {"", "unknown", "other"}:
            kind = kinds.duty_kind(text, item=item)
        measure = None
        if kind == "agenda":
            measure = measuring.agenda_measure(text)
        elif kind in {"responsibility", "task"}:
            measure = measuring.duty_measure(text)
        cadence = find_cadence(text, nordic=self.nordic)
        if cadence == NEVER and self.lead:
            cadence = self.lead.cadence
        self._add(kind, text, measure, cadence)
        return None

    def _add_meeting(self, text: str) -> None:
        horizon = find_horizon(text, nordic=self.nordic)
        cadence = find_cadence(text, nordic=self.nordic)
        measure = measuring.meeting_measure(
            text,
            recurs=cadence != NEVER,
            horizon=horizon is not None,
            headed=self.section == "meeting",
        )
        kept = horizon if measure == Measure.CALENDAR_HORIZON else None
        self._add("meeting", text, measure, cadence, kept)

    def _add(
        self,
        kind: str,
        text: str,
        measure: Measure | None = None,
        cadence: Cadence = NEVER,
        horizon: int | None = None,
    ) -> str:
        text = _ENDING.sub("", text)
        count = sum(clause.kind == kind for clause in self.clauses) + 1
        number = f"{LETTERS[kind]}{count}"
        self.clauses.append(
            ReadClause(
                number, kind, text, measure, cadence.months, cadence.least, cadence.most, horizon
            )
        )
        return number


class _Lead:
    """A lead-in and how far the list under it reaches."""

    def __init__(self, block: Block, kind: str, cadence: Cadence) -> None:
        self.block, self.kind, self.cadence = block, kind, cadence
        self.begun = False

    def ends_at(self, block: Block) -> bool:
        if block.role == "para":
            ended = self.begun
        else:
            ended = self.block.role == "item" and block.style == self.block.style and (
                block.indent <= self.block.indent
            )
        self.begun = True
        return ended


def _sentences(text: str) -> list[str]:
    """Return the sentences of a text; one that refers back stays with the one before it."""
    joined: list[str] = []
    for sentence in split_sentences(text):
        if joined and BACK_REFERRING.match(sentence):
            joined[-1] += f" {sentence}"
        else:
            joined.append(sentence)
    return joined
