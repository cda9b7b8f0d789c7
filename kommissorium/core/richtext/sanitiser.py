"""Sanitises HTML: any input becomes our small set of tags, or is refused."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

import nh3
from django.utils.translation import gettext as _

from kommissorium.core.richtext.allowed_characters import SCHEMES, one_line, shows
from kommissorium.core.richtext.blocks import Block, as_html, as_text
from kommissorium.core.richtext.html_to_blocks import read_blocks, read_plain
from kommissorium.core.richtext.html_tree import TableTooLarge, TooDeep

MOST_CHARACTERS = 200_000
MOST_PASTED = 1_000_000  # with the styles that word processors bring
MOST_COSTLY = 6000
_MARK = re.compile(r"^(?:- |\d+\. )")  # before the item of a list
REMEMBERED = 10_000  # characters of a text whose blocks are kept among many, longer among few

_ATTRIBUTES = {
    "a": {"href"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan", "data-look"},
}


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What the reader understands. It keeps the small set and takes the rest for what it resembles.
_UNDERSTOOD = _names(
    "p br strong b em i a ul ol li h1 h2 h3 h4 h5 h6 blockquote table caption thead tbody tfoot"
    " tr th td div section article header footer main aside address figure figcaption pre dl dt"
    " dd hr"
)
_NEVER_READ = _names("script style template svg math iframe object noscript title")
# Without one of these, "<" is a sign that somebody wrote, as in "A <B & C".
_HTML = _names(
    "html head body meta link base span font u s sub sup small big del ins mark code kbd samp tt"
    " var cite q abbr img picture source video audio track canvas map area embed applet param form"
    " input button select option textarea label fieldset legend details summary dialog center"
    " marquee frame frameset nav hgroup menu nobr wbr strike col colgroup bgsound isindex keygen"
    " layer listing plaintext xmp noembed noframes image"
)
_TAG = re.compile(
    rf"</?(?:{'|'.join(sorted(_UNDERSTOOD | _NEVER_READ | _HTML))})(?:[\s/][^>]*)?>", re.IGNORECASE
)
# Parsing these inside each other takes time with the square of their number.
_COSTLY = re.compile(
    r"<(?!/|p\b|br\b|li\b|t[rdh]\b|span\b|a\b|b\b|i\b|strong\b|em\b)[a-z]", re.IGNORECASE
)
# What `sanitise` makes of ordinary paragraphs, in letters that need no composing.
_PARAGRAPHS = re.compile(
    "(?:<p>(?:[\t\n !-%'-;=?-~\xa1-\xac\xae-\u017f\u2013\u2014\u2018-\u201e\u2022\u2026]"
    "|&(?:amp|lt|gt);|<br>|</?(?:strong|em)>)*</p>)+"
)
_PARTING, _LOOK, _SPACES = (
    re.compile("</?p>|<br>"),
    re.compile("</?(?:strong|em)>"),
    re.compile("[ \t]+"),
)
_SURROGATES = re.compile("[\ud800-\udfff]")


class RichTextRefused(ValueError):
    """The text cannot be kept; the message says why in the user's language."""


class RichTextTooLong(RichTextRefused):
    """The text is longer than 200,000 characters, its markup counted."""


def sanitise(html: str) -> str:
    """Return the text as our small set of HTML; text without tags becomes paragraphs.

    Kept are p, strong, em, ul, ol, li, a (http, https, mailto), h3 to h5, blockquote, br and
    tables; no picture, style or script survives. Sanitising twice changes nothing.
    Raises RichTextTooLong above 200,000 characters (with what a word processor brings, a
    million), RichTextRefused for markup nested or a table spread beyond reason.
    """
    cleaned = as_html(to_blocks(html))
    _check_length(cleaned)
    return cleaned


def to_blocks(html: str) -> tuple[Block, ...]:
    """Return the text as blocks, for other kinds of document. Raises as `sanitise`."""
    _check_length(html, MOST_PASTED)
    html = _SURROGATES.sub("\ufffd", html)
    try:
        return (_read_again if len(html) <= REMEMBERED else _read_long_again)(html)
    except TableTooLarge:
        raise RichTextRefused(_("The table is too large. Attach it as a file.")) from None
    except TooDeep:
        raise RichTextRefused(_("The text is nested too deep. Paste it as plain text.")) from None


def _read(html: str) -> tuple[Block, ...]:
    return read_blocks(_clean(html)) if _TAG.search(html) else read_plain(html)


# A text is read when it is saved, and again for each document of the same meeting.
_read_again = lru_cache(maxsize=256)(_read)
# What registers said at a call is long, and read by all who read its minutes. Blocks take some
# ten times the memory of their text.
_read_long_again = lru_cache(maxsize=8)(_read)


def in_a_line(html: str) -> str:
    """Return the words alone on one line; the items of a list without marks, between semicolons."""
    words, in_list = "", False
    for line in plain_text(html).splitlines():
        text = _MARK.sub("", line)
        is_item = text != line
        words += f"{'; ' if is_item and in_list else ' '}{text}"
        in_list = is_item
    return one_line(words)


def plain_text(html: str) -> str:
    """Return the words of the text alone, lines separated by a line feed. Raises as `sanitise`."""
    if _PARAGRAPHS.fullmatch(html):
        _check_length(html)
        return _of_paragraphs(html)
    return as_text(to_blocks(html))


def _of_paragraphs(html: str) -> str:
    """Return the result of `as_text` for paragraphs alone, ten times as fast: most are such."""
    given = _PARTING.split(html.replace("\n", " "))
    lines = (_SPACES.sub(" ", unescape(_LOOK.sub("", line))).strip(" ") for line in given)
    return "\n".join(line for line in lines if shows(line))


def is_empty(html: str) -> bool:
    """Return whether a reader would see nothing of the text. Raises as `sanitise`."""
    return not shows(plain_text(html))


def _clean(html: str) -> str:
    if sum(1 for _match in _COSTLY.finditer(html)) > MOST_COSTLY:
        raise TooDeep
    return nh3.clean(
        html,
        tags=set(_UNDERSTOOD),
        clean_content_tags=set(_NEVER_READ),
        attributes=_ATTRIBUTES,
        url_schemes=set(SCHEMES),
        url_relative="deny",
        link_rel=None,
        strip_comments=True,
    )


def _check_length(html: str, most: int = MOST_CHARACTERS) -> None:
    if len(html) > most:
        raise RichTextTooLong(
            _("The text is too long: at most %(most)s characters. Attach the rest as a file.")
            % {"most": f"{MOST_CHARACTERS:,}".replace(",", ".")}
        )
