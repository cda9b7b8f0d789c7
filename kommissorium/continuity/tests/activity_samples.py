"""What the tests of all kinds of activities need of tests: a plan, and values of one."""

from __future__ import annotations

from kommissorium.continuity.tests.cases import approved, drafted, values_of

# By the slug of a kind: what makes an approved plan, a draft, and the values of a new activity.
ACTIVITIES = {"continuity": (approved, drafted, values_of)}
