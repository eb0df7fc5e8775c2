"""Keeps the Russian catalogues in step with the wording in the code.

``python -m tools.messages`` adds new wording (untranslated) and drops what is gone; ``--check`` changes nothing, lists
what has no translation and fails where there is any. A message belongs to the nearest ``locale`` folder above its file;
a template ``web/templates/<noun>/…`` to ``web/<noun>/locale`` where there is one.
"""

import io
import sys
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "pilotage"
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
Message = tuple[str | tuple[str, ...], str | None]
RUSSIAN_PLURAL = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
)


def locale_of(path: Path) -> Path:
    """The ``locale`` folder that holds the translations of the file ``path``."""
    relative = path.relative_to(PACKAGE)
    if relative.parts[:2] == ("web", "templates") and len(relative.parts) > 3:
        noun = PACKAGE / "web" / relative.parts[2] / "locale"
        if noun.exists():
            return noun
    for folder in path.parents:
        if (folder / "locale").exists():
            return folder / "locale"
        if folder == PACKAGE:
            break
    return PACKAGE / relative.parts[0] / "locale"


def messages_in(path: Path) -> dict[Message, str]:
    """The messages of one file, as (text or plural pair, context) → where it stands."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        source = templatize(source)
    found: dict[Message, str] = {}
    for line, text, _comments, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        found[text, context] = f"{path.relative_to(PACKAGE)}:{line}"
    return found


def all_messages() -> dict[Path, dict[Message, str]]:
    """Every message of the package by the catalogue that it belongs to."""
    catalogues: dict[Path, dict[Message, str]] = {}
    files = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("templates/**/*.html"), *PACKAGE.rglob("templates/**/*.txt")]
    for path in sorted(files):
        if "migrations" in path.parts:
            continue
        messages = messages_in(path)
        if messages:
            catalogues.setdefault(locale_of(path) / "ru" / "LC_MESSAGES" / "django.po", {}).update(messages)
    return catalogues


def read_catalogue(path: Path) -> Catalog:
    """The catalogue at ``path``, or an empty Russian one."""
    if not path.exists():
        return Catalog(locale="ru", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale="ru")


def untranslated() -> list[str]:
    """Every message without a complete, certain translation, as ``where: text``."""
    missing = []
    for path, messages in all_messages().items():
        catalogue = read_catalogue(path)
        for (text, context), where in messages.items():
            entry = catalogue.get(text if isinstance(text, str) else text[0], context)
            strings = (
                entry.string if entry and isinstance(entry.string, (tuple, list)) else [entry.string if entry else ""]
            )
            wanted = 3 if isinstance(text, tuple) else 1
            if not entry or entry.fuzzy or len(strings) < wanted or not all(strings):
                missing.append(f"{where}: {text!r} (in {path.relative_to(PACKAGE)})")
    return missing


def contradictions() -> list[str]:
    """Every English text that two catalogues translate differently: at run time they are one, and one of them loses."""
    said: dict[tuple[str, str | None], dict[str, Path]] = {}
    for path in all_messages():
        for entry in read_catalogue(path):
            if entry.id and entry.string:
                text = entry.id if isinstance(entry.id, str) else entry.id[0]
                russian = entry.string if isinstance(entry.string, str) else entry.string[0]
                said.setdefault((text, entry.context), {}).setdefault(russian, path)
    return [
        f"{text!r} is translated in different ways; give it a context: "
        + ", ".join(f"{russian!r} in {path.relative_to(PACKAGE)}" for russian, path in ways.items())
        for (text, _context), ways in said.items()
        if len(ways) > 1
    ]


def update() -> None:
    """Writes every catalogue anew: new messages added, gone ones dropped, translations kept."""
    for path, messages in all_messages().items():
        old = read_catalogue(path)
        new = Catalog(locale="ru", charset="utf-8", fuzzy=False, creation_date=old.creation_date)
        for (text, context), where in sorted(messages.items(), key=lambda item: (str(item[0]), item[1])):
            entry = old.get(text if isinstance(text, str) else text[0], context)
            file = where.rsplit(":", 1)[0]
            new.add(text, entry.string if entry else None, locations=[(file, None)], context=context)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as output:
            write_po(output, new, width=110, omit_header=False, include_lineno=False)


def main() -> int:
    """The command."""
    if "--check" not in sys.argv:
        update()
    missing = untranslated() + contradictions()
    print("\n".join(missing) or "Every message has its Russian translation.")
    return 1 if missing and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
