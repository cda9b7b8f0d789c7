"""Pages of the limits of acceptance in each capacity."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.models import Person
from kommissorium.assets.views.common import reader_of_all
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.core.ui.responses import page
from kommissorium.risks.actions.limits import Limit, limits_now, limits_version, set_limits
from kommissorium.risks.asking import crumbs
from kommissorium.risks.forms.limits import LimitsForm
from kommissorium.risks.models import AuthorityLimit, Capacity, Scale


@require_http_methods(["GET", "POST"])
def authority_limits(request: HttpRequest) -> HttpResponse:
    """Show the limits; coordinators change them on the same page."""
    person = reader_of_all(request)
    if not AuthorityLimit.can_be_set_by(person):
        if request.method == "POST":
            raise PermissionDenied
        return _read(request, person)
    start = {**LimitsForm.initial_of(limits_now()), "edit_version": limits_version()}
    form = LimitsForm(typed(request), scale=Scale.in_use(), initial=start)
    return edit_page(
        request,
        form,
        lambda: set_limits(
            form.limits(), by=person, edit_version=form.cleaned_data["edit_version"]
        ),
        done=_("The limits are saved."),
        after="authority_limits",
        template="risks/limits.html",
        in_form=lambda current: LimitsForm.initial_of(current["limits"]),
        person=person,
        cancel_url=reverse("authority_limits"),
        breadcrumbs=crumbs(_("Limits of acceptance")),
    )


def _read(request: HttpRequest, person: Person) -> HttpResponse:
    scale = Scale.in_use()
    names = {band.rank: band.name for band in scale.band_list} if scale else {}
    context = {
        "person": person,
        "rows": _rows(limits_now(), names),
        "breadcrumbs": crumbs(_("Limits of acceptance")),
    }
    return page(request, "risks/limits.html", context)


def _rows(limits: Mapping[str, Limit], names: Mapping[int, str]) -> list[tuple[str, Limit, str]]:
    return [
        (str(Capacity(code).label), limit, names.get(limit.highest_rank or 0, ""))
        for code, limit in limits.items()
    ]
