"""Samples of awareness for the tests of every kind of activity: a plan, and one activity."""

from __future__ import annotations

from kommissorium.awareness.tests.cases import approved, drafted, values_of

# By the slug of a kind: what makes an approved plan, a draft, and the values of a new activity.
ACTIVITIES = {"awareness": (approved, drafted, values_of)}
