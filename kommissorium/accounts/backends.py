"""Who is signed in, fetched together with the roles every page asks about."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.utils import timezone

from kommissorium.accounts.models import OrganisationRole, Person


class PersonBackend(AuthenticationBackend):
    """Signs in as the library does; a request then asks once for the person and the roles."""

    def get_user(self, user_id: Any) -> Person | None:
        """Return the person of a session with today's roles; None for one who has left."""
        found: Person | None = (
            Person.objects.with_roles_on(timezone.localdate()).filter(pk=user_id).first()
        )
        if found is None or not self.user_can_authenticate(found):
            return None
        kinds = OrganisationRole.Kind.values
        found.current_roles = {kind for kind in kinds if getattr(found, f"role_{kind}")}
        return found
