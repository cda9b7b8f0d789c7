"""Markdown as formatted text: headings, lists, tables, quotes, bold, italics and links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import Final

from kommissorium.core.richtext.sanitiser import sanitise

# None looks at a letter again and again: a text of 200,000 is read in a second, whatever it is.
HEADING: Final = re.compile(r"(#{1,6}) +(.*)")
ITEM: Final = re.compile(r"( *)([-*+]|\d{1,4}[.)]) +(.*)")
RULE: Final = re.compile(r"[ :|]*+-[ :|-]*$")
UNDERLINED: Final = re.compile(r"(=+|-+) *$")
INLINE: Final = (
    (re.compile(r"!\[([^\]\n]{0,300}+)\]\([^)\n]{0,2000}+\)"), r"\1"),
    (
        re.compile(r"\[([^\]\n]{1,300}+)\]\(([^)\s]{1,2000}+)[^)\n]{0,300}+\)"),
        r'<a href="\2">\1</a>',
    ),
    (re.compile(r"(\*\*|__)(?=\S)([^\n]{1,1000}?)(?<=\S)\1"), r"<strong>\2</strong>"),
    (re.compile(r"(?<![\w*])[*_](?=\S)([^\n*_]+?)(?<=\S)[*_](?![\w*])"), r"<em>\1</em>"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
)


def html_of_markdown(text: str) -> str:
    """Return Markdown as sanitised HTML; what is not understood stays as it was typed.

    Raises as `sanitise`.
    """
    lines = _with_hashes(text.replace("\r\n", "\n").expandtabs(4).split("\n"))
    return sanitise("".join(_blocks(lines)))


def _with_hashes(lines: list[str]) -> list[str]:
    """Return the lines with underlined headings written as the others are."""
    found: list[str] = []
    for line in lines:
        if UNDERLINED.match(line) and found and found[-1].strip() and _kind(found[-1]) == "text":
            found[-1] = f"{'#' if line[0] == '=' else '##'} {found[-1].strip()}"
        else:
            found.append(line)
    return found


def _kind(line: str) -> str:
    if not line.strip():
        return "empty"
    if HEADING.match(line):
        return "heading"
    if ITEM.match(line):
        return "item"
    if line.startswith(">"):
        return "quote"
    return "row" if line.lstrip().startswith("|") else "text"


def _blocks(lines: list[str]) -> Iterator[str]:
    kinds = [_kind(line) for line in lines]
    for at in range(1, len(lines)):  # an item goes on in the lines indented under it
        if kinds[at] == "text" and kinds[at - 1] in {"item", "more"} and lines[at][:1] == " ":
            kinds[at] = "more"
    pairs = zip(("item" if one == "more" else one for one in kinds), lines, strict=True)
    for kind, group in groupby(pairs, key=lambda pair: pair[0]):
        part = [line for _kind_of, line in group]
        if kind == "heading":
            yield from map(_heading, part)
        elif kind == "item":
            yield _list(part)
        elif kind == "quote":
            yield f"<blockquote>{_inline(' '.join(one.lstrip('> ') for one in part))}</blockquote>"
        elif kind == "row":
            yield _table(part)
        elif kind == "text":
            yield f"<p>{_inline(' '.join(one.strip() for one in part))}</p>"


def _heading(line: str) -> str:
    match = HEADING.match(line)
    level, words = (len(match.group(1)), match.group(2)) if match else (1, line)
    return f"<h{level}>{_inline(words.rstrip('#').rstrip(' '))}</h{level}>"


def _list(lines: list[str]) -> str:
    written, depths = list[str](), list[tuple[int, str]]()
    for line in lines:
        match = ITEM.match(line)
        if match is None:
            written.append(f" {_inline(line.strip())}")
            continue
        indent, kind = len(match.group(1)), "ul" if match.group(2) in "-*+" else "ol"
        while depths and depths[-1][0] > indent:
            written.append(f"</li></{depths.pop()[1]}>")
        if depths and depths[-1][0] == indent:
            written.append("</li><li>")
        else:
            depths.append((indent, kind))
            written.append(f"<{kind}><li>")
        written.append(_inline(match.group(3)))
    return "".join([*written, *(f"</li></{kind}>" for _indent, kind in reversed(depths))])


def _table(lines: list[str]) -> str:
    has_head = len(lines) > 1 and bool(RULE.match(lines[1].strip()))
    rows = [line for line in lines if not RULE.match(line.strip())]
    return (
        f"<table>{''.join(_row(r, is_head=has_head and not n) for n, r in enumerate(rows))}</table>"
    )


def _row(line: str, *, is_head: bool) -> str:
    tag = "th" if is_head else "td"
    cells = line.strip().strip("|").split("|")
    return f"<tr>{''.join(f'<{tag}>{_inline(one.strip())}</{tag}>' for one in cells)}</tr>"


def _inline(text: str) -> str:
    text = escape(text)
    for pattern, html in INLINE:
        text = pattern.sub(html, text)
    return text
