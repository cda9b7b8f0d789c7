"""Put an asset into the register and change it, whole or one group of fields at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.actions.assets import add_asset, change_asset
from kommissorium.assets.facts import label_of
from kommissorium.assets.forms.assets import AssetForm
from kommissorium.assets.groups import NEW_TITLES, Group, groups_of, single_fields
from kommissorium.assets.models import ROLES, Agreement, Asset, Kind, Role, reads_whole_register
from kommissorium.assets.views.common import changed_asset, crumbs
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.core.ui.todo import way_back

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
        title=NEW_TITLES[kind],
        submit_label=_("Put into the register"),
        cancel_url=reverse("assets"),
        breadcrumbs=crumbs(str(NEW_TITLES[kind])),
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
