"""Shape of a threat that comes with the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class BuiltIn:
    """A threat that comes along: its group, and the kinds of asset it can hit ("" for all)."""

    group: str
    kinds: str
    name: _StrPromise
    text: _StrPromise
