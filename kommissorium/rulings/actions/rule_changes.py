"""Change the rule that a ruling or a dispensation is about: a draft that names it, and who writes it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.policies.actions.versions import add_reason, begin_version
from kommissorium.policies.models import Version
from kommissorium.rulings import dispensations, interpretations
from kommissorium.rulings.models import Dispensation, Interpretation
from kommissorium.tasks.actions.tasks import give_task
from kommissorium.tasks.models import TITLE_LENGTH


@transaction.atomic
def change_rule(
    found: Interpretation | Dispensation, *, owner: Person | None, due: date, by: Person
) -> Version:
    """Let somebody change the rule: a draft of its document says why, and a task says by when.

    Of a document that is on its way already the draft is that. Raises Refused as giving a task
    does, for a document that is retired, and while a version of it waits for a decision.
    """
    if not by.is_coordinator:
        raise PermissionDenied
    because = _because(found)
    draft = found.document.versions.filter(state="draft").first()
    if draft is None:
        draft = begin_version(found.document, by=by, because=because)
    else:
        add_reason(draft, because, by=by)
    title = _("Change the rule: %(rule)s") % {"rule": found.rule}
    give_task(
        by=by,
        title=title if len(title) <= TITLE_LENGTH else f"{title[: TITLE_LENGTH - 2]} …",
        owner=owner,
        due=due,
        born=found,
        born_link=found.get_absolute_url(),
    )
    return draft


def _because(found: Interpretation | Dispensation) -> str:
    """Return why the rule is changed. Everybody reads it: what is asked for stays unsaid."""
    kind: Any = interpretations.KIND
    if isinstance(found, Dispensation):
        kind = dispensations.KIND
    name = kind.title_of(found)
    if found.decision:
        values = {"name": name, "decision": found.decision.number}
        name = _("%(name)s (decision %(decision)s)") % values
    text = _("The rule is changed after this: %(name)s.") % {"name": name}
    if isinstance(found, Interpretation) and found.is_approved:
        return f"{text} {found.ruling}"
    return text
