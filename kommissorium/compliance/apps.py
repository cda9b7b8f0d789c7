"""The answer to "do we fulfil our mandate?", on any date."""

from django.apps import AppConfig


class ComplianceConfig(AppConfig):
    name = "kommissorium.compliance"
    label = "compliance"
