"""Parses the text of a mandate into seats and clauses."""

# ruff: noqa: PLR2004 - the numbers are lengths of words and lines, as the code says
from __future__ import annotations

import itertools
import re
from typing import Final

from kommissorium.committees.reader import kinds, language
from kommissorium.committees.reader.blocks import BACK_REFERRING, Block, read_blocks
from kommissorium.committees.reader.cadence import NEVER
from kommissorium.committees.reader.headings import COMMITTEE, heading_kind, is_table_head
from kommissorium.committees.reader.leads import Lead, opens_list
from kommissorium.committees.reader.members import (
    SeatAsRead,
    is_sentence,
    seat,
    seats_by_their_functions,
    seats_in_list,
    seats_in_section,
    seats_in_sentence,
    starts_with_members,
)
from kommissorium.committees.reader.model import MAX_CHARACTERS, Understanding, UnreadableMandate
from kommissorium.committees.reader.page_marks import NAMES_MANDATE, take_title, without_page_marks
from kommissorium.committees.reader.roles import names_role, parse_seat, role_of
from kommissorium.committees.reader.seats_and_clauses import UNPLACED, Gathered
from kommissorium.committees.reader.sentences import points, split_sentences
from kommissorium.committees.reader.tables import FlattenedTable, Table
from kommissorium.committees.reader.text import Joiner, normalise

_LEAD: Final = re.compile(r"[^:]{2,60}:\s+")
_LONGEST_SEAT: Final = 120
_LONGEST_SECTION: Final = 40


def read_text(text: str) -> Understanding:
    """Read a mandate in Danish, English, Swedish or Norwegian.

    No sentence is dropped: what fits nowhere becomes a clause of kind other. Raises
    UnreadableMandate for text that is empty, too long or no mandate at all.
    """
    if not text.strip():
        raise UnreadableMandate("empty")
    if len(text) > MAX_CHARACTERS:
        raise UnreadableMandate("too_long")
    understanding = understand(text)
    if not _looks_like_mandate(understanding, text):
        raise UnreadableMandate("no_mandate")
    return understanding


def understand(text: str) -> Understanding:
    """Return what is understood of any text, however little."""
    return _Reader(normalise(text)).read()


