"""The risk picture that a revision of the policy stands on, and what changed since the last one.

Which register has such pictures nobody here knows: it offers them by a code.
"""

from __future__ import annotations

from typing import Final

from kommissorium.policies.models import Version
from kommissorium.registers.bases import Named
from kommissorium.registers.register import basis_of

PICTURE: Final = "risk_picture"


def pictures() -> list[Named]:
    """Return the pictures there are to stand on, the newest first (one query)."""
    basis = basis_of(PICTURE)
    return basis.all() if basis else []


def named_picture(version: Version) -> Named | None:
    """Return the picture that a version names."""
    basis = basis_of(PICTURE)
    return basis.named(version.risk_picture) if basis and version.risk_picture else None


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
