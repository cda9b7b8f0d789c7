"""Addresses of meetings."""

from __future__ import annotations

from kommissorium.meetings.urls import (
    agenda,
    answers,
    conduct,
    decisions,
    earlier,
    late_items,
    minutes,
    reading,
)

urlpatterns = [
    *agenda.urlpatterns,
    *earlier.urlpatterns,
    *late_items.urlpatterns,
    *reading.urlpatterns,
    *answers.urlpatterns,
    *conduct.urlpatterns,
    *minutes.urlpatterns,
    *decisions.urlpatterns,
]
