"""What there is to choose among: kinds, roles, and the documents demanded at first."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kommissorium.core.built_in import Words, data_of


class Kind(models.TextChoices):
    """The kind of an asset."""

    SYSTEM = "system", _("IT system")
    DATA_SET = "data_set", _("Data set")
    ARCHIVE = "archive", _("Physical archive")


class Criticality(models.TextChoices):
    """An asset's criticality, in the words of the public standard for describing systems."""

    UNSET = "", _("Not assessed")
    SOCIETY = "society", _("Critical to society")
    BUSINESS = "business", _("Critical to business")
    NOT_CRITICAL = "none", _("Not critical")


class Lifecycle(models.TextChoices):
    """An asset's stage in its life. OUT_OF_USE ends what is demanded of it."""

    UNSET = "", _("Not stated")
    PLANNED = "planned", _("Planned")
    PHASING_IN = "phasing_in", _("Being phased in")
    IN_USE = "in_use", pgettext_lazy("lifecycle", "In use")
    PHASING_OUT = "phasing_out", _("Being phased out")
    OUT_OF_USE = "out_of_use", _("Out of use")


class PersonalData(models.TextChoices):
    """The kinds of personal data, the most sensitive last."""

    NONE = "none", _("No personal data")
    ORDINARY = "ordinary", _("Ordinary personal data")
    CPR = "cpr", _("CPR numbers")
    SENSITIVE = "sensitive", _("Sensitive personal data (GDPR article 9)")
    CRIMINAL = "criminal", _("Criminal convictions and offences (GDPR article 10)")


class Level(models.IntegerChoices):
    """An asset's need for confidentiality, integrity or availability."""

    LOW = 1, _("Low")
    MEDIUM = 2, _("Medium")
    HIGH = 3, _("High")
    VERY_HIGH = 4, _("Very high")


class Hosting(models.TextChoices):
    """The host of a system."""

    UNSET = "", _("Not stated")
    OWN = "own", _("Run by the municipality")
    EXTERNAL = "external", _("Run by others")
    CLOUD = "cloud", _("Cloud service")


class Preservation(models.TextChoices):
    """Whether the archive authority wants it kept (bevaring) or lets it be discarded (kassation)."""

    UNSET = "", _("Not stated")
    KEEP = "keep", _("To be preserved (B)")
    DISCARD = "discard", _("May be discarded (K)")


class Answer(models.TextChoices):
    """Yes, no, or not yet answered."""

    UNSET = "", _("Not stated")
    YES = "yes", _("Yes")
    NO = "no", _("No")


class Role(models.TextChoices):
    """A person's role in an asset. The manager (ansvarlig) does the owner's daily work."""

    DATA_OWNER = "data_owner", _("Data owner")
    SYSTEM_OWNER = "system_owner", _("System owner")
    MANAGER = "manager", _("Manager")
    ARCHIVE_OWNER = "archive_owner", _("Archive owner")


# Which roles each kind can have, and those it counts as without an owner for lacking.
ROLES: dict[str, tuple[str, ...]] = {
    Kind.SYSTEM: (Role.SYSTEM_OWNER, Role.DATA_OWNER, Role.MANAGER),
    Kind.DATA_SET: (Role.DATA_OWNER, Role.MANAGER),
    Kind.ARCHIVE: (Role.ARCHIVE_OWNER, Role.MANAGER),
}
WANTED_ROLES: dict[str, tuple[str, ...]] = {
    Kind.SYSTEM: (Role.SYSTEM_OWNER,),
    Kind.DATA_SET: (Role.DATA_OWNER,),
    Kind.ARCHIVE: (Role.ARCHIVE_OWNER,),
}


@dataclass(frozen=True)
class BuiltIn:
    """A built-in kind of document. It holds for `months`; 0 means for ever."""

    name: Words
    guidance: Words
    months: int


BUILT_IN: dict[str, BuiltIn] = {
    code: BuiltIn(Words(one["da"], one["en"]), Words(one["text_da"], one["text_en"]), one["months"])
    for code, one in data_of(Path(__file__).with_name("built_in.toml")).items()
}
