"""Samples of audits for the tests of every kind of activity: a plan, and values of an audit."""

from __future__ import annotations

from kommissorium.audits.tests.cases import approved, drafted, values_of

# By the slug of a kind: what makes an approved plan, a draft, and the values of a new activity.
ACTIVITIES = {"audits": (approved, drafted, values_of)}
