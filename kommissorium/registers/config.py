"""Base app configuration by which a room declares itself a register."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from kommissorium.registers.protocol import Register


class RegisterConfig(AppConfig):
    """A room whose module `register` holds its Register, under the name REGISTER.

    A room's own config says `default = True`: its apps.py imports this class too, and Django
    takes neither of two for granted.
    """

    register: Register

    def ready(self) -> None:
        """Fetch the register once all models are known."""
        self.register = import_module(f"{self.name}.register").REGISTER
