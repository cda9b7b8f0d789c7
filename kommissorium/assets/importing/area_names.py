"""Areas as cells of any register's sheet name them; one that is not there can be added."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.areas import add_area
from kommissorium.assets.models import Area
from kommissorium.assets.models.areas import NAME_LENGTH
from kommissorium.registers.importing.names import NameGroup


def _add_area(name: str, by: Person) -> Area:
    return add_area(by=by, name=name)


AREAS: Final = NameGroup("area", gettext_lazy("Areas"), Area, NAME_LENGTH, _add_area)
