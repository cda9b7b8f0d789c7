"""What still stands in brackets in a text that was begun with one of ours: nothing is proposed with it."""

from __future__ import annotations

import re
from typing import Final

from django.utils.translation import gettext as _

from kommissorium.core.richtext import plain_text
from kommissorium.registers.proposing import Lack

MARK: Final = re.compile(r"\[(?:udfyld|fill in):[^\]]*\]")


def unfilled(**texts: str) -> list[Lack]:
    """Return what is to be filled in, a sentence for each text, by the name of its field."""
    found = {field: dict.fromkeys(MARK.findall(plain_text(text))) for field, text in texts.items()}
    sentence = _("Fill in what stands in brackets: %(marks)s")
    return [
        Lack(sentence % {"marks": ", ".join(marks)}, field)
        for field, marks in found.items()
        if marks
    ]
