"""Earlier meetings, registered afterwards: an open one, and one with a closed decision."""

from __future__ import annotations

import io
import zipfile
from datetime import date

from kommissorium.conftest import Cast
from kommissorium.core.files.actions import store_file
from kommissorium.core.tests.samples import Samples, secret
from kommissorium.meetings.actions.earlier_meetings import (
    EarlierItem,
    EarlierMeeting,
    register_earlier_meeting,
)
from kommissorium.meetings.models import Meeting


def add(samples: Samples, cast: Cast) -> None:
    """Name the committee that can register another, and both meetings."""
    samples.add("earlier_meeting_add", pk=cast.committee.pk)
    opened = _registered(cast, 1, EarlierItem(title="Nødplan", outcome="noted"))
    closed = _registered(
        cast,
        2,
        EarlierItem(
            title=secret("titel"),
            outcome="approved",
            text=secret("beslutning"),
            is_closed=True,
            closed_ground=secret("grund"),
        ),
        words=secret("referat"),
    )
    samples.add("meeting/earlier earlier_minutes earlier_withdrawal", pk=opened.pk)
    samples.add("meeting/earlier_closed earlier_minutes/closed", pk=closed.pk)


def _registered(cast: Cast, day: int, item: EarlierItem, words: str = "referat") -> Meeting:
    file = store_file(_word_file(words), "referat.docx")
    held = EarlierMeeting(date(2021, 3, day), file, "referat.docx", items=[item])
    return register_earlier_meeting(cast.committee, held, by=cast.coordinator)


def _word_file(words: str) -> bytes:
    """Return the words as a file that is read as Word's."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", f"<x>{words}</x>")
    return target.getvalue()
