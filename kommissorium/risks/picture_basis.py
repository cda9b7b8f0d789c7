"""The approved pictures of risks of the whole organisation, for what stands on one: the policy."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from django.db.models import QuerySet

from kommissorium.core.evidence.models import Record
from kommissorium.registers.bases import Basis
from kommissorium.risks.models import Assessment


def _records() -> QuerySet[Record]:
    found = Assessment.objects.filter(scope=Assessment.Scope.ORGANISATION, state="approved")
    return Record.objects.filter(pk__in=found.values("record")).order_by("-at", "-pk")


def _ranks(record: Record) -> Mapping[str, int]:
    return {one["lineage"]: one["rank"] or 0 for one in json.loads(record.content)["risks"]}


PICTURES: Final = Basis(_records, _ranks)
