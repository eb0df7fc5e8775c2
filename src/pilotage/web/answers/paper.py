"""Paper typed back in: one code under a ticked box is one answer; the scan is attached to each."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from pilotage.domain.membership.viewers import NotAllowed
from pilotage.domain.programme.models import Phase
from pilotage.domain.recommendations.contacts import may_enter_for
from pilotage.domain.recommendations.models import AnswerSheet
from pilotage.domain.recommendations.words import Channel
from pilotage.exchange.answers.codes import WrongCode, read_code
from pilotage.exchange.answers.paper import TypedRow, sheet_of, typed_lines
from pilotage.exchange.answers.returns import read_paper
from pilotage.web.activities.forms import add_problems
from pilotage.web.answers import limits
from pilotage.web.answers.forms import PaperRowForm, ScanForm
from pilotage.web.pages import PageRequest, phase_page, require

ROWS = 8
MOST_ROWS = 60


@phase_page
def paper(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """Codes, words and the scan; then the same preview as for every other way."""
    viewer = request.viewer
    require(may_enter_for(viewer, phase), _("National coordinators enter what agencies answer on paper."))
    assert viewer.user is not None
    wanted = request.GET.get("rows", "")
    number = min(int(wanted), MOST_ROWS) if wanted.isascii() and wanted.isdigit() else ROWS
    formset_class = formset_factory(PaperRowForm, extra=number, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
    rows = formset_class(request.POST if request.method == "POST" else None, prefix="rows")
    scan = ScanForm(request.POST, request.FILES) if request.method == "POST" else ScanForm()
    problems: list[str] = []
    if request.method == "POST":
        who = str(viewer.user.pk)
        if limits.reached("codes", who, limits.CODES):
            problems.append(_("Many wrong codes were typed. Wait ten minutes."))
        elif rows.is_valid() and scan.is_valid():
            found = _read(request, phase, rows, scan, problems)
            if found is not None:
                return redirect("answers:returned", phase.code, found)
    context: dict[str, Any] = {"rows": rows, "scan": scan, "problems": problems, "more": min(number * 2, MOST_ROWS)}
    failed = bool(problems) or bool(scan.errors) or (rows.is_bound and not rows.is_valid())
    return render(request, "answers/paper.html", context, status=422 if failed else 200)


def _read(
    request: PageRequest, phase: Phase, rows: BaseFormSet[PaperRowForm], scan: ScanForm, problems: list[str]
) -> int | None:
    """Keeps what was typed and returns its key; None where something is wrong, which ``problems`` then says."""
    viewer = request.viewer
    assert viewer.user is not None
    typed = [form.cleaned_data for form in rows if form.cleaned_data.get("code", "").strip()]
    stray = [form.cleaned_data for form in rows if form.cleaned_data not in typed and any(form.cleaned_data.values())]
    if not typed or stray:
        problems.append(_("Type the code under the ticked box in every line that you fill in."))
        return None
    code, wrong = sheet_of(row["code"] for row in typed)
    sheet = (
        AnswerSheet.objects.select_related("institution__country", "phase__programme")
        .filter(phase=phase, code=code, channel=Channel.PAPER)
        .first()
    )
    reaches = sheet is not None and may_enter_for(viewer, phase, sheet.institution)
    if not wrong and not reaches:
        # A sheet of another country is not told apart from one that does not exist.
        wrong = [_("No paper sheet with these codes was given out to an agency that you coordinate.")]
    if wrong:
        _mark(rows)
        limits.count("codes", str(viewer.user.pk))
        problems += wrong
        return None
    assert sheet is not None
    day = scan.cleaned_data["answered_on"]
    lines = typed_lines(
        sheet,
        [
            TypedRow(
                row["code"],
                {
                    "words": row["words"],
                    "evidence": row["evidence"],
                    "implementation_due": row["implementation_due"].isoformat() if row["implementation_due"] else "",
                    "effective_on": day.isoformat() if day else "",
                },
            )
            for row in typed
        ],
    )
    upload = scan.cleaned_data["scan"]
    try:
        returned = read_paper(
            by=viewer.user, viewer=viewer, sheet=sheet, lines=lines, scan=upload.file, name=upload.name
        )
    except ValidationError as problem:
        add_problems(scan, ValidationError({"scan": problem.messages}))
        return None
    except NotAllowed as refusal:
        problems.append(refusal.reason)
        return None
    return int(returned.pk)


def _mark(rows: BaseFormSet[PaperRowForm]) -> None:
    """Puts the error beside each code that cannot be one."""
    for form in rows:
        typed = form.cleaned_data.get("code", "")
        if typed.strip():
            try:
                read_code(typed)
            except WrongCode:
                form.add_error("code", _("Look again: one character is wrong or missing."))
