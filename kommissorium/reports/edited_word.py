"""Comparison of an edited Word report with its draft: changed texts, and what is not accepted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from kommissorium.core.documents.word_reader import WordRefused, WordSection, WordText, read_word
from kommissorium.core.richtext import plain_text
from kommissorium.reports.actions.periodic_reports import Kind, PartText
from kommissorium.reports.documents import report_word, word_mark
from kommissorium.reports.models.periodic_reports import PeriodicReport
from kommissorium.reports.models.written_parts import TEXT_LENGTH

MARK: Final = re.compile(r"(?:part|figures|end)_(da|en)_([sbr]?\d{1,18})_[a-z0-9_-]*", re.ASCII)
TABLE: Final = re.compile(r"<table.*?</table>", re.DOTALL)
MOST_NAMED: Final = 80  # letters by which a text is named


@dataclass(frozen=True, slots=True)
class EditedPart:
    """A part whose text differs: as it stands in the draft, and in the file."""

    code: str
    heading: str
    now: str
    edited: str
    edit_version: int


@dataclass(frozen=True, slots=True)
class EditedWord:
    """Differences between a draft and a file.

    `missing` are the parts that the file has no text of, `figures` those whose figures it has
    others of, `outside` other headings and what stands under no part: none of it is taken.
    """

    parts: list[EditedPart]
    missing: list[str]
    figures: list[str]
    outside: list[str]
    remarks: tuple[str | Promise, ...]

    @property
    def tells_the_same(self) -> bool:
        """Return whether the draft says all that the file says, once its texts are taken."""
        return not (self.missing or self.figures or self.outside or self.remarks)

    @property
    def texts(self) -> dict[str, PartText]:
        return {one.code: PartText(one.edited, edit_version=one.edit_version) for one in self.parts}


def compare(kind: Kind, told: PeriodicReport, data: bytes) -> EditedWord:
    """Compare an edited Word file with the draft. Raises WordRefused, also for another's file.

    The draft is written in Word and read as the file is: only what was edited differs.
    """
    theirs = read_word(data)
    with override(_language_of(kind, told, theirs)):
        content = kind.content(told)
        ours = read_word(report_word(content, kind.word_kind))
        found = [*_parts(content, _marked(ours), _marked(theirs))]
    versions = {one.code: one for one in kind.told_parts(told)}
    parts, missing, figures = [], [], []
    for code, heading, (before, after), has_other_figures in found:
        if has_other_figures:
            figures.append(heading)
        if after is None or (before and not after):
            missing.append(heading)
        elif before != after:
            _refuse_long(heading, after)
            part = versions[code]
            parts.append(EditedPart(code, heading, part.text, after, part.edit_version))
    outside = [*(Counter(_outside(content, theirs)) - Counter(_outside(content, ours)))]
    return EditedWord(parts, missing, figures, outside, theirs.remarks)


def _language_of(kind: Kind, told: PeriodicReport, text: WordText) -> str:
    """Return the language the file was written in. Raises WordRefused for what is of no draft."""
    names = [name for section in text.sections for name in section.bookmarks]
    found = [match for name in names if (match := MARK.fullmatch(name))]
    if not found:
        raise WordRefused(
            _(
                "The file was not fetched from here as Word: the headings of its parts are not there. Fetch the draft as Word, edit that file and save it as .docx."
            )
        )
    own = [match for match in found if match[2] == f"{kind.slug[0]}{told.pk}"]
    if not own:
        text_ = _("The file is another one than this: %(title)s.")
        raise WordRefused(text_ % {"title": kind.title_of(told)})
    return own[0][1]


def _parts(
    content: Mapping[str, Any], ours: Mapping[str, str], theirs: Mapping[str, str]
) -> Iterator[tuple[str, str, tuple[str, str | None], bool]]:
    """Yield each part: its text before and after, and whether its figures are others."""
    for part in content["parts"]:
        text, figures = (word_mark(content, kind, part["code"]) for kind in ("part", "figures"))
        before, after = ours.get(text, ""), theirs.get(text)
        if part["is_empty"] and after and after != before:  # it is written above what was there
            after = "\n".join(line for line in after.splitlines() if line != before)
        said = before, after
        others = ours.get(figures) != theirs.get(figures) or f"{text}+table" in theirs
        yield part["code"], part["heading"], said, others


def _refuse_long(heading: str, text: str) -> None:
    if len(text) > TEXT_LENGTH:
        values = {"part": heading, "most": TEXT_LENGTH}
        raise WordRefused(_("%(part)s: the text can be %(most)d characters long.") % values)


def _marked(text: WordText) -> dict[str, str]:
    """Return what stands under each heading of ours, by its bookmark; of two alike the first.

    A table under the heading of a part is no text: it stands under "part…+table".
    """
    found: dict[str, str] = {}
    for section in text.sections:
        name = next(filter(MARK.fullmatch, section.bookmarks), "")
        if not name or name in found:
            continue
        text_alone = section
        if name.startswith("part_") and "<table" in section.html:
            found[f"{name}+table"] = "table"
            text_alone = replace(section, html=TABLE.sub("", section.html))
        found[name] = _words(text_alone)
    return found


def _outside(content: Mapping[str, Any], text: WordText) -> Iterator[str]:
    """Yield the headings of ours, and the beginning of what stands under none of them."""
    end, seen = word_mark(content, "end"), set[str]()
    for section in text.sections:
        marks = {name for name in section.bookmarks if MARK.fullmatch(name)} - {end}
        is_part = bool(marks - seen)
        said = section.heading if is_part else f"{section.heading} {_words(section)}".strip()
        if said:
            yield said if len(said) <= MOST_NAMED else f"{said[:MOST_NAMED]}…"
        seen |= marks


def _words(section: WordSection) -> str:
    """Return the text of a section, lines without the spaces that programs add around them."""
    lines = (" ".join(line.split()) for line in plain_text(section.html).splitlines())
    return "\n".join(filter(None, lines))