def _looks_like_mandate(found: Understanding, text: str) -> bool:
    """Return whether enough was found: two kinds of clause, or one kind under a heading."""
    if not (COMMITTEE.search(text) or NAMES_MANDATE.search(text)):
        return False
    placed = {clause.kind for clause in found.clauses if clause.kind != "other"}
    headed = any(heading_kind(heading) not in {None, "other"} for heading in found.headings)
    return len(placed) >= 2 or (len(placed) == 1 and headed)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text, self.page_marks = without_page_marks(text)
        self.language = language.detect(text)
        self.found = Gathered(nordic=self.language != "en")
        self.section = ""
        self.level = 0
        self.begun = False
        self.following: list[Block] = []
        self.seated = False  # whether sentences of this section name seats
        self.lead: Lead | None = None
        self.default_role = "member"
        self.table = Table()
        self.cells = FlattenedTable(Joiner(text))

    def read(self) -> Understanding:
        blocks = read_blocks(self.text)
        title, taken = take_title(blocks)
        for place, block in enumerate(blocks[taken:], taken + 1):
            self.following = blocks[place:]
            self._take(block)
        found = self.found
        found.add_seats(self.cells.close())
        headings = (*found.headings, *self.page_marks)
        return Understanding(
            self.language, title, tuple(found.seats), tuple(found.clauses), headings
        )

    # Blocks

    def _take(self, block: Block) -> None:
        if block.role == "heading":
            return self._take_heading(block)
        self.begun = True
        if self.lead and self.lead.ends_at(block):
            self.lead, self.default_role = None, "member"
        kind = self.lead.kind if self.lead else self.section
        if block.role != "para" or kind != "member":
            self.found.add_seats(self.cells.close())
        if block.role == "row":
            return self._take_row(block, kind)
        if is_table_head([block.text]) and kind in {"member", ""}:
            self.found.headings.append(block.text)
            self.cells.headed = True
            return None
        if opens_list(block, self.following):
            return self._take_lead(block, kind)
        return self._take_text(block, kind)

    def _names_seats(self) -> bool:
        """Return whether two sentences under a heading name seats, whatever the heading says."""
        section = itertools.takewhile(lambda block: block.role != "heading", self.following)
        sentences = itertools.chain.from_iterable(
            split_sentences(block.text) for block in section if block.role == "para"
        )
        named = (bool(seats_by_their_functions(sentence)) for sentence in sentences)
        return sum(itertools.islice(named, _LONGEST_SECTION)) > 1

    def _take_heading(self, block: Block) -> None:
        self.found.add_seats(self.cells.close())
        self.found.headings.append(block.text)
        level = block.lines[0].level
        kind = block.kind or "unknown"
        below = level > self.level > 0 or not self.begun
        if kind != "unknown" or not (below and self.section not in UNPLACED):
            self.section, self.level = kind, level
        self.begun = False
        self.seated = kind == "unknown" and self._names_seats()
        self.lead, self.default_role, self.table = None, "member", Table()
        self.cells.headed = False

    def _take_row(self, block: Block, kind: str) -> None:
        if self.table.take_head(block.cells):
            self.found.headings.append(block.text)
            if kind in UNPLACED:
                self.section = "member"
        elif kind == "member" or (kind in UNPLACED and names_role(block.text)):
            self.found.add_seats([self.table.seat(block.cells)])
        else:
            self._add(block.text, kind, item=True)

    def _take_lead(self, block: Block, kind: str) -> None:
        *before, lead = split_sentences(block.text)
        for sentence in before:
            self._take_sentence(sentence, kind)
        following = kinds.lead_kind(lead, kind)
        cadence = self.found.cadence(lead) if following != "meeting" else NEVER
        self.lead = Lead(block, following, cadence)
        role = role_of(lead)
        self.default_role = role or "member"
        if role:
            self.found.headings.append(lead)
        elif following != "agenda" and kinds.is_meeting_rule(lead):
            self.found.add_meeting(lead, headed=self.section == "meeting")
        else:
            self.found.add_lead(lead, members=following == "member")

    def _take_text(self, block: Block, kind: str) -> None:
        item = block.role == "item"
        if kind == "member" or (kind in UNPLACED and self._opens_members(block)):
            self._take_member(block)
        elif kind == "agenda" and (item or not is_sentence(block.text)):
            self._take_agenda_line(block)
        elif item and starts_with_members(block.text) and self._take_seats(block.text, "member"):
            return
        elif item and not self._is_cut(block, kind):
            self._add(block.text, kind, item=True)
        else:
            for sentence in _sentences(block.text):
                self._take_sentence(sentence, kind, item=item)

    def _is_cut(self, block: Block, kind: str) -> bool:
        """Return whether a list item may hold several clauses, or one of another kind."""
        named = COMMITTEE.search(block.text, 0, 80) is not None
        rule = (named or kinds.starts_meeting_rule(block.text)) and kinds.is_meeting_rule(
            block.text
        )
        return rule or kind == "meeting" or (kind in UNPLACED and block.style != "bullet")

    def _opens_members(self, block: Block) -> bool:
        """Return whether a line under no known heading is a seat, as "Chair: Chief Executive"."""
        if is_sentence(block.text) or len(block.text) > _LONGEST_SEAT:
            return False
        opens = parse_seat(block.text)[0] not in {None, "member"}
        if opens and self.section in {"unknown", "other"}:
            self.section = "member"
        return opens

    # Sentences

    def _take_sentence(self, sentence: str, kind: str, *, item: bool = False) -> None:
        listed = kinds.agenda_list(sentence)
        if listed and len(points(listed[1])) > 2:
            self.found.add_lead(listed[0])
            self._add_points(listed[1])
        elif kind == "agenda":
            self.found.add_meeting(sentence, headed=False)
        elif kind in {"member", "meeting", *UNPLACED} and self._take_seats(sentence, kind):
            return
        elif len(parts := kinds.promises(sentence, self.found.says_when)) > 1:
            self._take_promises(parts, kind)
        elif kind != "meeting" and self._is_meeting_rule(sentence):
            self.found.add_meeting(sentence, headed=False)
        elif kind == "member":
            self.found.add_other(sentence)
        else:
            self._add(sentence, kind, item=item)

    def _take_promises(self, parts: list[str], kind: str) -> None:
        """Take the meeting rule in a sentence and what it promises beside, each on its own."""
        for part in parts:
            if kinds.is_meeting_rule(part) or kinds.starts_meeting_rule(part):
                self.found.add_meeting(part, headed=kind == "meeting")
            else:
                self._take_sentence(part, "task")

    def _is_meeting_rule(self, sentence: str) -> bool:
        return kinds.is_meeting_rule(sentence) and self.found.says_when(sentence)

    def _take_seats(self, sentence: str, kind: str) -> bool:
        about = kind == "member" or self.seated
        if about:
            lead, seats = seats_in_section(sentence, self.found.functions)
        else:
            lead, seats = seats_in_sentence(sentence)
        sure = bool(lead) or len(seats) > 1 or about
        if not seats or not (sure or (kind != "meeting" and len(sentence.split()) < 16)):
            return False
        if lead:
            self.found.add_lead(lead, members=True)
        self.found.add_seats(seats)
        return True

    def _add(self, text: str, kind: str, *, item: bool) -> None:
        inherited = self.lead.cadence if self.lead else NEVER
        self.found.add_by_kind(text, kind, item=item, inherited=inherited)

    # Members and agenda

    def _take_member(self, block: Block) -> None:
        first, *rest = split_sentences(block.text) or [""]
        if is_sentence(first) or (rest and block.role == "para"):
            self.found.add_seats(self.cells.close())
            for sentence in (first, *rest):
                self._take_sentence(sentence, "member")
        elif block.role == "item":
            self.found.add_seats(self._entry(first, " ".join(rest)))
        elif ";" in block.text or block.text.count(",") > 1:
            self.found.add_seats(self.cells.close() + seats_in_list(block.text))
        else:
            self.found.add_seats(self.cells.take(block))

    def _entry(self, text: str, more: str) -> list[SeatAsRead]:
        role, function = parse_seat(text)
        if role == "member" and "," in function:
            return seats_in_list(text)
        found = seat(text, self.default_role)
        return [SeatAsRead(found.role, found.function, f"{text} {more}".strip())]

    def _take_agenda_line(self, block: Block) -> None:
        """Take one point of the agenda, or a line that lists several."""
        if block.role == "item":
            return self._add(block.text, "agenda", item=True)
        listed = kinds.agenda_list(block.text)
        if listed:
            self.found.add_lead(listed[0])
            return self._add_points(listed[1])
        text, lead = block.text, _LEAD.match(block.text)
        if lead and (kinds.is_bare_lead(lead.group()) or heading_kind(lead.group())):
            self.found.headings.append(lead.group())
            text = text[lead.end() :]
        return self._add_points(text)

    def _add_points(self, text: str) -> None:
        for point in points(text):
            self._add(point, "agenda", item=True)


def _sentences(text: str) -> list[str]:
    """Return the sentences of a text; one that refers back stays with the one before it."""
    joined: list[str] = []
    for sentence in split_sentences(text):
        if joined and BACK_REFERRING.match(sentence):
            joined[-1] += f" {sentence}"
        else:
            joined.append(sentence)
    return joined
