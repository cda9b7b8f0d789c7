"""An asset's relations to others: add one, remove one, see them as a map."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.actions.assets import relate, unrelate
from kommissorium.assets.forms.assets import RelationForm
from kommissorium.assets.map import LARGE, draw, neighbours, related, relations_of
from kommissorium.assets.models import Asset
from kommissorium.assets.models.areas import matches
from kommissorium.assets.views.common import ASSETS, changed_asset, crumbs
from kommissorium.core.ui.form_pages import confirm_page, edit_page, typed
from kommissorium.core.ui.navigation import paged
from kommissorium.core.ui.responses import page

MOST_FOUND = 30
LONGEST_SEARCH = 100
MOST_WORDS = 6


@require_http_methods(["GET", "POST"])
def relation_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Search for another asset, and add a relation between the two."""
    asset, person = changed_asset(request, pk), person_of(request)
    wish = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    found = _found(asset, person, wish)
    form = RelationForm(typed(request), asset=asset, found=found[:MOST_FOUND])
    return edit_page(
        request,
        form,
        lambda: relate(asset, by=person, **form.values()),
        done=_("It is saved, and stands on the pages of both."),
        after=f"{asset.get_absolute_url()}#relations",
        template="assets/relation_new.html",
        asset=asset,
        wish=wish,
        found=found[:MOST_FOUND],
        there_are_more=len(found) > MOST_FOUND,
        most=MOST_FOUND,
        cancel_url=asset.get_absolute_url(),
        breadcrumbs=crumbs(asset, _("New relation")),
    )


@require_http_methods(["GET", "POST"])
def relation_end(request: HttpRequest, pk: int, relation: int) -> HttpResponse:
    """Remove a relation of an asset."""
    asset, person = ASSETS.get(request, pk), person_of(request)
    row = get_object_or_404(relations_of(asset, person), pk=relation)
    if not asset.can_be_changed_by(person):
        raise PermissionDenied
    (one,) = related(asset, [row])
    return confirm_page(
        request,
        lambda: unrelate(row, by=person),
        done=_("It is removed."),
        text=f"{asset.name} {one.words} {one.other.name}.",
        submit_label=_("Remove"),
        **ASSETS.frame(
            asset, _("Remove the relation"), after=f"{asset.get_absolute_url()}#relations"
        ),
    )


@require_GET
def asset_map(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an asset among its neighbours, two steps out, and all its relations in words."""
    asset, person = ASSETS.get(request, pk), person_of(request)
    near = neighbours(asset, person)
    shown = paged(relations_of(asset, person), request, LARGE.related)
    context = {
        "asset": asset,
        "picture": draw(asset, near, LARGE),
        "page": shown,
        "related": related(asset, shown),
        "further": near.further[: LARGE.related],
        "may_change": asset.can_be_changed_by(person),
        "list_url": reverse("assets"),
        "breadcrumbs": crumbs(asset, _("Relations")),
    }
    return page(request, "assets/asset_map.html", context)


def _found(asset: Asset, person: Person, wish: str) -> Sequence[Asset]:
    """Return the matches, by name's beginning first, one more than is shown; none for no wish."""
    words = wish.lower().split()
    if not words:
        return []
    rows = Asset.objects.visible_to(person).in_register().exclude(pk=asset.pk)
    for word in words[:MOST_WORDS]:
        rows = rows.filter(matches(word))
    # What is searched begins with the name.
    begins = ExpressionWrapper(Q(search__startswith=" ".join(words)), BooleanField())
    return list(rows.order_by(begins.desc(), "name_order", "pk")[: MOST_FOUND + 1])
