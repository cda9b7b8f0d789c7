"""Search in this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.searched import searched
from kommissorium.controls.models import Control
from kommissorium.controls.proposal import KIND
from kommissorium.registers.search import SearchedProposal

SEARCHED = (
    searched(*(Control, _("Controls of ISO 27001")), fields=("because", "how"), named=("owner",)),
    SearchedProposal.of(KIND, _("Statements of applicability"), ("news",)),
)
