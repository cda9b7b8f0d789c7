"""Addresses of tasks and the quarters' lists."""

from __future__ import annotations

from django.urls import path

from kommissorium.tasks.views import delegations, edit, quarters, tasks

urlpatterns = [
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/export/", tasks.tasks_export, name="tasks_export"),
    path("tasks/add/", edit.add, name="task_add"),
    path("tasks/<int:pk>/", tasks.task, name="task"),
    path("tasks/<int:pk>/edit/", edit.edit, name="task_edit"),
    path("tasks/<int:pk>/completion/", edit.completion, name="task_completion"),
    path("tasks/<int:pk>/dropping/", edit.dropping, name="task_dropping"),
    path("tasks/<int:pk>/reopening/", edit.reopening, name="task_reopening"),
    path("tasks/<int:pk>/delegation/", delegations.delegation, name="task_delegation"),
    path("delegations/<int:pk>/acceptance/", delegations.acceptance, name="delegation_acceptance"),
    path("delegations/<int:pk>/refusal/", delegations.refusal, name="delegation_refusal"),
    path("delegations/<int:pk>/withdrawal/", delegations.withdrawal, name="delegation_withdrawal"),
    path("committees/<int:pk>/quarters/<str:day>/", quarters.quarter, name="quarter"),
    path("committees/<int:pk>/quarters/<str:day>/choice/", quarters.choice, name="quarter_choice"),
    path("quarters/<int:pk>/removal/", quarters.removal, name="quarter_removal"),
]
