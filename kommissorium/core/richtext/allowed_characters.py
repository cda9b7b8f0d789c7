"""The characters and link addresses that are allowed in a text."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit

SCHEMES = frozenset({"http", "https", "mailto"})
MOST_ADDRESS = 2000

# The bullets and arrows that word processors take from symbol fonts, where the character
# itself means nothing outside that font.
SYMBOL_FONT = {
    0xF0B7: "•",
    0xF0A7: "▪",
    0xF0D8: "➢",
    0xF0E0: "→",
    0xF0E8: "➔",
    0xF0FC: "✓",
    0xF0FB: "✗",
    0xF0A8: "□",
    0xF06F: "□",
    0xF0FE: "☒",
}
# Most texts hold nothing else: letters of western Europe, composed, and the common signs.
_ORDINARY = re.compile("[\t\n -~\xa0-\u017f\u2013\u2014\u2018-\u201e\u2022\u2026]*")
# Controls, private use, surrogates, the byte order mark and what Unicode calls noncharacters.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufdd0-\ufdef\ufff9-\ufffb"
    "\ufffe\uffff\ue000-\uf8ff\ud800-\udfff\U000f0000-\U0010ffff]"
)
_NONCHARACTERS = {plane << 16 | low: None for plane in range(1, 15) for low in (0xFFFE, 0xFFFF)}
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS = str.maketrans(dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", "\n"))
_KEPT_IN_ADDRESS = "!#$%&'()*+,/:;=?@[]~-._"


def printable(text: str) -> str:
    """Return the text in Unicode's composed form without characters that cannot be printed.

    Neither PDF/A nor XML can hold controls, private characters or halves of surrogate pairs.
    """
    if _ORDINARY.fullmatch(text):
        return text
    text = text.replace("\r\n", "\n").translate(_LINE_ENDS).translate(SYMBOL_FONT)
    text = _UNPRINTABLE.sub("", text).translate(_NONCHARACTERS)
    return unicodedata.normalize("NFC", text)


def shows(text: str) -> bool:
    """Return whether a reader would see anything of the text, once it is printable."""
    return any(not c.isspace() and unicodedata.category(c) != "Cf" for c in printable(text))


def one_line(text: str) -> str:
    """Return a title, name or place: printable, on one line, without spaces at its ends.

    Characters that turn the direction of what follows are left out, lest a name hide its ending.
    """
    return " ".join(_TURNING.sub("", printable(text)).split())


def safe_address(address: str) -> str:
    """Return the address if a reader may be led there, else "".

    Allowed are complete http, https and mailto addresses; never what a page could run.
    """
    compact = re.sub(r"[\x00-\x20\x7f-\x9f]+", "", printable(address))
    try:
        parts = urlsplit(compact)
        has_target = "@" in parts.path if parts.scheme == "mailto" else bool(parts.hostname)
    except ValueError:
        return ""
    if parts.scheme not in SCHEMES or not has_target:
        return ""
    encoded = quote(compact, safe=_KEPT_IN_ADDRESS)
    return encoded if len(encoded) <= MOST_ADDRESS else ""
