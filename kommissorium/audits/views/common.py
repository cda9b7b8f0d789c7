"""What the pages of audits share: the audit one may see, and the frame of a page about it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.accounts.signed_in import person_of
from kommissorium.audits.kind import KIND
from kommissorium.audits.models import Audit
from kommissorium.core.ui.navigation import Crumb, path_of


def audit_of(request: HttpRequest, pk: int) -> Audit:
    """Return the audit, if it is the person's to read."""
    found: Audit = get_object_or_404(KIND.visible_to(person_of(request)), pk=pk)
    return found


def home() -> Crumb:
    return Crumb(_("Audits"), reverse("audits"))


def frame(found: Audit, title: str) -> dict[str, Any]:
    """Return what a page about it says, and where it leads."""
    own = Crumb(found.title, found.get_absolute_url())
    return {
        "title": title,
        "after": found,
        "cancel_url": found.get_absolute_url(),
        "breadcrumbs": path_of(home(), own, title),
    }
