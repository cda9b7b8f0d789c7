"""Decisions of the chair between meetings."""

from __future__ import annotations

from typing import Any

from kommissorium.conftest import Cast
from kommissorium.core.tests.samples import Samples, secret
from kommissorium.meetings.actions.decisions import decide_as_chair

WEIGHING = {
    "security": "stronger",
    "usability": "unchanged",
    "economy": "neutral",
    "proportion": "fitting",
}


def add(samples: Samples, cast: Cast) -> None:
    """Name an open and a closed decision."""
    given: dict[str, Any] = {"by": cast.chair, "weighing": WEIGHING, "is_impartial": True}
    opened = decide_as_chair(
        cast.committee, title="Luk porten", text="<p>Den lukkes.</p>", why_now="Haster", **given
    )
    given["weighing"] = WEIGHING | {"security_text": secret("afvejning")}
    closed = decide_as_chair(
        cast.committee,
        title=secret("beslutning"),
        text=f"<p>{secret('tekst')}</p>",
        why_now=secret("hast"),
        is_closed=True,
        closed_ground=secret("grund"),
        **given,
    )
    samples.add("decision", pk=opened.pk)
    samples.add("decision/closed", pk=closed.pk)
    for variant, one in (("/chair", opened), ("/chair_closed", closed)):
        samples.add(f"record{variant}", pk=one.record_id)
        samples.add(f"record_file{variant}", pk=one.record_id, form="pdf")
