"""The waived documents: how many, by whom, why, and what a committee has decided on them."""

from __future__ import annotations

from typing import Final

from django.db.models import Count, Max, Min, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommissorium.assets.figures import waivers_decided_until
from kommissorium.assets.models import Required
from kommissorium.assets.views.common import crumbs, reader_of_all
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import page

MOST_SHOWN: Final = 300  # reasons


@require_GET
def waivers(request: HttpRequest) -> HttpResponse:
    """Show the waived documents of one reason and one person as a line, most first."""
    person = reader_of_all(request)
    until = waivers_decided_until(timezone.localdate())
    rows = Required.objects.waived().filter(asset__ended_on=None).order_by()
    groups = rows.values("waived_because", "waived_by__name").annotate(
        number=Count("pk"),
        decided=Count("pk", filter=Q(waived_at__lte=until)),
        first=Min("waived_at"),
        last=Max("waived_at"),
    )
    context = {
        "person": person,
        "groups": groups.order_by("-number", "waived_because", "waived_by__name")[:MOST_SHOWN],
        "number": rows.count(),
        "undecided": Required.objects.undecided(until).count(),
        "breadcrumbs": crumbs(
            Crumb(_("Completeness"), reverse("completeness")), _("Waived documents")
        ),
    }
    return page(request, "assets/waivers.html", context)
