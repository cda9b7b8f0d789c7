"""Writes the text of a mail as HTML too: its links can be clicked, its answers are buttons."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from django.conf import settings

ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
LABELLED: Final = re.compile(r"(?P<label>[^:\n]{1,80}): (?P<address>https?://\S+)")
BODY: Final = "font: 16px/1.5 'IBM Plex Sans', Arial, sans-serif; color: #1a1a1a; max-width: 640px"
BUTTON: Final = (
    "display: inline-block; margin: 4px 8px 4px 0; padding: 10px 18px; color: #fff;"
    " background: #0a4d8c; border: 1px solid #0a4d8c; text-decoration: none"
)


def as_html(text: str, language: str) -> str:
    """Return the text of a mail as a small page of its own, which requests nothing of any server.

    A line "What it is: address" that leads here is a button; a line "- text" with an address of
    ours under it is one link; any other address is a link as it stands.
    """
    parts = "\n".join(f"<p>{_part(part)}</p>" for part in text.strip().split("\n\n"))
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<meta charset="utf-8">\n'
        f'<body style="{BODY}">\n{parts}\n</body>\n</html>\n'
    )


def _part(text: str) -> str:
    lines: list[str] = []
    for line in text.split("\n"):
        address = line.strip()
        if lines and line.startswith("  ") and _is_ours(address):
            lines[-1] = f'<a href="{escape(address)}">{lines[-1]}</a>'
        else:
            lines.append(_line(line))
    return "<br>\n".join(lines)


def _line(line: str) -> str:
    found = LABELLED.fullmatch(line)
    if found and _is_ours(found["address"]):
        return f'<a style="{BUTTON}" href="{escape(found["address"])}">{escape(found["label"])}</a>'
    written, last = "", 0
    for link in ADDRESS.finditer(line):
        address = escape(link[0])
        written += f'{escape(line[last : link.start()])}<a href="{address}">{address}</a>'
        last = link.end()
    return written + escape(line[last:])


def _is_ours(address: str) -> bool:
    return address.startswith(f"{settings.SITE_URL}/") and " " not in address
