"""Addresses of the register of risks; what has words in its address comes before keys."""

from __future__ import annotations

from django.urls import URLPattern

from kommissorium.risks.urls import assessments, pictures, scales, treatment

urlpatterns: list[URLPattern] = [
    *scales.urlpatterns,
    *treatment.urlpatterns,
    *assessments.urlpatterns,
    *pictures.urlpatterns,
]
