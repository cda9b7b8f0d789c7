"""The app configuration of the secretariat: overview, setup assistant, navigation, search."""

from importlib import import_module

from django.apps import AppConfig


class SecretariatConfig(AppConfig):
    name = "kommissorium.secretariat"
    label = "secretariat"

    def ready(self) -> None:
        """Let search hear of every row that an event seals, and items what registers say."""
        searching = import_module("kommissorium.secretariat.searching")
        import_module("kommissorium.core.evidence.actions").SEALED.append(searching.follow)
        composers = import_module("kommissorium.meetings.facts").COMPOSERS
        composers.append(import_module("kommissorium.secretariat.agenda_facts").facts_for)
        installed = import_module("kommissorium.registers.installed")
        choosers = import_module("kommissorium.meetings.rows_to_choose").CHOOSERS
        choosers.append(installed.chooser_for)
        beside = import_module("kommissorium.registers.agenda").BESIDE
        beside.append(import_module("kommissorium.secretariat.put_off").PUT_OFF)
        namers = import_module("kommissorium.meetings.decision_register").NAMERS
        namers.append(installed.name_of_subject)
