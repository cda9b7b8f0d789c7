"""Relations between assets: add and remove them."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset, Relation
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused


@transaction.atomic
def relate(
    asset: Asset, kind: str, other: Asset, *, by: Person, backwards: bool = False
) -> Relation:
    """Relate an asset to the other as `kind`; with `backwards`, the other to the asset.

    `by` changes the asset and reads the other. Raises Refused for a kind there is not, for an
    asset of the two that is the same, unknown to `by` or out of the register, and for what is
    said already.
    """
    _refuse_ended(asset)
    if not asset.can_be_changed_by(by):
        raise PermissionDenied
    if kind not in Relation.Kind.values:
        raise Refused(kind=_("Choose from the list."))
    if other.pk == asset.pk:
        raise Refused(other=_("It cannot have to do with itself."))
    if not Asset.objects.visible_to(by).in_register().filter(pk=other.pk).exists():
        raise Refused(other=_("Choose from the list."))
    ends = (other, asset) if backwards else (asset, other)
    relation, is_new = Relation.objects.get_or_create(
        from_asset=ends[0], kind=kind, to_asset=ends[1]
    )
    if not is_new:
        raise Refused(other=_("That has been said of the two already."))
    for subject, facts in _told(relation):
        record("assets.relation_added", subject, by=by, facts=facts)
    return relation


@transaction.atomic
def unrelate(relation: Relation, *, by: Person) -> None:
    """Remove a relation. Raises Refused if it is gone already."""
    ends = relation.from_asset, relation.to_asset
    if not any(end.can_be_changed_by(by) for end in ends):
        raise PermissionDenied
    if not Relation.objects.filter(pk=relation.pk).delete()[0]:
        raise Refused(_("It has been removed already."))
    for subject, facts in _told(relation):
        record("assets.relation_removed", subject, by=by, facts=facts)


def _refuse_ended(asset: Asset) -> None:
    if asset.is_over:
        raise Refused(_("It has been taken out of the register and cannot be changed."))


def _told(relation: Relation) -> list[tuple[Asset, dict[str, object]]]:
    """Return the facts told with each of the two, so that both histories have them."""
    ends = relation.from_asset, relation.to_asset
    return [
        (subject, {"kind": relation.kind, "item": other.pk, "backwards": backwards})
        for subject, other, backwards in ((*ends, False), (ends[1], ends[0], True))
    ]
