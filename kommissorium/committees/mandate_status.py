"""Status of each version of a mandate: draft, coming, in force or replaced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _

from kommissorium.committees.models import Mandate
from kommissorium.core.ui.localised import day as in_words

type Stand = Literal["draft", "coming", "in_force", "replaced"]


@dataclass(frozen=True)
class MandateStatus:
    """A version, its status on a date, and the date it was replaced."""

    mandate: Mandate
    stand: Stand
    replaced_on: date | None = None

    @property
    def label(self) -> str:
        return {
            "draft": _("Draft"),
            "coming": _("Not in force yet"),
            "in_force": _("In force"),
            "replaced": _("Replaced"),
        }[self.stand]

    @property
    def tone(self) -> str:
        tones = {"draft": "warning", "coming": "info", "in_force": "success"}
        return tones.get(self.stand, "neutral")

    @property
    def sentence(self) -> str:
        """Return its status, and why it was approved here after it took effect."""
        because = self.mandate.from_because
        noted = _("Noted afterwards: %(because)s") % {"because": because} if because else ""
        return f"{self._stand_in_words} {noted}".strip()

    @property
    def _stand_in_words(self) -> str:
        begun = in_words(self.mandate.effective_from)
        match self.stand:
            case "draft":
                return _("This is a draft. Nothing in it is in force.")
            case "coming":
                return _("Takes effect on %(date)s.") % {"date": begun}
            case "in_force":
                return _("In force since %(date)s.") % {"date": begun}
        values = {"from": begun, "until": in_words(self.replaced_on)}
        return _("Was in force from %(from)s and was replaced on %(until)s.") % values


def standings(mandates: Sequence[Mandate], on: date) -> list[MandateStatus]:
    """Return the versions of one committee, the newest first, with their status on the date."""
    newest_first = sorted(mandates, key=lambda mandate: mandate.version, reverse=True)
    found: list[MandateStatus] = []
    following: date | None = None
    for mandate in newest_first:
        found.append(_standing(mandate, following, on))
        following = mandate.effective_from if mandate.is_approved else following
    return found


def standing_of(mandate: Mandate, on: date) -> MandateStatus:
    """Return the status of one version on the date."""
    if not mandate.is_approved:
        return MandateStatus(mandate, "draft")
    later = Mandate.objects.approved().filter(
        committee=mandate.committee_id, version__gt=mandate.version
    )
    following = later.order_by("version").values_list("effective_from", flat=True).first()
    return _standing(mandate, following, on)


def _standing(mandate: Mandate, following: date | None, on: date) -> MandateStatus:
    if not mandate.is_approved or mandate.effective_from is None:
        return MandateStatus(mandate, "draft")
    if mandate.effective_from > on:
        return MandateStatus(mandate, "coming")
    if following and following <= on:
        return MandateStatus(mandate, "replaced", following)
    return MandateStatus(mandate, "in_force")
