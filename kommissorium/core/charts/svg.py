"""SVG of a picture: the same for a page and for a document, without style sheet and script."""

from __future__ import annotations

from typing import ClassVar, Protocol

from django.template.loader import render_to_string


class Picture(Protocol):
    """Numbers as they are drawn: `title` says in words what is seen."""

    template: ClassVar[str]

    @property
    def title(self) -> str: ...


def svg_of(picture: Picture) -> str:
    return render_to_string(picture.template, {"picture": picture}).strip()
