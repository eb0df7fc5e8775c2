"""The house is built as designed: floors, records, writes, personal data, wording, printed reference."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Field, Model

from pilotage.cli.reference.pages import PAGES, pages, personal_data
from pilotage.kit.records import Record
from tools import messages

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "pilotage"
FLOORS = ("kit", "domain", "figures", "documents", "exchange", "web", "api", "cli", "config")
"""From the ground up; those of one storey may not know each other either."""
STOREY = {"kit": 0, "domain": 1, "figures": 2, "documents": 3, "exchange": 3, "web": 4, "api": 4, "cli": 4, "config": 5}
DOMAIN_STOREY = {
    "parties": 0, "programme": 1, "membership": 2, "activities": 3, "recommendations": 4, "workplans": 4, "steering": 5,
}  # fmt: skip
NOT_RECORDS = {
    "kit.Change": "the log itself",
    "kit.Cleansing": "tells that the log was cleansed of a person; the erasure itself is logged",
    "exchange.ImportRun": "a trace of work; what it writes is logged record by record",
    "exchange.ImportChunk": "a part of such a trace, deleted when it is decided",
    "exchange.AnswerReturn": "what came back from an agency, until it is taken over line by line",
    "recommendations.DailyRun": "that the day's reminders were planned: a trace of work, so that it is done once",
    "exchange.Tries": "how often somebody tried within a short time, forgotten after it",
    "steering.RoomSending": "what a browser sent from a room, by its key: a trace of work, so that it is taken once",
    "activities.PersonsReading": "a log of its own, never altered: who read names",
    "documents.Issuing": "a trace of work: how far the making of an issue has come",
}
"""Models that are written outside operations, and why."""
MAY_WRITE_RAW = {
    "kit/records.py",
    "kit/insertion.py",
    "kit/changes.py",
    # Reads another file than the database that is in use.
    "cli/commands/backup.py",
    # The day on which a key was last used: traffic, not worth an entry.
    "domain/membership/operations.py",
    # Two processes must not send the same reminder: whoever claims it first does.
    "domain/recommendations/reminders.py",
}  # fmt: skip


def ours() -> list[type[Model]]:
    """Every model of the product."""
    return [model for model in apps.get_models() if model.__module__.startswith("pilotage.")]


def storey_of(module: str) -> tuple[int, int]:
    """Floor and, in the domain, the floor within it."""
    parts = module.split(".")
    return STOREY[parts[1]], DOMAIN_STOREY[parts[2]] if parts[1] == "domain" else 0


def test_imports_never_go_up_or_sideways() -> None:
    linted = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports"))], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert linted.returncode == 0, linted.stdout


def test_every_folder_of_the_domain_has_its_floor() -> None:
    folders = {path.parent.name for path in (SOURCE / "domain").glob("*/models*")}
    assert folders <= set(DOMAIN_STOREY)


def test_foreign_keys_never_go_up_or_sideways() -> None:
    wrong = []
    for model in ours():
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if not isinstance(field, Field) or target is None or not target.__module__.startswith("pilotage."):
                continue
            here, there = storey_of(model.__module__), storey_of(target.__module__)
            same_app = model._meta.app_label == target._meta.app_label
            if not same_app and there >= here:
                wrong.append(f"{model.__name__}.{field.name} → {target.__name__}")
    assert not wrong


def test_every_model_is_a_record_or_says_why_not() -> None:
    unlogged = {f"{model._meta.app_label}.{model.__name__}" for model in ours() if not issubclass(model, Record)}
    assert unlogged == set(NOT_RECORDS)


def test_nothing_writes_past_the_log() -> None:
    passing_by = re.compile(
        r"_base_manager.*\.(update|create|delete|bulk_\w+)\(|raw_update|\.cursor\(|objects\.raw\(|RawSQL|\.extra\(|connection\.execute"
    )
    found = []
    for path in SOURCE.rglob("*.py"):
        name = str(path.relative_to(SOURCE))
        if name in MAY_WRITE_RAW or "/migrations/" in name:
            continue
        found += [f"{name}: {line.strip()}" for line in path.read_text().splitlines() if passing_by.search(line)]
    assert not found


def test_no_signals_and_no_drawers_for_odds_and_ends() -> None:
    drawers = {"core", "utils", "helpers", "services", "common_utils", "misc"}
    assert not [path for path in SOURCE.rglob("*") if path.stem in drawers]
    receivers = [
        path
        for path in SOURCE.rglob("*.py")
        if re.search(r"@receiver|dispatch import|signals import", path.read_text())
    ]
    assert not receivers


def test_no_institution_stands_in_the_code() -> None:
    """Real names live in the demo's data and in records; the demo's loader alone may know which data it loads."""
    names = re.compile(r"\b(BOMCA|БОМКА|ICMPD|LEICA)\b")
    allowed = ("cli/demo/", "cli/commands/")
    found = []
    for path in [*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html"), *SOURCE.rglob("*.po"), *SOURCE.rglob("*.typ")]:
        name = str(path.relative_to(SOURCE))
        if not name.startswith(allowed) and names.search(path.read_text(encoding="utf-8")):
            found.append(name)
    assert not found


def test_every_field_says_whether_it_holds_data_on_persons() -> None:
    for model, declared in personal_data():
        fields = {
            field.name for field in model._meta.concrete_fields if not field.is_relation and not field.auto_created
        }
        assert set(declared) == fields, f"{model.__name__}: {sorted(set(declared) ^ fields)}"


def test_every_wording_has_its_russian() -> None:
    assert messages.untranslated() == []


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_printed_reference_says_what_the_code_says(name: str) -> None:
    kept = ROOT / "docs" / "reference" / name
    assert kept.exists(), "run: make docs"
    assert kept.read_text(encoding="utf-8") == pages()[name], "run: make docs"


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = text[text.index("dependencies = [") : text.index("]\n\n[project.optional-dependencies]")]
    lines = [line.strip() for line in block.splitlines()[1:]]
    assert lines[0].startswith("#")
    assert all(line.startswith(("#", '"')) for line in lines)


def test_operations_are_called_by_a_verb_and_a_noun() -> None:
    named = re.compile(r"""operation\(\s*f?["']([^"']+)["']""")
    for path in (SOURCE / "domain").rglob("*.py"):
        for name in named.findall(path.read_text()):
            if name.startswith("{"):
                # Named after a move, whose table says the verb.
                continue
            assert re.fullmatch(r"[a-z]+( [a-z{][^A-Z]*)+", name), f"{path.name}: {name}"
            assert not re.match(r"(create|update|delete|do|handle|process|perform) ", name), f"{path.name}: {name}"
