"""Addresses of rulings, readings and starter texts, and where the owners' guidelines stood."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.policies.ruling_lists import DispensationList, InterpretationList
from kommissorium.policies.views import readings, rulings, starters
from kommissorium.registers.views.lists import list_paths

DOCUMENT, QUESTION, ONE = (
    "policies/<int:pk>/",
    "policies/interpretations/<int:pk>/",
    "policies/dispensations/<int:pk>/",
)
OLD = "assets/guidelines/"

urlpatterns: list[URLPattern] = [
    *list_paths("policies/interpretations/", InterpretationList),
    *list_paths("policies/dispensations/", DispensationList),
    path(f"{DOCUMENT}question/", rulings.interpretation_new, name="interpretation_new"),
    path(QUESTION, rulings.interpretation, name="interpretation"),
    path(f"{DOCUMENT}dispensation/", rulings.dispensation_new, name="dispensation_new"),
    path(ONE, rulings.dispensation, name="dispensation"),
    path(f"{ONE}change/", rulings.dispensation_change, name="dispensation_change"),
    path(f"{ONE}renew/", rulings.dispensation_renew, name="dispensation_renew"),
    path(f"{ONE}end/", rulings.dispensation_end, name="dispensation_end"),
    path(
        "policies/rulings/<slug:slug>/<int:pk>/rule/",
        rulings.ruling_change_rule,
        name="ruling_change_rule",
    ),
    path(f"{DOCUMENT}readers/", readings.policy_readers, name="policy_readers"),
    path(f"{DOCUMENT}readers/choose/", readings.policy_audience, name="policy_audience"),
    path(f"{DOCUMENT}readers/file/", readings.policy_readings, name="policy_readings"),
    path("policies/versions/<int:pk>/confirm/", readings.policy_read, name="policy_read"),
    path("policies/starters/", starters.policy_starters, name="policy_starters"),
    path(OLD, readings.former_guidelines, name="guidelines"),
    path(
        f"{OLD}readings/",
        readings.former_guidelines,
        {"place": "policy_readers"},
        name="guideline_readings",
    ),
    path(f"{OLD}<int:key>/", readings.former_guideline, name="guideline"),
    path(
        f"{OLD}<int:key>/file/",
        readings.former_guideline,
        {"edition": "file"},
        name="guideline_file",
    ),
]
