"""Addresses of the register of risks: what is done about risks, and what is accepted."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.risks.views import acceptance_forms, acceptances, plans

urlpatterns: list[URLPattern] = [
    path("risks/plan/", plans.plan, name="plan"),
    path("risks/plan/file/", plans.plan_file, name="plan_file"),
    path("risks/<int:pk>/actions/new/", plans.plan_action_new, name="plan_action_new"),
    path("risks/actions/<int:pk>/change/", plans.plan_action_change, name="plan_action_change"),
    path(
        "risks/actions/<int:pk>/impossible/",
        plans.plan_action_impossible,
        name="plan_action_impossible",
    ),
    path(
        "risks/actions/<int:pk>/possible/", plans.plan_action_possible, name="plan_action_possible"
    ),
    path("risks/acceptances/", acceptances.acceptances, name="acceptances"),
    path("risks/acceptances/file/", acceptances.acceptances_file, name="acceptances_file"),
    path("risks/acceptances/new/", acceptance_forms.acceptance_new, name="acceptance_new"),
    path("risks/acceptances/<int:pk>/", acceptances.acceptance, name="acceptance"),
    path("risks/acceptances/<int:pk>/file/", acceptances.acceptance_file, name="acceptance_file"),
    path(
        "risks/acceptances/<int:pk>/answer/",
        acceptance_forms.acceptance_answer,
        name="acceptance_answer",
    ),
    path(
        "risks/acceptances/<int:pk>/withdraw/",
        acceptance_forms.acceptance_withdraw,
        name="acceptance_withdraw",
    ),
    path(
        "risks/acceptances/<int:pk>/replace/",
        acceptance_forms.acceptance_replace,
        name="acceptance_replace",
    ),
]
