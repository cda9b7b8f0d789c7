"""Addresses of the register of risks: assessments."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.registers.views.lists import list_paths
from kommissorium.risks.assessment_list import AssessmentList
from kommissorium.risks.views import assessments, assessments_lacking, editing, risk, scenarios

ONE = "risks/assessments/<int:pk>/"

urlpatterns: list[URLPattern] = [
    *list_paths("risks/assessments/", AssessmentList),
    path(
        "risks/assessments/lacking/",
        assessments_lacking.assessments_lacking,
        name="assessments_lacking",
    ),
    path("risks/assessments/new/", editing.assessment_new, name="assessment_new"),
    path(ONE, assessments.assessment, name="assessment"),
    path(f"{ONE}change/", editing.assessment_change, name="assessment_change"),
    path(f"{ONE}copy/", editing.assessment_copy, name="assessment_copy"),
    path(f"{ONE}drop/", editing.assessment_drop, name="assessment_drop"),
    path(f"{ONE}reopen/", assessments.assessment_reopen, name="assessment_reopen"),
    path(f"{ONE}scale/", assessments.assessment_scale, name="assessment_scale"),
    path(f"{ONE}threats/", scenarios.assessment_threats, name="assessment_threats"),
    path(f"{ONE}risks/", scenarios.assessment_scenarios, name="assessment_scenarios"),
    path(f"{ONE}compare/", assessments.assessment_compare, name="assessment_compare"),
    path(f"{ONE}history/", assessments.assessment_history, name="assessment_history"),
    path(f"{ONE}document/", assessments.assessment_document, name="assessment_document"),
    path("risks/<int:pk>/", risk.risk, name="risk"),
    path("risks/<int:pk>/change/", scenarios.risk_change, name="risk_change"),
    path("risks/<int:pk>/remove/", scenarios.risk_remove, name="risk_remove"),
    path("risks/<int:pk>/move/<str:way>/", scenarios.risk_move, name="risk_move"),
]
