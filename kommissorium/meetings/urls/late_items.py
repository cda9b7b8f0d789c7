"""Addresses of late items, late attachments and withdrawals."""

from __future__ import annotations

from django.urls import path

from kommissorium.meetings.views import after_call

urlpatterns = [
    path("meetings/<int:pk>/items/late/", after_call.late_item_add, name="late_item_add"),
    path("items/<int:pk>/late-files/", after_call.late_file_add, name="late_file_add"),
    path("meetings/<int:pk>/call/withdrawal/", after_call.call_withdrawal, name="call_withdrawal"),
    path("items/<int:pk>/withdrawal/", after_call.item_withdrawal, name="item_withdrawal"),
]
