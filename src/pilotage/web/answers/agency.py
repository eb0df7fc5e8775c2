"""The agency's own page behind a personal link: what is open for it, one form an item, no account, no JavaScript.

Light enough for a slow line: one small page, one small stylesheet, each answer one request. Opening it changes nothing,
so that a mail scanner that follows the link answers nothing. Whatever is wrong with a link, the same calm page is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pilotage.domain.activities.files import clean_content, tidy_name
from pilotage.domain.membership.viewers import NotAllowed
from pilotage.domain.programme.queries import phases_with_everything
from pilotage.domain.recommendations.links import ended_link, is_sealed, link_for, note_use
from pilotage.domain.recommendations.models import AgencyLink
from pilotage.domain.recommendations.words import Channel
from pilotage.exchange.answers.items import Given, Item, answer_item, find_item, open_items, owner_key
from pilotage.exchange.answers.returns import read_return_by_link
from pilotage.exchange.workbooks.opening import Unreadable
from pilotage.kit.actors import SystemActor
from pilotage.kit.changes import StaleRecord
from pilotage.kit.printable import missing_characters
from pilotage.kit.texts import wording
from pilotage.web.answers import limits

ON_A_PAGE = 10
"""Items shown at once: what keeps the first load small."""
LONGEST = {"words": 3000, "evidence_text": 2000, "act_number": 60, "act_body": 200}
DAYS = ("implementation_due", "act_date")


@dataclass
class Sent:
    """What was sent for one item and could not be taken: it stands in its form again, with what is wrong."""

    key: str
    values: Mapping[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


@require_http_methods(["GET", "HEAD", "POST"])
def agency(request: HttpRequest, secret: str) -> HttpResponse:
    """The page. The address itself is the secret, so that no further token guards the form."""
    where = limits.network_address(request)
    if not is_sealed(secret) and limits.reached("link", where, limits.GUESSES):
        return _quietly(_no_link(request, status=429))
    link = link_for(secret)
    ended = ended_link(secret) if link is None else None
    if link is None and ended is None:
        limits.count("link", where)
        return _quietly(_no_link(request))
    known = link or ended
    assert known is not None
    if request.GET.get("lang") not in {"en", "ru"}:
        translation.activate(known.contact.language)
        request.LANGUAGE_CODE = known.contact.language
    if link is None:
        return _quietly(_no_link(request, ended=ended))
    link.phase = phases_with_everything().get(pk=link.phase_id)
    said, sent, refused = "", None, ""
    if request.method == "POST" and "sheet" in request.POST:
        said, refused = _take_sheet(request, link)
    elif request.method == "POST":
        said, sent = _take(request, link)
    return _quietly(_show(request, link, said, sent, refused))


def _take_sheet(request: HttpRequest, link: AgencyLink) -> tuple[str, str]:
    """Takes a filled workbook or form for a coordinator's decision. Returns what to say, or why it is refused."""
    upload = request.FILES.get("returned")
    if upload is None:
        return "", _("Choose the filled workbook or Word form first.")
    if limits.reached("returns", str(link.pk), limits.RETURNS):
        return "", _("Many files came in a short time. Wait ten minutes, then send this one again.")
    limits.count("returns", str(link.pk))
    try:
        returned = read_return_by_link(link=link, file=upload.file, name=upload.name or "file")  # type: ignore[arg-type]
    except Unreadable as problem:
        return "", problem.text
    note_use(link)
    told = _("Received: sheet %(sheet)s. The coordinator looks at it and takes your answers over.")
    return told % {"sheet": returned.sheet.code}, ""


def _take(request: HttpRequest, link: AgencyLink) -> tuple[str, Sent | None]:
    """Takes one answer. Returns what to say, or what was sent with its problems."""
    sent = Sent(request.POST.get("item", ""), request.POST.dict())  # type: ignore[arg-type]
    if limits.reached("answers", str(link.pk), limits.ANSWERS):
        sent.problems = [_("Many answers came in a short time. Wait ten minutes, then send this one again.")]
        return "", sent
    limits.count("answers", str(link.pk))
    item = _item(link, sent.key)
    if item is None:
        return _("This item is no longer open for you."), None
    try:
        given = read_given(request.POST)
        last = item.record.moves.last()
        version = int(request.POST.get("version", "0") or 0)
        if version != item.version and last is not None and last.words == given.words and _same(last.move, given.step):
            return _("%(code)s: this answer is recorded already.") % {"code": item.code}, None
        answer_item(
            by=actor_of(link),
            viewer=None,
            item=item,
            given=given,
            version=version,
            channel=Channel.LINK,
            evidence=_evidence(request),
        )
    except ValidationError as problem:
        sent.problems = list(problem.messages)
        return "", sent
    except NotAllowed as refusal:
        sent.problems = [refusal.reason]
        return "", sent
    except StaleRecord:
        sent.problems = [
            _("This item changed while you had it open. It is shown as it is now; send your answer again.")
        ]
        return "", sent
    except ValueError:
        sent.problems = [_("The form was changed on its way. Send it again.")]
        return "", sent
    note_use(link)
    label = next((str(step.label) for step in item.steps if step.name == given.step), given.step)
    return _("Recorded: %(code)s, %(answer)s. Thank you.") % {"code": item.code, "answer": label}, None


