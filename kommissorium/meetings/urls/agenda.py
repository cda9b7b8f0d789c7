"""Addresses of meetings, agendas and attachments."""

from __future__ import annotations

from django.urls import path

from kommissorium.meetings.views import agenda, calendar, items, year_plan

urlpatterns = [
    path("meetings/", calendar.meetings, name="meetings"),
    path("meetings/calendar.ics", calendar.calendar_download, name="meetings_calendar"),
    path("committees/<int:pk>/meetings/plan/", year_plan.plan, name="meetings_plan"),
    path("committees/<int:pk>/meetings/add/", calendar.add, name="meeting_add"),
    path("meetings/<int:pk>/", agenda.meeting, name="meeting"),
    path("meetings/<int:pk>/edit/", calendar.edit, name="meeting_edit"),
    path("meetings/<int:pk>/cancellation/", calendar.cancellation, name="meeting_cancellation"),
    path("meetings/<int:pk>/calendar.ics", calendar.meeting_calendar, name="meeting_calendar"),
    path("meetings/<int:pk>/history/", agenda.history, name="meeting_history"),
    path("meetings/<int:pk>/pack/<str:form>/", agenda.pack, name="meeting_pack"),
    path("meetings/<int:pk>/order/", agenda.order, name="items_order"),
    path("meetings/<int:pk>/items/<int:clause>/", agenda.restore, name="item_restore"),
    path("meetings/<int:pk>/items/add/", items.add, name="item_add"),
    path("items/<int:pk>/", items.item, name="agenda_item"),
    path("items/<int:pk>/edit/", items.edit, name="item_edit"),
    path("items/<int:pk>/removal/", items.removal, name="item_removal"),
    path("items/<int:pk>/position/", items.position, name="item_position"),
    path("attachments/<int:pk>/", agenda.attachment, name="attachment"),
    path("attachments/<int:pk>/removal/", agenda.removal, name="attachment_removal"),
]
