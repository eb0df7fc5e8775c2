"""Prepares the fonts, once: for the browser, for documents, and as numbers for measuring and checking text.

    python tools/fonts.py SANS SERIF

SANS and SERIF are the folders of Adobe's Source Sans 3 (3.052) and Source Serif 4 (4.005) as published in the packages
``source-sans`` 3.52.0 and ``source-serif`` 4.5.1 (both under the SIL Open Font License, with Reserved Font Name
"Source"). Documents get the fonts unchanged, since Typst itself embeds only the letters that are used. The browser
gets small parts of them; a part is a changed font, so its inner name is not the reserved one.
"""

import json
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

PACKAGE = Path(__file__).parent.parent / "src" / "pilotage"
WEB = PACKAGE / "web" / "static" / "fonts"
DOCUMENTS = PACKAGE / "documents" / "fonts"
WIDTHS = PACKAGE / "figures" / "forms" / "widths.json"
PRINTABLE = PACKAGE / "kit" / "printable.json"

DOCUMENT_FONTS = {
    "sans": ("SourceSans3", ("Light", "Regular", "Semibold", "Bold", "It")),
    "serif": ("SourceSerif4", ("Light", "Regular", "Semibold", "It")),
}
WEB_FONTS = (
    # Name of the file, family in style sheets, inner name, package, source, weight.
    ("sans-regular", "Source Sans 3", "Pilotage Sans", "sans", "SourceSans3-Regular", 400),
    ("sans-semibold", "Source Sans 3", "Pilotage Sans", "sans", "SourceSans3-Semibold", 600),
    ("serif-regular", "Source Serif 4", "Pilotage Serif", "serif", "SourceSerif4-Regular", 400),
    ("serif-semibold", "Source Serif 4", "Pilotage Serif", "serif", "SourceSerif4-Semibold", 600),
)
RUSSIAN = "".join(map(chr, range(0x410, 0x450))) + "Ёё"
PARTS = {
    # What an English page needs; a Russian one adds the second part; the others are for names in seven languages.
    "latin": "".join(map(chr, range(0x20, 0x7F))) + "\u00a0\u2009\u202f§«»°±·×÷–—‘’“”„•…€№←↑→↓−≤≥✓",
    "cyrillic": RUSSIAN,
    "cyrillic-more": "ӘәҒғҚқҢңӨөҰұҮүҺһІіӢӣӮӯҲҳҶҷЎў",
    "latin-more": "ÀÁÂÃÄÅÇÈÉÊËÍÎÏÑÓÔÕÖØÚÛÜÝàáâãäåçèéêëíîïñóôõöøúûüýßĀāĂăĄąĆćČčĎďĒēĖėĘęĚěĞ"
    "ğĢģĪīĮįİıĶķĹĺĻļĽľŁłŃńŅņŇňŐőŔŕŘřŚśŞşŠšŤťŪūŮůŰűŲųŹźŻżŽžȚțʻʼ",
}
LETTERS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "ru": RUSSIAN,
    "kk": "ӘәҒғҚқҢңӨөҰұҮүҺһІі",
    "ky": "ҢңӨөҮү",
    "tg": "ҒғӢӣҚқӮӯҲҳҶҷ",
    "tk": "ÇçÄäŽžŇňÖöŞşÜüÝý",
    "uz": "ʻʼЎўҚқҒғҲҳ",
    "lv": "ĀāČčĒēĢģĪīĶķĻļŅņŠšŪūŽž",
    "lt": "ĄąČčĘęĖėĮįŠšŲųŪūŽž",
}
MEASURED = ((0x20, 0x24F), (0x2B0, 0x2FF), (0x400, 0x52F), (0x1E00, 0x1EFF), (0x2000, 0x22FF), (0x2713, 0x2713))


def ranges(codes: Iterable[int]) -> list[tuple[int, int]]:
    """Code points as runs of neighbours, both ends included."""
    runs: list[tuple[int, int]] = []
    for code in sorted(codes):
        if runs and code == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], code)
        else:
            runs.append((code, code))
    return runs


