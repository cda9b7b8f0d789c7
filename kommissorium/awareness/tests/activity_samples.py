"""What the tests of all kinds of activities need of awareness: a plan, and values of an activity."""

from __future__ import annotations

from kommissorium.awareness.tests.cases import approved, drafted, values_of

# By the slug of a kind: what makes an approved plan, a draft, and the values of a new activity.
ACTIVITIES = {"awareness": (approved, drafted, values_of)}
