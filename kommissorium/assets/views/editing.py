"""Put an asset into the register and change it, whole or one group of fields at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.requests import person_of
from kommissorium.assets.actions.assets import add_asset, change_asset
from kommissorium.assets.forms.assets import AssetForm
from kommissorium.assets.groups import NEW_TITLES, Group, groups_of
from kommissorium.assets.models import Agreement, Asset, Kind, reads_all
from kommissorium.assets.views.common import changed_asset, crumbs
from kommissorium.core.refusals import Conflict
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.core.ui.responses import conflict

TEMPLATE = "assets/asset_form.html"


@require_http_methods(["GET", "POST"])
def asset_new(request: HttpRequest, kind: str) -> HttpResponse:
    """Put an asset into the register; only its name is asked for, the rest can wait."""
    person = person_of(request)
    if kind not in Kind.values or not reads_all(person):
        raise Http404
    if not Asset.can_be_added_by(person):
        raise PermissionDenied
    form = AssetForm(typed(request), groups=groups_of(kind), person=person, asset=None)
    made = attempt(form, lambda: add_asset(by=person, kind=kind, values=form.values()))
    if made:
        messages.success(request, _("It is in the register. Now say who owns it."))
        return redirect(made)
    return form_page(
        request,
        form,
        TEMPLATE,
        sections=form.sections(),
        is_new=True,
        title=NEW_TITLES[kind],
        submit_label=_("Put into the register"),
        cancel_url=crumbs()[0].url,
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
    """Change what belongs together of an asset: a short form."""
    found = changed_asset(request, pk)
    groups = [one for one in groups_of(found.kind) if one.key == group]
    if not groups:
        raise Http404
    return _changed(request, found, groups, title=str(groups[0].title), lead=groups[0].lead)


def _changed(
    request: HttpRequest, found: Asset, groups: Sequence[Group], **context: Any
) -> HttpResponse:
    form = AssetForm(typed(request), groups=groups, person=person_of(request), asset=found)
    back, path = found.get_absolute_url(), crumbs(found, context["title"])
    try:
        changed = attempt(form, lambda: _save(request, found, form))
    except Conflict as theirs:
        version = theirs.edit_version
        return conflict(
            request, form, theirs, edit_version=version, cancel_url=back, breadcrumbs=path
        )
    if changed is not None:
        return _answer(request, found, changed)
    return form_page(
        request,
        form,
        TEMPLATE,
        asset=found,
        sections=form.sections(),
        cancel_url=back,
        breadcrumbs=path,
        **context,
    )


def _save(request: HttpRequest, found: Asset, form: AssetForm) -> list[str]:
    version = form.cleaned_data["edit_version"]
    return change_asset(found, by=person_of(request), values=form.values(), edit_version=version)


def _answer(request: HttpRequest, found: Asset, changed: Sequence[str]) -> HttpResponse:
    """Lead back to the asset; to the agreements first where another supplier has some."""
    has_more = "supplier" in changed and found.kind != Kind.ARCHIVE
    if has_more and Agreement.objects.in_force().filter(supplier=found.supplier_id).exists():
        said = _("It is saved. Now tick which of the supplier's agreements concern it.")
        messages.success(request, said)
        return redirect("asset_change_group", found.pk, "contract")
    messages.success(request, _("It is saved.") if changed else _("Nothing was changed."))
    return redirect(found)
