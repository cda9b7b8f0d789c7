"""The HTML of a mail: tables and inline styles, as mail programs want it; it loads nothing.

Narrow enough for a phone, dark on white, one heading and one button. An address that somebody
wrote is a link that names its host.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from kommissorium.core.mail.letter import Grid, Letter, Link, Listed, Square

ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
FONT: Final = "font-family:'IBM Plex Sans',Arial,sans-serif"
INK, QUIET, LINE, BLUE = "#1a1a1a", "#4d4d4d", "#b8b8b8", "#0a4d8c"
TEXT: Final = f"{FONT};font-size:16px;line-height:24px;color:{INK}"
SMALL: Final = f"{FONT};font-size:14px;line-height:20px;color:{QUIET}"
BREAK: Final = mark_safe("<br>\n")
TONES: Final = {  # as on the matrix of a page
    "green": "#bfe0c0",
    "lightgreen": "#e2f0cd",
    "yellow": "#fff0b3",
    "orange": "#ffce9e",
    "red": "#f2abab",
    "": "#f2f2f2",
}


def as_html(letter: Letter) -> SafeString:
    """Return the mail as a page of its own."""
    parts = [
        format_html('<h1 style="{}">{}</h1>', _heading(20, 26), letter.title or letter.subject),
        *_paragraphs([letter.hello, *letter.lines]),
        _facts(letter.facts),
        _grid(letter.grid) if letter.grid else "",
        *(_listed(one) for one in letter.lists),
        _button(letter.button),
        _links(letter.more),
        *_paragraphs(letter.small, SMALL),
    ]
    return format_html(
        '<!doctype html>\n<html lang="{}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light">\n<title>{}</title>\n</head>\n'
        '<body style="margin:0;padding:0;background:#ffffff">\n'
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"'
        ' bgcolor="#ffffff"><tr><td style="padding:16px">\n'
        '<!--[if mso]><table role="presentation" width="600"><tr><td><![endif]-->\n'
        '<div style="max-width:600px;word-wrap:break-word;overflow-wrap:anywhere;{}">\n{}\n</div>\n'
        "<!--[if mso]></td></tr></table><![endif]-->\n</td></tr></table>\n</body>\n</html>\n",
        letter.language,
        letter.subject,
        TEXT,
        _joined(parts),
    )


def _joined(parts: Iterable[str | SafeString]) -> SafeString:
    return format_html_join("\n", "{}", ((part,) for part in parts if part))


def _heading(size: int, line: int) -> str:
    letters = f"{FONT};font-size:{size}px;line-height:{line}px;font-weight:bold;color:{INK}"
    return f"{letters};margin:0 0 12px;hyphens:auto"


def _paragraphs(texts: Iterable[str], style: str = TEXT) -> list[SafeString]:
    found = [part for text in texts for part in text.strip().split("\n\n") if part]
    return [
        format_html('<p style="{};margin:0 0 12px">{}</p>', style, _lines(one)) for one in found
    ]


def _lines(text: str) -> SafeString:
    return format_html_join(BREAK, "{}", ((_line(one),) for one in text.split("\n")))


def _line(text: str) -> SafeString:
    """Return a line of text; an address in it is a link with the name of its host."""
    parts, last = [], 0
    for found in ADDRESS.finditer(text):
        host = urlsplit(found[0]).netloc.rpartition("@")[2]
        link = format_html('<a href="{}" style="color:{}">{}</a>', found[0], BLUE, host)
        parts += [text[last : found.start()], link]
        last = found.end()
    return format_html_join("", "{}", ((part,) for part in [*parts, text[last:]]))


def _facts(facts: Iterable[tuple[str, str]]) -> SafeString:
    style = f"{FONT};font-size:16px;line-height:24px;color:{INK};border-top:1px solid {LINE}"
    rows = format_html_join(
        "\n",
        '<tr><th scope="row" align="left" valign="top" width="32%" style="{};font-weight:normal;'
        'padding:6px 12px 6px 0">{}</th><td valign="top" style="{};padding:6px 0">'
        "<strong>{}</strong></td></tr>",
        ((style, name, style, _lines(value)) for name, value in facts),
    )
    if not rows:
        return rows
    return format_html(
        '<table width="100%" cellpadding="0" cellspacing="0" border="0"'
        ' style="margin:4px 0 16px;border-collapse:collapse;border-bottom:1px solid {}">\n{}\n</table>',
        LINE,
        rows,
    )


def _grid(grid: Grid) -> SafeString:
    head = format_html_join(
        "",
        '<th scope="col" width="44" align="center" style="{}">{}</th>',
        ((SMALL, one) for one in grid.columns),
    )
    rows = format_html_join(
        "\n",
        '<tr><th scope="row" align="left" style="{};font-weight:normal;padding-right:8px">{}</th>{}</tr>',
        ((SMALL, name, _squares(cells)) for name, cells in grid.rows),
    )
    return format_html(
        '<table cellpadding="0" cellspacing="0" border="0" style="margin:4px 0 8px">\n'
        '<caption align="top" style="{};font-weight:bold;text-align:left;padding:0 0 6px">{}</caption>\n'
        "<tr><td></td>{}</tr>\n{}\n</table>\n{}",
        TEXT,
        grid.caption,
        head,
        rows,
        _joined(_paragraphs(["\n".join(grid.key)], SMALL)),
    )


def _squares(cells: Iterable[Square]) -> SafeString:
    return format_html_join(
        "",
        '<td width="44" height="32" align="center" bgcolor="{}" style="{};border:2px solid {}">{}</td>',
        (
            (
                TONES[one.tone],
                f"{SMALL};color:{INK}",
                BLUE if one.is_chosen else "#ffffff",
                format_html("<strong>{}</strong>", one.text) if one.is_chosen else one.text,
            )
            for one in cells
        ),
    )


def _listed(listed: Listed) -> SafeString:
    heading = format_html('<h2 style="{}">{}</h2>\n', _heading(17, 24), listed.heading)
    items = format_html_join(
        "\n",
        '<li style="{};margin:0 0 6px">{}</li>',
        ((TEXT, _anchor(one) if one.path else _lines(one.words)) for one in listed.items),
    )
    bare = "list-style:none;padding:0" if listed.is_numbered else "padding:0 0 0 20px"
    return format_html(
        '{}<ul style="margin:0 0 16px;{}">\n{}\n</ul>',
        heading if listed.heading else "",
        bare,
        items,
    )


def _anchor(link: Link) -> SafeString:
    return format_html('<a href="{}" style="color:{}">{}</a>', link.address, BLUE, link.words)


def _button(link: Link) -> SafeString:
    return format_html(
        '<table role="presentation" cellpadding="0" cellspacing="0" border="0"'
        ' style="margin:20px 0"><tr><td bgcolor="{}" style="border-radius:4px;'
        'mso-padding-alt:12px 24px"><a href="{}" style="{};font-weight:bold;color:#ffffff;'
        'text-decoration:none;display:inline-block;padding:12px 24px">{}</a></td></tr></table>',
        BLUE,
        link.address,
        f"{FONT};font-size:16px;line-height:24px",
        link.words,
    )


def _links(links: Iterable[Link]) -> SafeString:
    lines = format_html_join(BREAK, "{}", ((_anchor(one),) for one in links))
    return format_html('<p style="{};margin:0 0 12px">{}</p>', TEXT, lines) if lines else lines
