"""The app configuration of the room core: evidence, mail, files, documents and parts of pages."""

from importlib import import_module

from django.apps import AppConfig

from kommissorium.measures.said import speak_by


class CoreConfig(AppConfig):
    name = "kommissorium.core"
    label = "core"

    def ready(self) -> None:
        """Make every commit and every migration see to the seals; models can be imported now."""
        import_module("kommissorium.core.evidence.sealing").see_to_seals(self)
        speak_by(import_module("kommissorium.core.ui.voice").ProgramVoice())
