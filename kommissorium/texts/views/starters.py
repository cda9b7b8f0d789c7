"""Texts to begin with: read them, and make a draft of one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommissorium.core.ui.responses import page
from kommissorium.policies.views.common import keeper_of, path_to
from kommissorium.texts.actions.starters import begin_with
from kommissorium.texts.starters import OFFERED, starter, starters


@require_http_methods(["GET", "POST"])
def policy_starters(request: HttpRequest) -> HttpResponse:
    """Show the texts; begin a document with the one that is posted."""
    person = keeper_of(request)
    if request.method == "POST":
        key = request.POST.get("key", "")
        if key not in OFFERED:
            raise Http404
        made = begin_with(starter(key), by=person)
        messages.success(request, _("It is a draft. Make it your own before it is decided on."))
        return redirect(made)
    crumbs = path_to(None, _("Begin with a starter text"))
    return page(request, "texts/starters.html", {"starters": starters(), "breadcrumbs": crumbs})
