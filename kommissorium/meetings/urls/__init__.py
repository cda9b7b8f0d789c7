"""Addresses of meetings, from the calendar to the decisions."""

from __future__ import annotations

from kommissorium.meetings.urls import agenda, answers, calling, conduct, decisions, minutes

urlpatterns = [
    *agenda.urlpatterns,
    *calling.urlpatterns,
    *answers.urlpatterns,
    *conduct.urlpatterns,
    *minutes.urlpatterns,
    *decisions.urlpatterns,
]
