"""Projects, technical measures, and how both stood in a quarter."""

from kommissorium.projects.models.measures import MeasureState, TechnicalMeasure, WorkStatus
from kommissorium.projects.models.projects import Milestone, Project, ProjectUpdate, Standing

__all__ = [
    "MeasureState",
    "Milestone",
    "Project",
    "ProjectUpdate",
    "Standing",
    "TechnicalMeasure",
    "WorkStatus",
]
