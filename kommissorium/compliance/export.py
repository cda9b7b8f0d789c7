"""What an export carries so that an outsider computes the answer: facts, what was shown, the rules."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.db.models import Q
from django.utils import timezone, translation

from kommissorium import measures
from kommissorium.committees.models import Committee
from kommissorium.compliance.answer_rows import of_committees, taken_from
from kommissorium.compliance.frozen import answered
from kommissorium.compliance.fulfilment import month_ends
from kommissorium.compliance.history_queries import history_of
from kommissorium.compliance.models import FrozenAnswer
from kommissorium.measures.export import FACTS, HEADER, SCHEMA, SHOWN
from kommissorium.measures.registers import RISKS
from kommissorium.measures.rows import TABLES
from kommissorium.registers.counts import counts_now
from kommissorium.registers.installed import register_of

MONTHS: Final = 36  # whose ends are answered, and counted
PROGRAM: Final = "measures.pyz"
AT: Final = (2026, 1, 1, 0, 0, 0)  # of the files in the program: the same program, the same bytes


def write_answers(export: zipfile.ZipFile, committees: Iterable[Committee]) -> None:
    """Write facts, the answers of the last months as they are shown, and the rules."""
    own = list(committees)
    days = month_ends(timezone.localdate(), MONTHS)
    frozen = FrozenAnswer.objects.filter(committee__in=own).values_list("on", flat=True)
    header = _header(own, sorted({*days, *frozen}))
    export.writestr(HEADER, json.dumps(header, ensure_ascii=False))
    with export.open(FACTS, "w", force_zip64=True) as lines:
        asked = of_committees(own)
        asked["tasks_task"] |= Q(committee=None)
        for table in TABLES:
            for row in taken_from(_models()[table], asked[table]):
                lines.write(_line({"table": table, **row}))
    with export.open(SHOWN, "w", force_zip64=True) as lines, translation.override("da"):
        for committee in own:
            lines.writelines(map(_line, _shown(committee, days)))
    export.writestr(PROGRAM, program())


def program() -> bytes:
    """Return the rules as a program of its own: Python runs it, and needs nothing else."""
    root, target = Path(measures.__file__).parent, io.BytesIO()
    kept = [*root.rglob("*.py"), *root.rglob("*.mo")]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        main = "import sys\nfrom kommissorium.measures.__main__ import main\nsys.exit(main())\n"
        own = {"__main__.py": main.encode(), "kommissorium/__init__.py": b""}
        own |= {
            f"kommissorium/measures/{path.relative_to(root).as_posix()}": path.read_bytes()
            for path in kept
        }
        for name in sorted(own):
            written.writestr(zipfile.ZipInfo(name, AT), own[name], zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _header(committees: Sequence[Committee], days: Iterable[date]) -> dict[str, Any]:
    """Return what the facts are read by; of the days, the ends of months and those of which an answer
    was frozen, the figures that no fact tells."""
    count = register_of(RISKS.code).counts.on
    return {
        "schema": SCHEMA,
        "today": timezone.localdate().isoformat(),
        "time_zone": settings.TIME_ZONE,
        "is_whole": Committee.objects.count() == len(committees),
        "committees": {one.pk: one.name for one in committees},
        "counts": {code: dict(numbers) for code, numbers in counts_now().items()},
        "counted": {RISKS.code: {day.isoformat(): count(day) for day in days}},
    }


def _shown(committee: Committee, days: Sequence[date]) -> Iterator[dict[str, Any]]:
    """Yield the answers of the ends of the months: as they were known then, and as we know now."""
    history, today = history_of(committee), timezone.localdate()
    for on in days:
        for known in dict.fromkeys((on, today)):
            for one in answered(history, on, known)[0].findings:
                yield {
                    "committee": committee.pk,
                    "on": on.isoformat(),
                    "known": known.isoformat(),
                    "clause": one.clause.number,
                    "state": one.state.value,
                    "sentence": str(one.finding.sentence),
                }


def _models() -> dict[str, Any]:
    return {one._meta.db_table: one for one in apps.get_models()}  # noqa: SLF001


def _line(fields: dict[str, Any]) -> bytes:
    return (json.dumps(fields, ensure_ascii=False) + "\n").encode("utf-8")
