"""The app configuration of the room core: evidence, mail, files, documents and parts of pages."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "kommissorium.core"
    label = "core"

    def ready(self) -> None:
        """Let every commit seal what is left to seal, and every migration follow with its seals."""
        # Models can be imported now, and not before.
        from kommissorium.core.database.transactions import BEFORE_COMMIT
        from kommissorium.core.evidence.sealing import seal_database, seal_the_rest

        def follow(**_: Any) -> None:
            seal_database()

        BEFORE_COMMIT.append(seal_the_rest)
        post_migrate.connect(follow, sender=self, weak=False)
