"""What search finds of this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.searched import Searched
from kommissorium.controls.models import Control, SoaVersion
from kommissorium.controls.proposal import KIND
from kommissorium.registers.search import SearchedProposal


class SearchedControls(Searched[Control]):
    """The controls of annex A, by what they ask for and what is said of them."""

    model, label = Control, _("Controls of ISO 27001")
    fields = ("because", "how")
    named = ("owner",)


class SearchedVersions(SearchedProposal[SoaVersion]):
    """Versions of the statement of applicability."""

    model, label, proposal = SoaVersion, _("Statements of applicability"), KIND
    fields = ("news",)


SEARCHED = (SearchedControls(), SearchedVersions())
