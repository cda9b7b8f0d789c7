"""An asset's page, its relations, history and end; put it into the register and change it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.actions.assets import add_asset, change_asset, end_asset, relate, unrelate
from kommissorium.assets.facts import (
    NEW_TITLES,
    Group,
    groups_of,
    label_of,
    shown_of,
    single_fields,
)
from kommissorium.assets.forms.assets import AssetForm, EndForm, RelationForm
from kommissorium.assets.map import LARGE, SMALL, draw, neighbours, related, relations_of
from kommissorium.assets.models import ROLES, Agreement, Asset, Kind, Role, reads_whole_register
from kommissorium.assets.models.areas import matches
from kommissorium.assets.parts import end_notices, parts_of
from kommissorium.assets.views.common import ASSETS, changed_asset, crumbs
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import confirm_page, edit_page, typed
from kommissorium.core.ui.navigation import paged
from kommissorium.core.ui.responses import page
from kommissorium.core.ui.todo import way_back
from kommissorium.registers.views.row_pages import history_page


@require_GET
def asset(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everything known about an asset, in every register, and its relations to others."""
    found, person = ASSETS.get(request, pk), person_of(request)
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
    found, visible = ASSETS.get(request, pk), Asset.objects.visible_to(person_of(request))
    lead = _("What happened to %(name)s, the newest first.") % {"name": found.name}

    def labels(events: list[Event]) -> dict[int, str]:
        others = visible.filter(pk__in=[_other(event) for event in events])
        return dict(others.values_list("pk", "name"))

    events = Event.objects.about(found)
    return history_page(request, events, ASSETS.path(found), lead, row=found, labels=labels)


@require_http_methods(["GET", "POST"])
def asset_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an asset out of the register, with the reason; the registers' notices come first."""
    found, person = ASSETS.get(request, pk), person_of(request)
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
        template="assets/asset_end.html",
        notices=end_notices(found),
        text=_(
            "“%(name)s” leaves the lists, its owners have no role in it any more, and no documents "
            "are demanded of it. Its page and its history can still be read."
        )
        % {"name": found.name},
        submit_label=_("Take out of the register"),
        danger=True,
        **ASSETS.frame(found, _("Take out of the register")),
    )


def _other(event: Event) -> int:
    """Return the key of the other asset an event tells of; 0 for none."""
    item = json.loads(event.facts).get("item", 0)
    return item if isinstance(item, int) else 0


TEMPLATE = "assets/asset_form.html"


@require_http_methods(["GET", "POST"])
def asset_new(request: HttpRequest, kind: str) -> HttpResponse:
    """Put an asset into the register; only its name is asked for, the rest can wait."""
    person = person_of(request)
    if kind not in Kind.values or not reads_whole_register(person):
        raise Http404
    if not Asset.can_be_added_by(person):
        raise PermissionDenied
    owners = [role for role in ROLES[kind] if role != Role.MANAGER]
    form = AssetForm(
        typed(request), groups=groups_of(kind), person=person, asset=None, owners=owners
    )
    return edit_page(
        request,
        form,
        lambda: add_asset(by=person, kind=kind, values=form.values(), owners=form.owners()),
        done=lambda _made: _added(form),
        template=TEMPLATE,
        sections=form.sections(),
        is_new=True,
        submit_label=_("Put into the register"),
        **ASSETS.frame(None, str(NEW_TITLES[kind])),
    )


@require_http_methods(["GET", "POST"])
def asset_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change everything about an asset."""
    found = changed_asset(request, pk)
    groups = groups_of(found.kind)
    return _changed(request, found, groups, title=_("Edit"))


@require_http_methods(["GET", "POST"])
def asset_change_group(request: HttpRequest, pk: int, group: str) -> HttpResponse:
    """Change one group of an asset's fields: a short form."""
    found = changed_asset(request, pk)
    groups = [one for one in groups_of(found.kind) if one.key == group]
    if not groups:
        raise Http404
    return _changed(request, found, groups, title=str(groups[0].title), lead=groups[0].lead)


@require_http_methods(["GET", "POST"])
def asset_change_field(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Change one field of an asset: a form of one field."""
    found = changed_asset(request, pk)
    if name not in single_fields(found.kind):
        raise Http404
    label = label_of(name)
    group = Group(name, label, "", (name,))
    title = _("Change: %(field)s") % {"field": label}
    return _changed(request, found, [group], title=title, is_field=True)


def _added(form: AssetForm) -> str:
    if form.owners():
        return _("It is in the register.")
    return _("It is in the register. Now say who owns it.")


def _changed(
    request: HttpRequest, found: Asset, groups: Sequence[Group], **context: Any
) -> HttpResponse:
    form = AssetForm(typed(request), groups=groups, person=person_of(request), asset=found)
    back = way_back(request)
    return edit_page(
        request,
        form,
        lambda: _save(request, found, form),
        done=lambda saved: saved.word,
        after=lambda saved: back or saved.place,
        template=TEMPLATE,
        asset=found,
        sections=form.sections(),
        cancel_url=back or found.get_absolute_url(),
        breadcrumbs=crumbs(found, context["title"]),
        **context,
    )


class Onward(NamedTuple):
    """The message after a change, and the page it leads to."""

    word: str
    place: str


def _save(request: HttpRequest, found: Asset, form: AssetForm) -> Onward:
    """Save, and lead back to the asset; to its agreements where another supplier has some."""
    version = form.cleaned_data["edit_version"]
    values = form.values()
    changed = change_asset(found, by=person_of(request), values=values, edit_version=version)
    has_more = "supplier" in changed and found.kind != Kind.ARCHIVE
    if has_more and Agreement.objects.in_force().filter(supplier=found.supplier_id).exists():
        said = _("It is saved. Now tick which of the supplier's agreements concern it.")
        return Onward(said, reverse("asset_change_group", args=[found.pk, "contract"]))
    word = _("It is saved.") if changed else _("Nothing was changed.")
    return Onward(word, found.get_absolute_url())


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
