"""The openings of the registers in use, for a list, and for the page that names all of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from kommissorium.accounts.models import Municipality, Person
from kommissorium.registers.counts import counts_of
from kommissorium.registers.installed import registers
from kommissorium.registers.lists.list_page import ListPage
from kommissorium.registers.numbers import Numbers
from kommissorium.registers.opening import Opening, Told
from kommissorium.registers.protocol import Register


@dataclass(frozen=True, slots=True)
class Kept:
    """What an opening told, and the numbers it told it by: others are kept once something was done."""

    day: date
    numbers: Numbers
    told: Told
    is_whole: bool  # with picture


_kept: dict[tuple[str, str], Kept] = {}  # by register and language


def opening_above(listing: ListPage[Any], municipality: Municipality) -> Told | None:
    """Return what stands above a register's first list until it is narrowed or turned over."""
    if listing.narrows or listing.tab or "page" in listing.asked:
        return None
    found = next(
        (one for one in registers() if one.lists and one.lists[0].code == listing.code), None
    )
    if found is None or found.code in municipality.put_off_on(listing.today):
        return None
    return told_by(found, listing.person)


def told_by(register: Register, person: Person, *, sentence_alone: bool = False) -> Told | None:
    """Return what a register's opening tells the person.

    None for who does not read all that it counts, and of a register that holds nothing.
    """
    kind = register.opening
    if kind is None or not kind.is_read_by(person):
        return None
    told = (
        _as_kept(register.code, kind, person, sentence_alone=sentence_alone)
        if kind.is_same_for_all
        else _told(kind(person, timezone.localdate(), {}), sentence_alone=sentence_alone)
    )
    return told if told.sentence else None


def _as_kept(code: str, kind: type[Opening], person: Person, *, sentence_alone: bool) -> Told:
    today, numbers, key = timezone.localdate(), counts_of(code), (code, get_language() or "")
    kept = _kept.get(key)
    is_true = kept is not None and kept.day == today and kept.numbers is numbers
    if kept is None or not is_true or not (sentence_alone or kept.is_whole):
        told = _told(kind(person, today, numbers), sentence_alone=sentence_alone)
        kept = _kept[key] = Kept(today, numbers, told, not sentence_alone)
    return kept.told


def _told(opening: Opening, *, sentence_alone: bool) -> Told:
    told = Told(opening.day, opening.sentence())
    if sentence_alone or not told.sentence:
        return told
    return replace(told, wrong=opening.wrong(), figure=opening.figure())
