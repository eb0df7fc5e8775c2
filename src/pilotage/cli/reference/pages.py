"""Every reference page: its name and what it says, as Markdown."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.utils import translation
from django.utils.module_loading import import_string

from pilotage.cli.main import COMMANDS, help_of
from pilotage.documents.states import STEPS
from pilotage.domain.activities import states as activities
from pilotage.domain.activities.checks import CHECKS, REFUSED_AT_ENTRY
from pilotage.domain.membership.models import Role
from pilotage.domain.membership.permissions import OBJECTS, PERMISSIONS
from pilotage.domain.programme.settings import DEFINITIONS
from pilotage.domain.recommendations import states as recommendations
from pilotage.domain.steering import states as steering
from pilotage.domain.steering.checks import STEERING_CHECKS
from pilotage.domain.workplans import states as workplans
from pilotage.exchange.workbooks.sheets import COLUMNS
from pilotage.figures.reference import figures_reference
from pilotage.kit.personal import MEANING, Declared, Personal

PRINTED = "<!-- Printed from the code by `make docs`; changes belong there. -->"
ROOT = Path(__file__).resolve().parents[4]


def pages() -> dict[str, str]:
    """File name → the whole page, in English."""
    with translation.override("en"):
        made = {name: f"{PRINTED}\n\n{make().rstrip()}\n" for name, make in PAGES.items()}
    return made


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    head = list(head)
    lines = [head, ["---"] * len(head), *([_cell(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")


def settings_page() -> str:
    """Variables of the environment and the dated settings of a phase."""
    variables = table(
        ("variable", "default", "meaning"),
        ((f"`{one.name}`", f"`{one.default}`" if one.default else "", one.meaning) for one in settings.VARIABLES),
    )
    dated = table(
        ("setting", "default", "meaning", "source"),
        ((f"`{one.name}`", f"`{one.default}`", one.meaning, one.source) for one in DEFINITIONS.values()),
    )
    return (
        "# Settings\n\n## Of the installation\n\nRead from the environment when a process starts.\n\n"
        f"{variables}\n\n## Of a phase\n\nSet on the settings page, each from a date on; earlier values stay.\n\n{dated}"
    )


def states_page() -> str:
    """The states of everything that has some, and the moves between them."""
    reported = {"words": "needs_words", "a report": "needs_report"}
    parts = [
        "# States\n\nOnly the listed moves exist. Each keeps who made it, the day it took effect, and the reason. What an "
        "agency does may come by any of its ways.",
        _moves("Work plans", workplans.MOVES),
        "A version in force becomes superseded when a later one of the same year and scope enters into force.",
        _moves("Activities", activities.MOVES),
        _moves("Recommendations", recommendations.MOVES),
        _moves("Meetings", steering.MEETING_STEPS),
        _moves("Action points", steering.ACTION_STEPS, owner="by_owner", needs=reported),
        _moves("Publications", STEPS, needs={"reason": "needs_reason"}),
    ]
    return "\n\n".join(parts)


def _moves(
    title: str, moves: Iterable[Any], *, owner: str = "", needs: Mapping[str, str] = MappingProxyType({})
) -> str:
    """The moves of one noun; ``owner`` names the flag of what the owner does, ``needs`` flags by what they ask for."""
    rows = []
    for move in moves:
        wanted = sorted(getattr(move, "needs", ())) + [words for words, flag in needs.items() if getattr(move, flag)]
        roles = sorted(move.roles) + (["the owner"] if owner and getattr(move, owner) else [])
        rows.append(
            (
                ", ".join(sorted(str(state.label) for state in move.from_states)),
                move.label,
                move.to_state.label,
                ", ".join(roles),
                ", ".join(wanted).replace("_", " "),
            )
        )
    return f"## {title}\n\n{table(('from', 'move', 'to', 'who', 'needs'), rows)}"


def permissions_page() -> str:
    """The table of roles and what they may do."""
    roles = [Role(role) for role in Role.values]
    names = "\n".join(f"- **{role.value}** {role.label}" for role in roles)
    rows = ((noun.replace("_", " "), *(PERMISSIONS[noun, role].value for role in roles)) for noun in OBJECTS)
    return (
        "# Permissions\n\nE edit, A approve or verify, V view all, s view within the own scope, p the published part, "
        f"– nothing. E reaches the own scope only.\n\n{names}\n\n"
        f"{table(('', *(role.value for role in roles)), rows)}"
    )


def checks_page() -> str:
    """What the data checks look for."""
    rows = [(check.level, check.area, check.title, f"`{check.code}`") for check in CHECKS]
    rows += [(check.level, "steering", check.title, f"`{check.code}`") for check in STEERING_CHECKS]
    refused = "\n".join(f"- {title}" for title in REFUSED_AT_ENTRY)
    return (
        "# Data checks\n\nE must be mended; W wants a written reason.\n\n"
        f"{table(('level', 'area', 'looked for', 'code'), rows)}\n\nRefused wherever data are entered:\n\n{refused}"
    )


def columns_page() -> str:
    """The columns of the workbooks."""
    parts = ["# Workbook columns\n\nHeadings are recognised in both languages, in any order."]
    for kind, columns in COLUMNS.items():
        rows = ((f"`{column.code}`", column.label["en"], column.label["ru"], column.help) for column in columns)
        parts.append(f"## {kind.value.capitalize()}\n\n{table(('column', 'English', 'Russian', 'what goes in'), rows)}")
    return "\n\n".join(parts)


def personal_page() -> str:
    """Which fields hold data on persons."""
    parts = [
        "# Personal data\n\nEvery field of every record is declared. Those that hold data on persons, or may, are "
        "listed here; all others hold none."
    ]
    for model, declared in personal_data():
        rows = [(f"`{field}`", MEANING[kind]) for field, kind in declared.items() if kind is not Personal.NO]
        if rows:
            parts.append(f"## {_cell(model._meta.verbose_name).capitalize()}\n\n{table(('field', 'kind'), rows)}")
    return "\n\n".join(parts)


def personal_data() -> list[tuple[type[Model], dict[str, Personal]]]:
    """Every model of ours with its declaration. Raises ImportError or KeyError where one is missing."""
    found = []
    for app in apps.get_app_configs():
        models = list(app.get_models())
        if app.name.startswith("pilotage.") and models:
            declared: Declared = import_string(f"{app.name}.personal.PERSONAL")
            found += [(model, dict(declared[model.__name__])) for model in models]
    return found


def dependencies_page() -> str:
    """Why each package is used, from the comments in pyproject.toml."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    rows, reason = [], ""
    wanted = {*tomllib.loads(text)["project"]["dependencies"]}
    for line in (line.strip() for line in text.splitlines()):
        if line.startswith("#"):
            reason = line.removeprefix("# ")
        elif line.strip('",') in wanted:
            rows.append((f"`{line.strip(chr(34) + ',')}`", reason))
    return f"# Dependencies\n\nEach with its reason.\n\n{table(('package', 'what for'), rows)}"


def commands_page() -> str:
    """The help of every command."""
    parts = ["# Commands"]
    for name in COMMANDS:
        if name != "django":
            parts.append(f"## pilotage {name}\n\n```text\n{help_of(name)}\n```")
    return "\n\n".join(parts)


PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings_page,
    "states.md": states_page,
    "permissions.md": permissions_page,
    "figures.md": figures_reference,
    "data-checks.md": checks_page,
    "workbook-columns.md": columns_page,
    "personal-data.md": personal_page,
    "dependencies.md": dependencies_page,
    "commands.md": commands_page,
}