def cut(source: Path, target: Path, letters: str, name: str) -> None:
    """Writes the part of ``source`` that has ``letters`` as woff2: kerning kept, hints, other features, names gone."""
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = ["kern"]
    options.hinting = False
    options.notdef_outline = False
    options.glyph_names = False
    options.drop_tables += ["DSIG", "BASE", "GDEF"]
    options.name_IDs = [1, 2, 13]
    font = subset.load_font(source, options)
    missing = [letter for letter in letters if ord(letter) not in font.getBestCmap()]
    if missing:
        print(f"{source.name} lacks {' '.join(missing)}")
    cutter = subset.Subsetter(options)
    cutter.populate(text=letters)
    cutter.subset(font)
    for record in font["name"].names:
        if record.nameID == 1:
            record.string = name
    font["head"].modified = font["head"].created
    subset.save_font(font, target, options)


def write_web(folders: dict[str, Path]) -> None:
    """The parts for the browser and the style sheet that names them."""
    rules = ["/* Written by tools/fonts.py. A page loads only the parts whose letters it shows. */"]
    for file, family, name, package, source, weight in WEB_FONTS:
        for part, letters in PARTS.items():
            target = WEB / f"{file}-{part}.woff2"
            cut(folders[package] / "TTF" / f"{source}.ttf", target, letters, name)
            print(f"{target.stat().st_size:6} {target.name}")
            span = ",".join(
                f"U+{first:X}" + (f"-{last:X}" if last > first else "") for first, last in ranges(map(ord, letters))
            )
            rules.append(
                f'@font-face{{font-family:"{family}";font-weight:{weight};font-display:swap;'
                f'src:url("{target.name}") format("woff2");unicode-range:{span}}}'
            )
    # Until the parts have come, a font of every computer, widened to nearly the same lines, so that nothing jumps.
    rules.append('@font-face{font-family:"Sans fallback";src:local("Arial"),local("Liberation Sans");size-adjust:93%}')
    rules.append(
        '@font-face{font-family:"Serif fallback";src:local("Georgia"),local("Liberation Serif");size-adjust:99%}'
    )
    (WEB / "fonts.css").write_text("\n".join(rules) + "\n", encoding="utf-8")


def write_documents(folders: dict[str, Path]) -> set[int]:
    """The whole fonts for documents; gives the characters that every one of them has."""
    common: set[int] | None = None
    for package, (family, styles) in DOCUMENT_FONTS.items():
        for style in styles:
            source = folders[package] / "OTF" / f"{family}-{style}.otf"
            shutil.copyfile(source, DOCUMENTS / source.name)
            codes = set(TTFont(source).getBestCmap())
            common = codes if common is None else common & codes
    assert common is not None
    for language, letters in LETTERS.items():
        missing = [letter for letter in letters + letters.upper() if ord(letter) not in common]
        if missing:
            raise SystemExit(f"no letters for {language}: {missing}")
    return common


def write_widths(sans: Path) -> None:
    """Advance widths in thousandths of the type size, as runs ``[first code point, widths…]`` for two weights."""
    data = {}
    for weight in ("Regular", "Semibold"):
        font = TTFont(sans / "TTF" / f"SourceSans3-{weight}.ttf")
        assert font["head"].unitsPerEm == 1000
        names, advances = font.getBestCmap(), font["hmtx"]
        codes = [code for code in names if any(first <= code <= last for first, last in MEASURED)]
        data[weight.lower()] = [
            [first, *(advances[names[code]][0] for code in range(first, last + 1))] for first, last in ranges(codes)
        ]
    WIDTHS.write_text(json.dumps(data, separators=(",", ":")) + "\n", encoding="utf-8")


def main() -> None:
    """Writes everything anew."""
    folders = {"sans": Path(sys.argv[1]), "serif": Path(sys.argv[2])}
    for folder in (WEB, DOCUMENTS):
        folder.mkdir(parents=True, exist_ok=True)
    write_web(folders)
    common = write_documents(folders)
    write_widths(folders["sans"])
    PRINTABLE.write_text(json.dumps(ranges(common), separators=(",", ":")) + "\n", encoding="utf-8")
    for package, folder in folders.items():
        for target in (WEB, DOCUMENTS):
            shutil.copyfile(folder / "LICENSE.md", target / f"LICENSE-{package}.md")


if __name__ == "__main__":
    main()
