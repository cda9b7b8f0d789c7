"""The risk picture that a revision of the policy stands on, and what changed since the last one.

Which register has such pictures nobody here knows: it offers them by a link.
"""

from __future__ import annotations

from kommissorium.policies.models import Version
from kommissorium.registers.offered import RISK_PICTURE, Basis, Named


def pictures() -> list[Named]:
    """Return the pictures there are to stand on, the newest first (one query)."""
    return RISK_PICTURE.ask().all()


def named_picture(version: Version) -> Named | None:
    """Return the picture that a version names."""
    return Basis.named(version.risk_picture) if version.risk_picture else None


def changes_of(version: Version) -> list[str]:
    """Say what changed in the picture since the one that the version in force stands on."""
    earlier = version.document.versions.filter(
        risk_picture__isnull=False, in_force_from__isnull=False
    )
    last = earlier.exclude(pk=version.pk).select_related("risk_picture").order_by("-number").first()
    if version.risk_picture is None or last is None or last.risk_picture is None:
        return []
    if last.risk_picture_id == version.risk_picture_id:
        return []
    return [RISK_PICTURE.ask().changes(last.risk_picture, version.risk_picture)]
