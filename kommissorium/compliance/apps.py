"""The answer to "do we fulfil our mandate?", on any date."""

from __future__ import annotations

from typing import ClassVar

from django.apps import AppConfig

from kommissorium.core.evidence.row_readers import Readers, under


class ComplianceConfig(AppConfig):
    name = "kommissorium.compliance"
    label = "compliance"
    readers: ClassVar[Readers] = {"frozenanswer": under("committee")}
