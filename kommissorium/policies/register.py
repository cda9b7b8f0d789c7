"""The register of policies, as the rest of the program knows it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import reads_whole_register
from kommissorium.policies.models import Document
from kommissorium.policies.policy_list import PolicyList
from kommissorium.policies.proposal import KIND
from kommissorium.policies.status import count_documents
from kommissorium.registers.register import Register


class PolicyRegister(Register):
    """Policies: what is laid down, at which level, and the version in force."""

    code = "policies"
    label = _("Policies")
    home = "policies"
    place = 15
    counted_from = ("policies", "registers", "accounts")
    subjects = (KIND,)
    lists = (PolicyList,)

    def is_shown_to(self, person: Person) -> bool:
        return reads_whole_register(person) or Document.objects.visible_to(person).exists()

    def count(self, day: date) -> Mapping[str, int]:
        return count_documents(day)


REGISTER = PolicyRegister()
