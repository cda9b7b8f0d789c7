"""Template filters that word the codes of this room."""

from __future__ import annotations

from django import template

from kommissorium.accounts.models import OrganisationRole, SignInState, WordTemplate

register = template.Library()

TONES = {
    SignInState.NONE: "neutral",
    SignInState.INVITED: "info",
    SignInState.ACTIVE: "success",
    SignInState.CLOSED: "warning",
}


@register.filter
def role_name(kind: str) -> str:
    """Return the name of a role in the whole municipality; its code when it is unknown."""
    return str(dict(OrganisationRole.Kind.choices).get(kind, kind))


@register.filter
def word_template_kind(kind: str) -> str:
    """Return the kind of documents that a Word template is for."""
    return str(dict(WordTemplate.Kind.choices).get(kind, kind))


@register.filter
def sign_in_name(state: str) -> str:
    return str(SignInState(state).label)


@register.filter
def sign_in_tone(state: str) -> str:
    """Return the tone in which a badge shows the state."""
    return TONES[SignInState(state)]
