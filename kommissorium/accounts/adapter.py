"""How the sign-in library behaves in this house."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from kommissorium.core.mail.actions import queue_mail


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No sign-up: people come by invitation. Mails leave by the outbox."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """Queue a mail of the library; every one of its mails is a cause of its own."""
        values = {"site_url": settings.SITE_URL, "email": email, **context}
        subject = render_to_string(f"{template_prefix}_subject.txt", values)
        body = render_to_string(f"{template_prefix}_message.txt", values)
        queue_mail(
            to=email,
            kind=template_prefix.replace("/", ".")[:80],
            key=timezone.now().isoformat(),
            subject=subject,
            body=body,
        )
