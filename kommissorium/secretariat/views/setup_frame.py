"""The frame of the setup assistant: whom it is for, its steps, and how far they are done."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality, Person
from kommissorium.core.ui.responses import invalid, page
from kommissorium.secretariat.setup_progress import SetupProgress
from kommissorium.secretariat.views.settings import keeper


def guide(request: HttpRequest) -> tuple[Person, Municipality]:
    """Return who asks and the municipality. Raises Http404 for those the assistant is not for.

    Once it is finished it shows what the committee's own pages do, so it is the coordinator's
    alone: an administrator sees no content by that role.
    """
    person, found = keeper(request)
    if found.setup_finished_at and not person.is_coordinator:
        raise Http404
    return person, found


def step_page(
    request: HttpRequest, name: str, state: SetupProgress, context: dict[str, Any]
) -> HttpResponse:
    """Return the page of a step; what was sent and is shown again was refused."""
    form = context.get("form")
    refused = request.method == "POST" and form is not None
    return (invalid if refused else page)(
        request, template_of(name), {**frame_of(name, state), **context}
    )


def template_of(name: str) -> str:
    return f"secretariat/setup/{name}.html"


def frame_of(step: str, state: SetupProgress) -> dict[str, Any]:
    """Return what the frame shows around a step: all steps, and which are done."""
    labels = {
        "municipality": _("Municipality"),
        "mandate": _("Mandate"),
        "seats": _("Seats"),
        "rhythm": _("Meetings"),
        "wheel": _("Year wheel"),
        "invitations": _("Invitations"),
    }
    done = state.done
    steps = [
        {
            "label": label,
            "url": reverse(f"setup_{code}"),
            "state": "current" if code == step else "done" if done[code] else "todo",
        }
        for code, label in labels.items()
    ]
    return {"state": state, "steps": steps, "steps_done": sum(done.values())}
