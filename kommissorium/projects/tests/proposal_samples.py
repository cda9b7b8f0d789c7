"""A sample of what of projects and measures is put before a committee."""

from __future__ import annotations

from kommissorium.projects.tests.cases import drafted

PROPOSALS = {"work-status": drafted}
