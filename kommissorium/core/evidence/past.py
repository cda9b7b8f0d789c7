"""A model's declaration about the past of its rows: versions are kept, and these fields shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise


def _nobody(_person: Any) -> bool:
    return False


@dataclass(frozen=True)
class Past:
    """The past of a model's rows, declared as its `PAST`: each version of a row is kept.

    A field is shown with the label that the model gives it, or `labels`; one without is not
    shown, nor is one whose label there is "".

    Readers of the row today see what it held. But what it held while a field had one of the values
    that are `closed` is for those alone whom `opened_to` names: a draft, or what was closed. `under`
    names the row it belongs to, whose own `closed` holds for it as well.
    """

    labels: Mapping[str, str | Promise] = field(default_factory=dict)
    closed: Mapping[str, tuple[object, ...]] = field(default_factory=dict)
    opened_to: Callable[[Any], bool] = _nobody
    under: str = ""

    def and_labels(self, **labels: str | Promise) -> Past:
        """Return the same with more labels."""
        return Past({**self.labels, **labels}, self.closed, self.opened_to, self.under)
