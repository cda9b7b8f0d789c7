"""The nouns of the registers."""

from __future__ import annotations

from kommissorium.assets.models.areas import (
    Area,
    Completeness,
    RegisterSettings,
    reads_whole_register,
)
from kommissorium.assets.models.assets import Asset, Ownership, critical_systems
from kommissorium.assets.models.attestation import Asked, Attested, Round, Statement, attested
from kommissorium.assets.models.documents import (
    AssetDocument,
    Demand,
    DocumentType,
    Required,
)
from kommissorium.assets.models.kinds import (
    ROLES,
    WANTED_ROLES,
    Answer,
    Criticality,
    Hosting,
    Kind,
    Level,
    Lifecycle,
    PersonalData,
    Preservation,
    Role,
)
from kommissorium.assets.models.owned import (
    Relation,
    confirmed,
    has_data_owner,
    most_alike,
    needs_data_owner,
    owned,
    unclassified,
    without_data_owner,
)
from kommissorium.assets.models.suppliers import Agreement, Oversight, Supplier

__all__ = [
    "ROLES",
    "WANTED_ROLES",
    "Agreement",
    "Answer",
    "Area",
    "Asked",
    "Asset",
    "AssetDocument",
    "Attested",
    "Completeness",
    "Criticality",
    "Demand",
    "DocumentType",
    "Hosting",
    "Kind",
    "Level",
    "Lifecycle",
    "Oversight",
    "Ownership",
    "PersonalData",
    "Preservation",
    "RegisterSettings",
    "Relation",
    "Required",
    "Role",
    "Round",
    "Statement",
    "Supplier",
    "attested",
    "confirmed",
    "critical_systems",
    "has_data_owner",
    "most_alike",
    "needs_data_owner",
    "owned",
    "reads_whole_register",
    "unclassified",
    "without_data_owner",
]
