"""An evaluation before a committee: a room says what it is of, and which texts it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from kommissorium.registers.forms.rows import row_form
from kommissorium.registers.models.evaluations import Evaluation
from kommissorium.registers.standard_proposals import StandardProposal


class EvaluationProposal[M: Evaluation](StandardProposal[M]):
    """Proposal of an evaluation of what was held, and of what comes of it."""

    for_followers = True
    of: ClassVar[tuple[str, ...]]  # the names of its columns that say what it is of
    texts: ClassVar[Mapping[str, str | Promise]]  # what to write while one of its texts is empty

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.form = row_form(cls.model, *cls.texts)

    def same_as(self, proposal: M) -> QuerySet[M]:
        of = {name: getattr(proposal, name) for name in self.of}
        return self.model._default_manager.filter(**of)  # noqa: SLF001

    def subject(self, proposal: M) -> Model | None:
        """Return what it is of, where that has a page that its own leads to."""
        return None

    def refuse_new(self, of: Mapping[str, Any]) -> None:
        """Raise Refused where nothing of that can be evaluated yet."""

    def begun_with(self, of: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what a draft says to begin with."""
        return {}

    def asked_for(self, proposal: M) -> Iterable[str]:
        """Return the names of the texts that none may lack."""
        return self.texts

    def lacks(self, proposal: M) -> list[str]:
        return [
            str(self.texts[one]) for one in self.asked_for(proposal) if not getattr(proposal, one)
        ]

    def written(self, proposal: M) -> dict[str, str]:
        """Return its texts, by their names."""
        return {name: getattr(proposal, name) for name in self.texts}
