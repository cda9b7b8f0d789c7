"""Tally of what an export withholds: by part and table how many, of how many, on which ground."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import override

from kommissorium.core.evidence.sealed_tables import sealed_tables

RECORDS, ROWS, VERSIONS, FILES = "records", "rows", "versions", "files"
BY_TABLE: Final = (ROWS, VERSIONS)

type Grounds = Callable[[str, type[Model] | None], str | Promise]


class Withheld:
    """Numbers of what was withheld of each part of an export; those of rows by table."""

    def __init__(self) -> None:
        self._all: Counter[tuple[str, str]] = Counter()
        self._withheld: Counter[tuple[str, str]] = Counter()

    def count(self, part: str, table: str, *, is_shown: bool) -> None:
        self._all[part, table] += 1
        self._withheld[part, table] += not is_shown

    def told(self, ground: Grounds) -> str:
        """Return it as JSON, the grounds in each language of the program."""
        nothing = {"withheld": 0, "of": 0}
        found: dict[str, Any] = {RECORDS: nothing, ROWS: {}, VERSIONS: {}, FILES: nothing}
        for (part, table), number in sorted(self._withheld.items()):
            model = sealed_tables()[table].model if table else None
            line: dict[str, Any] = {"withheld": number, "of": self._all[part, table]}
            if number:
                line["ground"] = _in_all_languages(ground(part, model))
            if part not in BY_TABLE:
                found[part] = line
            elif number:
                found[part][table] = line
        return json.dumps(found, ensure_ascii=False, indent=1)


def _in_all_languages(text: str | Promise) -> dict[str, str]:
    told = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            told[language] = str(text)
    return told
