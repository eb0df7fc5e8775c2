"""Pages of figures: the catalogue, one figure with everything about it, the records behind a number."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from pilotage.documents.rendering.typst import FONTS
from pilotage.domain.membership.viewers import NotAllowed
from pilotage.domain.programme.models import Phase
from pilotage.domain.programme.queries import phases_with_everything
from pilotage.domain.workplans.models import PlanLine
from pilotage.figures.asking import Asked
from pilotage.figures.behind import behind
from pilotage.figures.compute import compute, may_see, require_sight
from pilotage.figures.drawing import drawn
from pilotage.figures.figure import GROUPS, Group
from pilotage.figures.formats.csv import as_csv
from pilotage.figures.formats.json import as_document
from pilotage.figures.formats.sentence import exact
from pilotage.figures.formats.xlsx import as_xlsx
from pilotage.figures.forms.finding import finding
from pilotage.figures.listings import listing
from pilotage.figures.png import render_png
from pilotage.figures.registry import FIGURES, figure_of
from pilotage.figures.scopes import UnknownChoice
from pilotage.figures.table import FigureTable, Keys
from pilotage.figures.totals import totals
from pilotage.kit.texts import wording
from pilotage.web.figures import choosing, tables
from pilotage.web.figures.register import records_register
from pilotage.web.pages import PageRequest, phase_page
from pilotage.web.registers import register_page
from pilotage.web.templatetags.pilotage import reader_language

FORMATS = ("json", "csv", "xlsx", "svg", "png")
CHART_WIDTHS = (("narrow", 340), ("wide", 760))
FILE_WIDTH = 720
PNG_WIDTH = 1440
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@phase_page
def catalogue(request: PageRequest, phase: Phase) -> HttpResponse:
    """All figures that the reader may see, the headline ones first and with their value to date."""
    groups: list[tuple[str, list[dict[str, Any]]]] = []
    language = reader_language()
    shown = [one for one in FIGURES.values() if may_see(one, [phase], request.viewer)]
    shown.sort(key=lambda figure: not figure.headline)
    headlines = [Asked.read(one.code, [phase], {}) for one in shown if one.headline]
    answers = zip(headlines, totals(headlines, request.viewer), strict=True)
    values = {asked.figure.code: exact(table, language) for asked, table in answers if table}
    for group in Group:
        entries = []
        for one in shown:
            if one.group != group:
                continue
            asked = Asked.read(one.code, [phase], {})
            said = values.get(one.code, "")
            rule = wording(one.note, language).split(". ")[0].rstrip(".")
            entries.append(
                {"title": wording(one.title, language), "rule": rule, "address": asked.address(), "said": said}
            )
        if entries:
            groups.append((wording(GROUPS[group], language), entries))
    return render(request, "figures/catalogue.html", {"groups": groups})


@phase_page
def figure(request: PageRequest, phase: Phase, code: str) -> HttpResponseBase:
    """One figure: finding, chart, table, note, gaps, and the ways to ask it otherwise."""
    asked = question(request, phase, code)
    canonical = choosing.canonical(request.GET, asked)
    if canonical is not None:
        return HttpResponseRedirect(canonical)
    try:
        table = asked.answer(request.viewer)
    except UnknownChoice as error:
        raise Http404(choosing.unknown(error)) from error
    language = reader_language()
    form = request.GET.get("format", "")
    if form in FORMATS:
        return as_file(request, asked, table, form, language)
    found = finding(table, language) if table.dimensions else wording(table.title, language)
    shown = {
        "figure": asked.figure,
        "table": table,
        "finding": found,
        "found": found != wording(table.title, language),
        "said": exact(table, language),
        "charts": charts(asked, table, language) if table.dimensions else [],
        "laid": tables.laid_out(asked, table, language),
        "choices": choosing.choices(asked, language),
        "filters": choosing.chips(asked, language),
        "files": [(name.upper(), asked.address(format=name)) for name in FORMATS],
        "permanent": request.build_absolute_uri(choosing.permanent(asked, table)),
        "all_records": asked.records_address(),
        "withheld": tables.withholds(table),
        "single": not table.dimensions,
        "beside": beside_it(asked, request, language),
    }
    return render(request, "figures/figure.html", shown)


def beside_it(asked: Asked, request: PageRequest, language: str) -> dict[str, str] | None:
    """The figure that must be read beside this one, for the same question: title, number, address."""
    code = asked.figure.beside
    if not code:
        return None
    other = replace(asked, figure=figure_of(code), dimensions=())
    table = other.answer(request.viewer)
    address = replace(other, dimensions=asked.dimensions).address()
    return {"title": wording(table.title, language), "said": exact(table, language), "address": address}


def charts(asked: Asked, table: FigureTable, language: str) -> list[tuple[str, SafeString]]:
    """The chart for narrow and for wide windows, each mark leading to its records."""

    def link(keys: Keys) -> str:
        return asked.records_address(asked.cell_keys(keys))

    return [
        (size, mark_safe(drawn(table, language=language, width=width, title="", caption="", link=link)))
        for size, width in CHART_WIDTHS
    ]


def question(request: HttpRequest, phase: Phase, code: str) -> Asked:
    """What the address asks. Raises Http404 for a figure, phase or choice that does not exist."""
    codes = [one for one in dict.fromkeys(request.GET.getlist("with")) if one and one != phase.code]
    phases = [phase]
    if codes:
        known = {one.code: one for one in phases_with_everything().filter(code__in=codes[:20])}
        if len(known) < len(codes):
            raise Http404(_("There is no programme phase at this address."))
        phases += [known[one] for one in codes]
    try:
        return Asked.read(code, phases, dict(request.GET.lists()))
    except UnknownChoice as error:
        raise Http404(choosing.unknown(error)) from error


def as_file(request: PageRequest, asked: Asked, table: FigureTable, form: str, language: str) -> HttpResponseBase:
    """The figure in one of its formats."""
    response: HttpResponse
    if form == "json":
        response = JsonResponse(as_document(table, language), json_dumps_params={"ensure_ascii": False, "indent": 1})
    elif form == "csv":
        response = HttpResponse(as_csv(table, language), content_type="text/csv; charset=utf-8")
    elif form == "xlsx":
        records = listing(asked, request.viewer, language)
        response = HttpResponse(as_xlsx(table, language, records), content_type=XLSX)
    else:
        svg = drawn(table, language=language, width=FILE_WIDTH, medium="print")
        if form == "svg":
            response = HttpResponse(svg, content_type="image/svg+xml; charset=utf-8")
        else:
            response = HttpResponse(render_png(svg, PNG_WIDTH, fonts=FONTS), content_type="image/png")
    place = "inline" if form == "json" else "attachment"
    name = f"{asked.phases[0].code}-{asked.figure.code}-{table.scope.as_of.isoformat()}.{form}"
    response["Content-Disposition"] = f'{place}; filename="{name}"'
    return response


@phase_page
def records(request: PageRequest, phase: Phase, code: str) -> HttpResponseBase:
    """The activities behind a number, as far as the reader may see them, with a word on the others."""
    asked = question(request, phase, code)
    try:
        require_sight(asked.figure, asked.phases, request.viewer)
        found = behind(asked, request.viewer)
        said = said_of(asked, request)
    except UnknownChoice as error:
        raise Http404(choosing.unknown(error)) from error
    shown = {
        "figure": asked.figure,
        "said": said,
        "found": found,
        "narrowed_by": choosing.chips(asked, reader_language()),
        "back": (asked if said else replace(asked, filters={**asked.filters, "sex": ()})).address(),
        "of_lines": asked.figure.base.model is PlanLine,
    }
    register = records_register(asked, found)
    return register_page(request, phase, register, found.activities, template="figures/records.html", context=shown)


def said_of(asked: Asked, request: PageRequest) -> str:
    """The number that the list stands behind, where the reader may know it."""
    try:
        table = compute(
            asked.figure.code,
            phases=asked.phases,
            viewer=request.viewer,
            period=asked.period,
            filters=asked.filters,
            as_of=asked.as_of,
        )
    except NotAllowed:
        return ""
    return exact(table, reader_language())
