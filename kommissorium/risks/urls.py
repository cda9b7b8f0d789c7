"""Addresses of the register of risks; what has words in its address comes before keys."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.registers.views.lists import list_paths
from kommissorium.risks.assessment_list import AssessmentList
from kommissorium.risks.risk_list import RiskList
from kommissorium.risks.views import (
    acceptance_forms,
    acceptances,
    assessments,
    editing,
    levels,
    pictures,
    plans,
    risk,
    scales,
    scenarios,
    threats,
)

SCALES, THREATS, LEVELS = "risks/scales/", "risks/threats/", "risks/levels/"
ONE, RISK = "risks/assessments/<int:pk>/", "risks/<int:pk>/"
ACTION, ACCEPTANCE = "risks/actions/<int:pk>/", "risks/acceptances/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(SCALES, scales.scales, name="scales"),
    path(f"{SCALES}new/", scales.scale_new, name="scale_new"),
    path(f"{SCALES}<int:pk>/", scales.scale, name="scale"),
    path(f"{SCALES}<int:pk>/change/", scales.scale_change, name="scale_change"),
    path(f"{SCALES}<int:pk>/use/", scales.scale_use, name="scale_use"),
    path(THREATS, threats.threats, name="threats"),
    path(f"{THREATS}excel/", threats.threats_file, name="threats_file"),
    path(f"{THREATS}new/", threats.threat_new, name="threat_new"),
    path(f"{THREATS}<int:pk>/change/", threats.threat_change, name="threat_change"),
    path(f"{THREATS}<int:pk>/retire/", threats.threat_retire, name="threat_retire"),
    path(f"{THREATS}<int:pk>/restore/", threats.threat_restore, name="threat_restore"),
    path(LEVELS, levels.risk_levels, name="risk_levels"),
    path(f"{LEVELS}new/", levels.risk_level_new, name="risk_level_new"),
    path(f"{LEVELS}<int:pk>/", levels.risk_level, name="risk_level"),
    path(f"{LEVELS}<int:pk>/pdf/", levels.risk_level_file, name="risk_level_file"),
    path(f"{LEVELS}<int:pk>/change/", levels.risk_level_change, name="risk_level_change"),
    path(f"{LEVELS}<int:pk>/drop/", levels.risk_level_drop, name="risk_level_drop"),
    path(f"{LEVELS}<int:pk>/reopen/", levels.risk_level_reopen, name="risk_level_reopen"),
    path("risks/limits/", levels.authority_limits, name="authority_limits"),
    path("risks/rules/", scales.risk_rules_history, name="risk_rules_history"),
    path("risks/plan/", plans.plan, name="plan"),
    path("risks/plan/file/", plans.plan_file, name="plan_file"),
    path(f"{RISK}actions/new/", plans.plan_action_new, name="plan_action_new"),
    path(f"{ACTION}change/", plans.plan_action_change, name="plan_action_change"),
    path(f"{ACTION}impossible/", plans.plan_action_impossible, name="plan_action_impossible"),
    path(f"{ACTION}possible/", plans.plan_action_possible, name="plan_action_possible"),
    path("risks/acceptances/", acceptances.acceptances, name="acceptances"),
    path("risks/acceptances/file/", acceptances.acceptances_file, name="acceptances_file"),
    path("risks/acceptances/new/", acceptance_forms.acceptance_new, name="acceptance_new"),
    path(ACCEPTANCE, acceptances.acceptance, name="acceptance"),
    path(f"{ACCEPTANCE}file/", acceptances.acceptance_file, name="acceptance_file"),
    path(f"{ACCEPTANCE}answer/", acceptance_forms.acceptance_answer, name="acceptance_answer"),
    path(
        f"{ACCEPTANCE}withdraw/",
        acceptance_forms.acceptance_withdraw,
        name="acceptance_withdraw",
    ),
    path(f"{ACCEPTANCE}replace/", acceptance_forms.acceptance_replace, name="acceptance_replace"),
    *list_paths("risks/assessments/", AssessmentList),
    path("risks/assessments/lacking/", assessments.assessments_lacking, name="assessments_lacking"),
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
    path(RISK, risk.risk, name="risk"),
    path(f"{RISK}change/", scenarios.risk_change, name="risk_change"),
    path(f"{RISK}remove/", scenarios.risk_remove, name="risk_remove"),
    path(f"{RISK}move/<str:way>/", scenarios.risk_move, name="risk_move"),
    path("risks/", pictures.risks, name="risks"),
    path("risks/file/", pictures.risks_overview_file, name="risks_overview_file"),
    path("risks/print/", pictures.risks_print, name="risks_print"),
    *list_paths("risks/list/", RiskList),
    path("risks/areas/", pictures.risk_areas, name="risk_areas"),
    path("risks/areas/file/", pictures.risk_areas_file, name="risk_areas_file"),
    path("risks/development/", pictures.risk_development, name="risk_development"),
    path("risks/development/file/", pictures.risk_development_file, name="risk_development_file"),
]
