"""The edition of what is told without what is closed, for whoever asks for access to documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kommissorium.registers.status import CONCLUSION
from kommissorium.reports.models.written_parts import Closes

type Content = Mapping[str, Any]
type Data = Mapping[str, Any]


def has_closed(content: Content) -> bool:
    return any(part.get("closes") for part in content["parts"])


def open_content(content: Content) -> dict[str, Any]:
    """Return what it says without what is closed; of that, the ground alone.

    The conclusion says nothing of parts that are closed, unless somebody wrote it by hand.
    """
    whole = {part["code"] for part in content["parts"] if part.get("closes") == Closes.WHOLE}
    parts = [_open(part, whole) for part in content["parts"]]
    left_out = {"key", "edited_word"}  # its Word is not taken back
    kept = {name: value for name, value in content.items() if name not in left_out}
    return {**kept, "edition": "open", "parts": parts}


def _open(part: Data, whole: set[str]) -> dict[str, Any]:
    opened = {**part, "sentences": [], "figures_of": {}}
    if part.get("closes") == Closes.WHOLE:
        return opened | {"text": "", "is_empty": False, "figures": [], "columns": [], "rows": []}
    if part.get("closes") == Closes.TABLE:
        return opened | {"columns": [], "rows": []}
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
