"""Addresses of earlier meetings."""

from __future__ import annotations

from django.urls import path

from kommissorium.meetings.views import earlier

urlpatterns = [
    path(
        "committees/<int:pk>/meetings/earlier/add/",
        earlier.earlier_meeting_add,
        name="earlier_meeting_add",
    ),
    path("meetings/<int:pk>/earlier-minutes/", earlier.earlier_minutes, name="earlier_minutes"),
    path(
        "meetings/<int:pk>/registration/withdrawal/",
        earlier.earlier_withdrawal,
        name="earlier_withdrawal",
    ),
]
