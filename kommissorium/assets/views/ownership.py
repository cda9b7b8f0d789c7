"""Appoint somebody, release somebody, and hand over many roles at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.actions.owners import MOST_AT_ONCE, appoint, appoint_to_many, release
from kommissorium.assets.actions.owners import hand_over as hand_roles_over
from kommissorium.assets.forms.owners import AppointForm, HandOverForm, ReleaseForm
from kommissorium.assets.models import ROLES, Asset, Ownership, Role
from kommissorium.assets.owner_list import MOST_DIGITS, THEIRS, WITHOUT_DATA, Asked
from kommissorium.assets.views.common import ASSETS, crumbs
from kommissorium.assets.views.owners import asked_for
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.todo import way_back


@dataclass(frozen=True)
class Chosen:
    """The choice for a new owner: assets that have none, or somebody's roles."""

    of_assets: bool
    rows: Sequence[Any]
    role: str = ""  # of the assets, where it is not the one their kind asks for

    @property
    def keys(self) -> str:
        return ",".join(str(row.pk) for row in self.rows)

    @property
    def title(self) -> str:
        number = len(self.rows)
        if self.of_assets:
            text = ngettext("Appoint an owner of %(n)d", "Appoint an owner of %(n)d", number)
        else:
            text = ngettext("Hand over %(n)d role", "Hand over %(n)d roles", number)
        return text % {"n": number}

    @property
    def label(self) -> str:
        """Return the label of the field for the new owner."""
        if self.role:
            return str(Role(self.role).label)
        return _("New owner") if self.of_assets else _("Who takes over?")

    def give(self, person: Person, **act: Any) -> int:
        """Give it all to the person; return the number handed over. Raises Refused."""
        if self.of_assets:
            return appoint_to_many(self.rows, person, role=self.role, **act)
        return hand_roles_over(self.rows, person, **act)


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest) -> HttpResponse:
    """Give the choice from a list to one person: all of it, or none with the reason."""
    wish, by = asked_for(request), person_of(request)
    if not Asset.can_be_added_by(by):
        raise PermissionDenied
    chosen = _chosen(request, wish)
    form = HandOverForm(typed(request), initial={"chosen": chosen.keys}, label=chosen.label)
    back = _back(request)
    return edit_page(
        request,
        form,
        lambda: _given(form, chosen, by),
        done=lambda given: _receipt(len(chosen.rows), given, form),
        after=lambda _given: (
            f"{reverse('owners')}?view={THEIRS}&person={form.cleaned_data['person'].pk}"
        ),
        template="assets/hand_over.html",
        chosen=chosen,
        title=chosen.title,
        submit_label=_("Appoint") if chosen.of_assets else _("Hand over"),
        cancel_url=back,
        breadcrumbs=crumbs(Crumb(_("Owners"), back), chosen.title),
    )


@require_http_methods(["GET", "POST"])
def owner_appoint(request: HttpRequest, pk: int, role: str) -> HttpResponse:
    """Give a role in an asset to somebody."""
    asset, by = _kept(request, pk, role), person_of(request)
    title = _("Appoint %(role)s") % {"role": _within(role)}
    form = AppointForm(typed(request), label=str(Role(role).label))
    return edit_page(
        request,
        form,
        lambda: appoint(asset, role, by=by, **form.cleaned_data),
        done=lambda _made: _appointed(role, **form.cleaned_data),
        after=way_back(request) or asset,
        lead=_lead(asset, _holder(asset, role)),
        title=title,
        submit_label=_("Appoint"),
        cancel_url=way_back(request) or asset.get_absolute_url(),
        breadcrumbs=crumbs(asset, title),
    )


@require_http_methods(["GET", "POST"])
def owner_release(request: HttpRequest, pk: int, role: str) -> HttpResponse:
    """End somebody's role in an asset."""
    asset, by = _kept(request, pk, role), person_of(request)
    now = _holder(asset, role)
    if now is None:
        raise Refused(_("Nobody has that role."))
    words = {"role": _within(role), "name": now.person.name}
    title = _("Let %(name)s go as %(role)s") % words
    form = ReleaseForm(typed(request))
    return edit_page(
        request,
        form,
        lambda: release(now, by=by, **form.cleaned_data),
        done=_("%(name)s no longer has the role.") % {"name": now.person.name},
        lead=_lead(asset, now),
        submit_label=_("End the role"),
        **ASSETS.frame(asset, title),
    )


