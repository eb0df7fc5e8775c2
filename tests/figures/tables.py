"""Tables at random, with labels that people or attackers may type."""

from datetime import date

from hypothesis import strategies as st

from pilotage.figures.table import Cell, Dimension, FigureTable, Gap, Key, Scope

HOSTILE = (
    "<script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "]]>&amp;&#0;",
    "😀🇰🇿👩‍👩‍👧",
    "مرحبا بالعالم",
    "\u202eevil\u202c",
    "a\x00b\x1b[31m\x0c",
    "\ud800",
    "ы" * 10_000,
    "слово " * 2_000,
    "Государственная служба по вопросам пограничного контроля",
    " ",
    "中文标签很长很长很长",
)
UNITS = (
    ("activities", {"en": ("activity", "activities"), "ru": ("мероприятие", "мероприятия", "мероприятий")}),
    ("persons", {}),
    ("percent", {}),
)
labels = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60))
texts = st.one_of(
    st.builds(lambda en, ru: {"en": en, "ru": ru}, labels, labels), st.builds(lambda en: {"en": en}, labels)
)
hues = st.sampled_from(("", "", "c1", "c2", "c3", "c4", "general", "woman", "man", "unknown", "done", "late", "odd"))
numbers = st.one_of(
    st.none(), st.integers(0, 40), st.integers(-5, 10**9), st.floats(0, 1e6, allow_nan=False), st.just(0)
)
cells = st.builds(
    lambda value, suppressed: Cell(value, suppressed=suppressed), numbers, st.sampled_from((False, False, False, True))
)


@st.composite
def dimensions(draw: st.DrawFn, code: str, least: int = 0, most: int = 7) -> Dimension:
    """A dimension with hostile keys, now and then the unknown one."""
    count = draw(st.integers(least, most))
    codes = [f"{code}{number}" for number in range(count)]
    if count and draw(st.booleans()):
        codes[-1] = ""
    keys = tuple(Key(key, draw(texts), draw(st.one_of(st.just({}), texts)), draw(hues)) for key in codes)
    return Dimension(code, draw(texts), keys, draw(st.booleans()))


@st.composite
def tables(draw: st.DrawFn, least: int = 0, most: int = 2) -> FigureTable:
    """A table of ``least`` to ``most`` dimensions."""
    count = draw(st.integers(least, most))
    dims = tuple(draw(dimensions(code)) for code in ("a", "b")[:count])
    unit, forms = draw(st.sampled_from(UNITS))
    grid: list[tuple[str, ...]] = [()]
    for dimension in dims:
        grid = [(*keys, key.code) for keys in grid for key in dimension.keys]
    values = {keys: draw(cells) for keys in grid if keys and draw(st.sampled_from((True, True, True, False)))}
    totals = {key.code: draw(cells) for key in dims[0].keys} if count == 2 and draw(st.booleans()) else {}
    scope = Scope(("X",), draw(texts), None, None, date(2023, 6, 30), draw(texts))
    return FigureTable(
        "figure",
        draw(texts),
        draw(texts),
        unit,
        forms,
        dims,
        values,
        draw(cells),
        totals,
        {},
        scope,
        (Gap("undated", 2, draw(texts)),),
        additive=unit == "activities",
    )
