"""Assets changed many at once, as a page would do it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kommissorium.accounts.models import Person
from kommissorium.assets.asset_list import AssetList
from kommissorium.assets.models import Asset
from kommissorium.registers.actions.lists import change_many
from kommissorium.registers.models import BulkChange


def change_at_once(by: Person, assets: Sequence[Asset], wishes: Mapping[str, Any]) -> BulkChange:
    """Change assets as they were shown a moment ago."""
    bulk, rows = AssetList.bulk, AssetList(by).rows().filter(pk__in=[one.pk for one in assets])
    mark = bulk.plan(bulk.fetched(rows, by), wishes, by).mark
    return change_many(bulk, rows, wishes, by=by, code=AssetList.code, mark=mark)
