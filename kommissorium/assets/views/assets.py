"""An asset's page, its history, and its end."""

from __future__ import annotations

import json

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.history import history_of
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.actions.assets import end_asset
from kommissorium.assets.facts import shown_of
from kommissorium.assets.forms.assets import EndForm
from kommissorium.assets.groups import groups_of
from kommissorium.assets.map import SMALL, draw, neighbours
from kommissorium.assets.models import Asset
from kommissorium.assets.parts import end_notices, parts_of
from kommissorium.assets.views.common import asset_for, crumbs
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.core.ui.pagination import paged
from kommissorium.core.ui.responses import page


@require_GET
def asset(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everything known about an asset, in every register, and its relations to others."""
    found, person = asset_for(request, pk), person_of(request)
    near = neighbours(found, person)
    shown = shown_of(found)
    there = {row.group.key for row in shown}
    context = {
        "asset": found,
        "person": person,
        "shown": shown,
        "unfilled": [group for group in groups_of(found.kind) if group.key not in there],
        "parts": list(parts_of(found, person)),
        "related": near.related[: SMALL.related],
        "related_count": near.count,
        "more_related": near.count > SMALL.related,
        "picture": draw(found, near, SMALL) if near.related else None,
        "may_change": found.can_be_changed_by(person),
        "may_end": not found.is_over and Asset.can_be_added_by(person),
        "breadcrumbs": crumbs(found),
    }
    return page(request, "assets/asset.html", context)


@require_GET
def asset_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what happened to an asset, the newest first."""
    found, person = asset_for(request, pk), person_of(request)
    shown = paged(Event.objects.about(found), request)
    visible = Asset.objects.visible_to(person)
    others = visible.filter(pk__in=[_other(event) for event in shown])
    context = {
        "asset": found,
        "page": shown,
        "entries": history_of(found, list(shown), person, dict(others.values_list("pk", "name"))),
        "breadcrumbs": crumbs(found, _("History")),
    }
    return page(request, "assets/asset_history.html", context)


@require_http_methods(["GET", "POST"])
def asset_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an asset out of the register, with the reason; the registers' notices come first."""
    found, person = asset_for(request, pk), person_of(request)
    if not Asset.can_be_added_by(person):
        raise PermissionDenied
    if found.is_over:
        raise Refused(_("It has been taken out of the register already."))
    form = EndForm(typed(request))
    return edit_page(
        request,
        form,
        lambda: end_asset(found, by=person, **form.cleaned_data),
        done=_("It is out of the register. Its page can still be read."),
        after=found,
        template="assets/asset_end.html",
        notices=end_notices(found),
        title=_("Take out of the register"),
        text=_(
            "“%(name)s” leaves the lists, its owners have no role in it any more, and no documents "
            "are demanded of it. Its page and its history can still be read."
        )
        % {"name": found.name},
        submit_label=_("Take it out"),
        danger=True,
        cancel_url=found.get_absolute_url(),
        breadcrumbs=crumbs(found, _("Take out of the register")),
    )


def _other(event: Event) -> int:
    """Return the key of the other asset an event tells of; 0 for none."""
    item = json.loads(event.facts).get("item", 0)
    return item if isinstance(item, int) else 0
