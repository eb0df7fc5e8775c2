"""The console command ``pilotage``: thin, like views. Each command is a module of its own."""

from pilotage.cli.main import main

__all__ = ["main"]
