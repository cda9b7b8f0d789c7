"""The basis of an answer in lines: whose it is, by what it was read, and where it is frozen."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.compliance.answer import Answer
from kommissorium.compliance.fulfilment import reading_in_words
from kommissorium.core.ui.localised import day, moment


def facts_of(answer: Answer) -> list[tuple[str, str]]:
    """Return what the answer rests on; the hash of the chain's head comes last."""
    fulfilment = answer.fulfilment
    mandate, began = fulfilment.mandate, fulfilment.measured_from
    seq, digest = answer.head
    return [
        (_("Committee"), answer.committee.name),
        (_("Date"), day(fulfilment.on)),
        (_("Reading"), reading_in_words(fulfilment)),
        (_("Terms of reference"), str(mandate) if mandate else _("No mandate was in force.")),
        *([(_("Measured since"), day(began))] if began else []),
        *((str(state.label), str(number)) for state, number in fulfilment.counts.items()),
        *_frozen(answer),
        (_("Address"), answer.site),
        (_("Printed on"), moment(timezone.now())),
        (_("Last event of the evidence chain when it was made"), str(answer.head_now[0])),
        (
            _("Last event of the evidence chain on %(day)s") % {"day": day(fulfilment.known)},
            str(seq),
        ),
        (_("Head of the evidence chain on %(day)s") % {"day": day(fulfilment.known)}, digest),
    ]


def _frozen(answer: Answer) -> list[tuple[str, str]]:
    if answer.frozen is None:
        return []
    return [
        (_("Frozen on"), day(answer.frozen.frozen_on)),
        (_("Record"), str(answer.frozen.record_id)),
    ]


def fingerprint_of(answer: Answer) -> list[tuple[str, str]]:
    """Return the hash of the record in which the answer was frozen, if it was."""
    if answer.frozen is None:
        return []
    return [(_("Fingerprint of the record (SHA-256)"), answer.frozen.record.content_hash)]
