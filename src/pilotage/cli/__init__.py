"""The console command: ``pilotage``."""

import os


def main() -> None:
    """Runs the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilotage.config.settings")
    from django.core.management import execute_from_command_line

    from pilotage.config.catalogues import compile_catalogues

    compile_catalogues()
    execute_from_command_line()
