"""Addresses of what comes after the call."""

from __future__ import annotations

from django.urls import path

from kommissorium.meetings.views import calling

urlpatterns = [
    path("meetings/<int:pk>/items/late/", calling.late_item_add, name="late_item_add"),
    path("items/<int:pk>/late-files/", calling.late_file_add, name="late_file_add"),
    path("items/<int:pk>/withdrawal/", calling.item_withdrawal, name="item_withdrawal"),
]
