"""The page of an asset with its risks, and its end with what is accepted about it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.assets.parts import PARTS
from kommissorium.assets.views.assets import asset_page, end_page
from kommissorium.risks.asset_part import asset_part
from kommissorium.risks.expiring import accepted_on

OWNERS, OTHERS = PARTS[:1], PARTS[1:]


@require_GET
def asset(request: HttpRequest, pk: int) -> HttpResponse:
    """Show all that is known of an asset, its risks after its owners."""
    parts = (*OWNERS, ("risks/parts/asset.html", asset_part), *OTHERS)
    return asset_page(request, pk, "risks/asset.html", parts)


@require_http_methods(["GET", "POST"])
def asset_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an asset out of the register; the risks that are accepted about it are told first."""
    return end_page(request, pk, "risks/asset_end.html", accepted=accepted_on([pk]))
