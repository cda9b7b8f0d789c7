"""The risk picture that a revision of the policy stands on, and what changed since the last one.

Which register has such pictures nobody here knows: it offers them by a code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kommissorium.core.evidence.models import Record
from kommissorium.policies.models import Version
from kommissorium.registers.register import basis_of

PICTURE: Final = "risk_picture"


@dataclass(frozen=True, slots=True)
class NamedPicture:
    """A frozen picture: its record, what it is called and from when it held."""

    record: Record
    title: str
    begins: date

    @property
    def key(self) -> str:
        """Return how the chain names what it is a picture of."""
        return f"{self.record.object_kind} {self.record.object_id}"

    @property
    def data(self) -> dict[str, Any]:
        return {
            "record": self.record.pk,
            "title": self.title,
            "begins": self.begins.isoformat(),
            "sha256": self.record.content_hash,
        }


def pictures() -> list[NamedPicture]:
    """Return the pictures there are to stand on, the newest first (one query)."""
    basis = basis_of(PICTURE)
    if basis is None:
        return []
    return [NamedPicture(one, basis.title(one), basis.begins(one)) for one in basis.records()]


def named_picture(version: Version) -> NamedPicture | None:
    """Return the picture that a version names."""
    basis = basis_of(PICTURE)
    if basis is None or version.risk_picture is None:
        return None
    record = version.risk_picture
    return NamedPicture(record, basis.title(record), basis.begins(record))


def changes_of(version: Version) -> list[str]:
    """Say what changed in the picture since the one that the version in force stands on."""
    basis = basis_of(PICTURE)
    earlier = version.document.versions.filter(
        risk_picture__isnull=False, in_force_from__isnull=False
    )
    last = earlier.exclude(pk=version.pk).select_related("risk_picture").order_by("-number").first()
    if basis is None or version.risk_picture is None or last is None or last.risk_picture is None:
        return []
    if last.risk_picture_id == version.risk_picture_id:
        return []
    return [basis.changes(last.risk_picture, version.risk_picture)]