def _kept(request: HttpRequest, pk: int, role: str) -> Asset:
    """Return an asset whose roles the person gives. Raises Http404, PermissionDenied, Refused."""
    asset = ASSETS.get(request, pk)
    if role not in ROLES[asset.kind]:
        raise Http404
    if not Asset.can_be_added_by(person_of(request)):
        raise PermissionDenied
    if asset.is_over:
        raise Refused(_("It has been taken out of the register and cannot be changed."))
    return asset


def _holder(asset: Asset, role: str) -> Ownership | None:
    held = Ownership.objects.current().filter(asset=asset, role=role)
    return held.select_related("person").first()


def _appointed(role: str, person: Person, from_date: date) -> str:
    words = {"role": Role(role).label, "day": day(from_date), "name": person.name}
    return _("%(role)s from %(day)s: %(name)s") % words


def _within(role: str) -> str:
    """Return the name of a role within a sentence."""
    return str(Role(role).label).lower()


def _lead(asset: Asset, now: Ownership | None) -> str:
    if now is None:
        return _("%(asset)s has nobody in this role.") % {"asset": asset.name}
    words = {"asset": asset.name, "name": now.person.name, "day": day(now.from_date)}
    return _("%(asset)s: %(name)s has had the role since %(day)s.") % words


def _given(form: HandOverForm, chosen: Chosen, by: Person) -> int:
    values = form.cleaned_data
    return chosen.give(values["person"], by=by, from_date=values["from_date"])


def _receipt(number: int, given: int, form: HandOverForm) -> str:
    values = form.cleaned_data
    words = {"n": given, "name": values["person"].name, "day": day(values["from_date"])}
    text = ngettext(
        "%(n)d role given to %(name)s from %(day)s.",
        "%(n)d roles given to %(name)s from %(day)s.",
        given,
    )
    if given == number:
        return text % words
    rest = ngettext("%(n)d was theirs already.", "%(n)d were theirs already.", number - given)
    return f"{text % words} {rest % {'n': number - given}}"


def _chosen(request: HttpRequest, wish: Asked) -> Chosen:
    """Return the chosen items. Raises Refused for nothing, too much, or ones no longer there."""
    if request.method != "POST" and request.GET.get("all"):
        rows = list(wish.rows(request)[: MOST_AT_ONCE + 1])
        keys = [row.pk for row in rows]
    else:
        posted = request.POST.get("chosen", "").split(",")
        keys = _keys(posted if request.method == "POST" else request.GET.getlist("one"))
        rows = _rows(wish, keys[: MOST_AT_ONCE + 1])
    if not keys:
        raise Refused(_("Choose at least one."))
    if len(keys) > MOST_AT_ONCE:
        raise Refused(_("Hand over at most 1000 at a time."))
    if len(rows) != len(keys):
        raise Refused(_("What you chose is no longer on the list. Choose again."))
    return Chosen(wish.of_assets, rows, Role.DATA_OWNER if wish.view == WITHOUT_DATA else "")


def _rows(wish: Asked, keys: Sequence[int]) -> list[Any]:
    if wish.of_assets:
        return list(Asset.objects.filter(pk__in=keys).order_by("name_order", "pk"))
    found = Ownership.objects.filter(pk__in=keys).select_related("asset", "person")
    return list(found.order_by("asset__name_order", "pk"))


def _keys(texts: Sequence[str]) -> list[int]:
    fit = {int(text) for text in texts if text.isdecimal() and len(text) < MOST_DIGITS}
    return sorted(fit)


def _back(request: HttpRequest) -> str:
    """Return the address of the list from which it was chosen."""
    query = request.GET.copy()
    for name in ("one", "all"):
        query.pop(name, None)
    return f"{reverse('owners')}?{query.urlencode()}"
