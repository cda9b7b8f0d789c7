"""Samples of continuity for the tests of every kind of activity: a plan, and one test."""

from __future__ import annotations

from kommissorium.continuity.tests.cases import approved, drafted, values_of

# By the slug of a kind: what makes an approved plan, a draft, and the values of a new activity.
ACTIVITIES = {"continuity": (approved, drafted, values_of)}
