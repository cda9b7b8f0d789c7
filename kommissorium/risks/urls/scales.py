"""Addresses of the register of risks: scales, threats, levels and limits."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.risks.views.levels import (
    authority_limits,
    risk_level,
    risk_level_change,
    risk_level_drop,
    risk_level_file,
    risk_level_new,
    risk_level_reopen,
    risk_levels,
)
from kommissorium.risks.views.scales import (
    risk_rules_history,
    scale,
    scale_change,
    scale_new,
    scale_use,
    scales,
)
from kommissorium.risks.views.threats import (
    threat_change,
    threat_new,
    threat_restore,
    threat_retire,
    threats,
    threats_file,
)

SCALES, THREATS, LEVELS = "risks/scales/", "risks/threats/", "risks/levels/"

urlpatterns: list[URLPattern] = [
    path(SCALES, scales, name="scales"),
    path(f"{SCALES}new/", scale_new, name="scale_new"),
    path(f"{SCALES}<int:pk>/", scale, name="scale"),
    path(f"{SCALES}<int:pk>/change/", scale_change, name="scale_change"),
    path(f"{SCALES}<int:pk>/use/", scale_use, name="scale_use"),
    path(THREATS, threats, name="threats"),
    path(f"{THREATS}excel/", threats_file, name="threats_file"),
    path(f"{THREATS}new/", threat_new, name="threat_new"),
    path(f"{THREATS}<int:pk>/change/", threat_change, name="threat_change"),
    path(f"{THREATS}<int:pk>/retire/", threat_retire, name="threat_retire"),
    path(f"{THREATS}<int:pk>/restore/", threat_restore, name="threat_restore"),
    path(LEVELS, risk_levels, name="risk_levels"),
    path(f"{LEVELS}new/", risk_level_new, name="risk_level_new"),
    path(f"{LEVELS}<int:pk>/", risk_level, name="risk_level"),
    path(f"{LEVELS}<int:pk>/pdf/", risk_level_file, name="risk_level_file"),
    path(f"{LEVELS}<int:pk>/change/", risk_level_change, name="risk_level_change"),
    path(f"{LEVELS}<int:pk>/drop/", risk_level_drop, name="risk_level_drop"),
    path(f"{LEVELS}<int:pk>/reopen/", risk_level_reopen, name="risk_level_reopen"),
    path("risks/limits/", authority_limits, name="authority_limits"),
    path("risks/rules/", risk_rules_history, name="risk_rules_history"),
]
