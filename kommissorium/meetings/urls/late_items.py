"""Addresses of late items, late attachments and withdrawals."""

from __future__ import annotations

from django.urls import path

from kommissorium.meetings.views import late_items

urlpatterns = [
    path("meetings/<int:pk>/items/late/", late_items.late_item_add, name="late_item_add"),
    path("items/<int:pk>/late-files/", late_items.late_file_add, name="late_file_add"),
    path("items/<int:pk>/withdrawal/", late_items.item_withdrawal, name="item_withdrawal"),
]
