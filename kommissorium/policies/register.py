"""The register of policies, as the rest of the program knows it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import reads_whole_register
from kommissorium.core.schedule.actions import Periodic
from kommissorium.policies.models import Document
from kommissorium.policies.policy_list import PolicyList
from kommissorium.policies.proposal import KIND
from kommissorium.policies.search import follow_versions
from kommissorium.policies.status import count_documents
from kommissorium.registers.register import Register


class PolicyRegister(Register):
    """Policies: what is laid down, at which level, and the version in force."""

    code = "policies"
    label = _("Policies")
    home = "policies"
    place = 15
    counted_from = ("policies", "registers", "accounts")
    prefixes = ("/handbook/",)
    for_everybody = True
    subjects = (KIND,)
    lists = (PolicyList,)

    schedule = (Periodic("policy_search", follow_versions, timedelta(minutes=10)),)

    def home_of(self, person: Person) -> str:
        """Return the list for who has a part in it, the handbook for all others."""
        is_owner = Document.objects.filter(owner=person).exists()
        return self.home if reads_whole_register(person) or is_owner else "handbook"

    def count(self, day: date) -> Mapping[str, int]:
        return count_documents(day)


REGISTER = PolicyRegister()
