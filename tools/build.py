"""Compiles the translations when a wheel is built, and puts the demo's data into it."""

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCE = Path(__file__).resolve().parent.parent / "src" / "pilotage" / "kit" / "catalogues.py"


class CustomBuildHook(BuildHookInterface):
    """Runs the product's own compiler; ``*.mo`` files are ignored by git, so they are named here."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before the files are gathered."""
        spec = importlib.util.spec_from_file_location("catalogues", SOURCE)
        assert spec is not None
        assert spec.loader is not None
        catalogues = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(catalogues)
        catalogues.compile_catalogues()
        build_data["artifacts"].append("/src/pilotage/**/*.mo")
        if version != "editable":
            build_data["force_include"][str(SOURCE.parents[3] / "demo")] = "pilotage/_demo"
