"""The threats that come along, in our own words, from built_in.toml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kommissorium.core.built_in import Words, data_of


@dataclass(frozen=True)
class BuiltIn:
    """A threat that comes along: its group, and the kinds of asset it can hit ("" for all)."""

    group: str
    kinds: str
    name: Words
    text: Words


BUILT_IN: Final[dict[str, BuiltIn]] = {
    code: BuiltIn(
        one["group"],
        one["kinds"],
        Words(one["da"], one["en"]),
        Words(one["text_da"], one["text_en"]),
    )
    for code, one in data_of(Path(__file__).with_suffix(".toml")).items()
}
