"""Link from an import of risks to the assessment it made."""

from __future__ import annotations

from django.db import models

from kommissorium.registers.models import ImportRun
from kommissorium.risks.models.assessments import Assessment


class ImportedAssessment(models.Model):
    """The assessment that a sheet of risks became."""

    run = models.OneToOneField(ImportRun, models.PROTECT, related_name="imported")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="imports")

    def __str__(self) -> str:
        return f"{self.run} {self.assessment}"