def _same(move: str, step: str) -> bool:
    return move == step.removeprefix("ap_")


def _item(link: AgencyLink, key: str) -> Item | None:
    """The item that a form speaks of, where it is this agency's; None for anything else."""
    kind, _colon, pk = key.partition(":")
    item = find_item(link.phase, kind, int(pk)) if pk.isascii() and pk.isdigit() and len(pk) < 18 else None
    if item is None or owner_key(item) != link.institution_id or getattr(item.record, "state_known", True) is False:
        return None
    return item if item.record.state != "draft" else None


def read_given(form: QueryDict) -> Given:
    """The answer of a form. Raises ValidationError."""
    step = form.get("answer", "")
    if not step:
        raise ValidationError(_("Choose an answer."))
    texts = {name: form.get(name, "").replace("\r\n", "\n").strip() for name in LONGEST}
    for name, longest in LONGEST.items():
        if len(texts[name]) > longest:
            raise ValidationError(
                _("The text has %(length)d characters; at most %(longest)d are kept.")
                % {"length": len(texts[name]), "longest": longest}
            )
        if missing := missing_characters(texts[name]):
            shown = " ".join(sign if sign.isprintable() else f"U+{ord(sign):04X}" for sign in missing[:5])
            wrong = _("The text holds characters that cannot be printed: %(characters)s")
            raise ValidationError(wrong % {"characters": shown})
    days: dict[str, date] = {}
    for name in DAYS:
        if typed := form.get(name, "").strip():
            try:
                days[name] = date.fromisoformat(typed)
            except ValueError:
                raise ValidationError(_("“%(value)s” is not a day.") % {"value": typed[:40]}) from None
    return Given(step=step, **texts, **days)  # type: ignore[arg-type]


def _evidence(request: HttpRequest) -> tuple[str, bytes] | None:
    upload = request.FILES.get("file")
    if upload is None:
        return None
    content, suffix = clean_content(upload.file)  # type: ignore[arg-type]
    return tidy_name(upload.name or "file", suffix), content


def actor_of(link: AgencyLink) -> SystemActor:
    """Who answers by a link, for the change log."""
    institution = link.institution
    short = wording(institution.short_name, "en") or wording(institution.name, "en")
    return SystemActor(f"{link.contact.name} ({short})"[:200])


def _show(request: HttpRequest, link: AgencyLink, said: str, sent: Sent | None, refused: str) -> HttpResponse:
    items = open_items(link.phase, link.institution)
    page = request.GET.get("page", "1")
    pages = max(1, -(-len(items) // ON_A_PAGE))
    number = min(max(1, int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1), pages)
    shown = items[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
    keys = [f"{item.kind}:{item.pk}" for item in shown]
    context: dict[str, Any] = {
        "phase": link.phase,
        "link": link,
        "agency": link.institution,
        "said": said,
        "refused": refused,
        "count": len(items),
        "rows": [
            (key, item, sent if sent and sent.key == key else None) for key, item in zip(keys, shown, strict=True)
        ],
        "lost": sent if sent and sent.key not in keys else None,
        "today": timezone.localdate(),
        "number": number,
        "pages": pages,
        "language": translation.get_language(),
    }
    return render(request, "answers/agency.html", context, status=422 if sent or refused else 200)


def _no_link(request: HttpRequest, status: int = 404, ended: AgencyLink | None = None) -> HttpResponse:
    """One calm page for every address that leads nowhere; a link that was given out once says when it ended."""
    context: dict[str, Any] = {"wait": status == 429, "ended": ended}
    if ended is not None:
        context["contact_email"] = ended.phase.contact_email
        # What was typed while the link ended is not lost: it can be copied from here.
        context["written"] = request.POST.get("words", "").strip()
    return render(request, "answers/no_link.html", context, status=status)


def _quietly(response: HttpResponse) -> HttpResponse:
    """Nothing of the address leaves the page, nothing of the page stays anywhere."""
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
