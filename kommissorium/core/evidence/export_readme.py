"""Text that lies in an export and says what each of its files is, in the reader's language."""

from __future__ import annotations

import textwrap
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

WIDTH: Final = 100
FILES: Final[dict[str, str | Promise]] = {
    "events.jsonl": gettext_lazy("Every event, one a line, the oldest first."),
    "records.jsonl": gettext_lazy(
        "The frozen records: what each is, its hashes and the event that sealed it."
    ),
    "records/": gettext_lazy(
        "The records themselves, as JSON and, where there is one, as PDF. Of one that is withheld"
        " only the hashes are here: it holds what you may not see."
    ),
    "rows.jsonl": gettext_lazy(
        "The rows that are sealed, each as text with its own salt; of one that is withheld only"
        " the seal."
    ),
    "versions.jsonl": gettext_lazy(
        "What rows held from an event on, as far as that is kept; withheld likewise."
    ),
    "files/": gettext_lazy(
        "Files that were attached, as far as they go along. Each is named by its SHA-256, which"
        " stands in the row of the file (core_storedfile)."
    ),
    "stamps/": gettext_lazy(
        "Time stamps (RFC 3161) of heads, each named by the head: SEQ_HASH.tsr."
    ),
    "withheld.json": gettext_lazy(
        "What is withheld from you: by table how many rows and versions, of how many, and why; so"
        " for records and files."
    ),
    "facts.json": gettext_lazy(
        "The committees, the day and the figures of today that the answers are reckoned with."
    ),
    "facts.jsonl": gettext_lazy(
        "The facts that the answers are reckoned from, each taken from the row it names."
    ),
    "shown.jsonl": gettext_lazy(
        "What the program has answered for each clause at the ends of the last months."
    ),
    "head.json": gettext_lazy("The number and the hash of the last event."),
    "measures.pyz": gettext_lazy(
        "Reckons the answers anew, from this file: python3 measures.pyz THIS-FILE.zip --on 2026-06-30"
    ),
    "verify.py": gettext_lazy(
        "The check: python3 verify.py THIS-FILE.zip [--anchor SEQ:HASH] [--pdf FILE]"
    ),
    "LÆSMIG.txt": gettext_lazy("This text in Danish."),
    "README.txt": gettext_lazy("This text in English."),
}
COLUMN: Final = max(map(len, FILES)) + 2


def readme(language: str) -> str:
    """Return the text: what it is, and each file with what it holds."""
    with override(language):
        lines = [_("Evidence exported from Kommissorium."), ""]
        for name, text in FILES.items():
            lines += textwrap.wrap(
                str(text),
                WIDTH,
                initial_indent=name.ljust(COLUMN),
                subsequent_indent=" " * COLUMN,
                break_on_hyphens=False,
            )
        return "\n".join(lines) + "\n"
