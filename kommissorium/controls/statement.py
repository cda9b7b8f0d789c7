"""The statement of applicability as its document shows it: by theme and by reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from django.utils.translation import gettext as _

from kommissorium.controls.models import ANNEX_A, Applies
from kommissorium.controls.status import LABELS
from kommissorium.registers.documents.record import Section

type Row = Mapping[str, str]

SHARED: Final = 3  # controls of a theme for which one reason is said once, above them
LONGEST: Final = 300  # characters of a cell; what is longer stands in full at the end
BESIDE: Final = "number", "status"  # columns that are always there
SHARES: Final = {
    "number": 9,
    "status": 5,
    "because": 8,
    "how": 8,
    "laid_down": 8,
    "carried_out": 8,
    "evidence_on": 5,
    "owner": 5,
}


def by_theme(rows: Sequence[Row]) -> Iterator[Section]:
    """Yield the controls of each theme: those with a reason in common, then those with their own."""
    for chapter in ANNEX_A.chapters:
        numbers = {one.number for one in chapter.requirements}
        groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in rows:
            if row["number"] in numbers:
                groups[row["applies"], row["because"]].append(row)
        own: dict[str, list[Row]] = defaultdict(list)
        for (applies, because), found in groups.items():
            if len(found) >= SHARED and because:
                yield _section(str(chapter.title), applies, found, because)
            else:
                own[applies] += found
        for applies, found in own.items():
            yield _section(str(chapter.title), applies, found)


def in_full(rows: Sequence[Row]) -> Iterator[Section]:
    """Yield the texts that are too long for a cell."""
    for row in rows:
        for name, label in (("because", _("Reason")), ("how", _("How it is met"))):
            if len(row[name]) > LONGEST:
                yield Section(f"{row['number']} {label}", row[name])


def _section(title: str, applies: str, found: Sequence[Row], because: str = "") -> Section:
    labels = {
        "number": _("Control"),
        "status": _("State"),
        "because": _("Reason"),
        "how": _("How it is met"),
        "laid_down": _("Laid down by"),
        "carried_out": _("Carried out"),
        "evidence_on": _("Newest evidence"),
        "owner": _("Responsible"),
    }
    cells = [_cells(row, is_shared=bool(because)) for row in found]
    shown = [one for one in labels if one in BESIDE or any(row[one] for row in cells)]
    return Section(
        _("%(theme)s: %(applies)s")
        % {"theme": title, "applies": str(Applies(applies).label).lower()},
        _("Reason: %(because)s") % {"because": because} if because else "",
        [labels[one] for one in shown],
        [[row[one] or "–" for one in shown] for row in cells],
        [SHARES[one] for one in shown],
    )


def _cells(row: Row, *, is_shared: bool) -> dict[str, str]:
    """Return what stands of a control in each column; no evidence for one that does not apply."""
    applies = row["applies"] != Applies.NO
    return {
        "number": f"{row['number']} {row['title']}",
        "status": str(LABELS[row["status"]]),
        "because": "" if is_shared else _cut(row["because"]),
        "how": _cut(row["how"]),
        "laid_down": _cut(_in_short(row, "laid_down")) if applies else "",
        "carried_out": _cut(_in_short(row, "carried_out")) if applies else "",
        "evidence_on": row["evidence_on"],
        "owner": row["owner"],
    }


def _in_short(row: Row, name: str) -> str:
    """Return evidence in a line; what was kept before there was one names all."""
    return row.get(f"{name}_in_short", row[name])


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} …"
