"""The first steps of a new municipality on a page of their own."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.responses import page
from kommissorium.secretariat.getting_started import first_steps


@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """Show every first step, done or not."""
    found = first_steps(person_of(request))
    if not found.steps:
        raise Http404
    return page(request, "secretariat/begin.html", {"first_steps": found, "shows_all": True})
