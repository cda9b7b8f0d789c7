"""Addresses of meetings."""

from __future__ import annotations

from kommissorium.meetings.urls import agenda, answers, conduct, decisions, late_items, minutes

urlpatterns = [
    *agenda.urlpatterns,
    *late_items.urlpatterns,
    *answers.urlpatterns,
    *conduct.urlpatterns,
    *minutes.urlpatterns,
    *decisions.urlpatterns,
]
