"""A newsletter of the small programme, for tests: activities in April to June 2023, texts in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO

from PIL import Image

from pilotage.documents import operations
from pilotage.documents.models import Edition, Publication
from pilotage.documents.publishing import checks_of, issue
from pilotage.domain.activities.files import add_file
from pilotage.domain.activities.models import Activity, ActivityFile
from pilotage.domain.activities.rules import TallyRow
from pilotage.domain.parties.operations import add_place
from tests.recorded import made_once
from tests.records import TESTER, SmallProgramme, small_programme

TEXTS = {
    "foreword": ("# A quiet quarter\n\nWe write **little**.", "# Тихий квартал\n\nМы пишем **мало**."),
    "component-1": ("# Officers learn\n\nThey learnt.", "# Сотрудники учатся\n\nОни учились."),
    "upcoming": ("## Procurement\n\n- 3 July, Osh: hand-over.", "## Закупки\n\n- 3 июля, Ош: передача."),
}
REASON = {"en": "Known.", "ru": "Известно."}


@dataclass
class Issue:
    """A small programme with one open issue."""

    programme: SmallProgramme
    publication: Publication
    held: list[Activity]

    def write(self, slot: str, english: str, russian: str, *, approve: bool = True) -> None:
        """Writes a slot in both languages, the Russian in line with the English."""
        for language, markdown, source in (("en", english, ""), ("ru", russian, english)):
            present = self.publication.texts.filter(slot=slot, language=language).first()
            operations.write_text(
                by=TESTER, viewer=None, publication=self.publication, slot=slot, language=language, markdown=markdown,
                version=present.version if present else None, in_line_with=source, approve=approve,
            )  # fmt: skip

    def explain(self) -> None:
        """Gives a reason for every warning."""
        for finding in checks_of(self.publication).blocking:
            if not finding.problem.blocks:
                operations.explain_check(
                    by=TESTER, viewer=None, publication=self.publication, code=finding.problem.code, reason=REASON
                )

    def clear(self) -> None:
        """All clearances."""
        for step in ("check_figures", "clear_pm", "clear_eud"):
            operations.move_publication(by=TESTER, viewer=None, publication=self.publication, step=step)

    def issue(self) -> Edition:
        """Clears and issues it."""
        self.explain()
        self.clear()
        return issue(by=TESTER, viewer=None, publication=self.publication)

    def photo(self, *, consent: bool = True) -> ActivityFile:
        """A photo of the first activity."""
        drawn = BytesIO()
        Image.new("RGB", (600, 400), "#7FA3A9").save(drawn, "JPEG")
        drawn.seek(0)
        return add_file(
            by=TESTER, activity=self.held[0], kind="photo", file=drawn, name="hills.jpg",
            values={
                "alternative_text": {"en": "A grey surface", "ru": "Серая поверхность"},
                "consent_on": date(2023, 5, 1) if consent else None, "confidentiality": "public",
            },
        )  # fmt: skip


@made_once
def small_issue(period: str = "2023-Q2", number: int = 9) -> Issue:
    """Three public activities of the quarter, one internal, one of the next quarter, one before; texts approved."""
    programme = small_programme()
    osh = add_place(
        by=TESTER,
        values={
            "code": "osh", "name": {"en": "Osh", "ru": "Ош"}, "country": programme.countries["KG"],
            "latitude": "40.51", "longitude": "72.80",
        },
    )  # fmt: skip
    seen = {"state": "implemented", "confidentiality": "public"}
    tally = (TallyRow(12, "KZ", sex="woman"), TallyRow(18, "KZ", sex="man"))
    held = [
        programme.activity(
            "KZ", "KG", actual_start="2023-04-03", actual_end="2023-04-05", venue=osh, tally=tally,
            **{**seen, "title": {"en": "Documents", "ru": "Документы"}},
        ),
        programme.activity("KG", actual_end="2023-06", **{**seen, "title": {"en": "Dogs", "ru": "Собаки"}}),
        programme.activity(
            "TJ", actual_end="2023-05-20", component=programme.components[1],
            **{**seen, "title": {"en": "Trade", "ru": "Торговля"}},
        ),
    ]  # fmt: skip
    programme.activity(
        "TJ", actual_end="2023-05-21", state="implemented", confidentiality="internal",
        title={"en": "An internal matter of the border unit", "ru": "Внутреннее дело пограничной части"},
    )  # fmt: skip
    programme.activity("KZ", actual_end="2022-05-20", **seen)
    programme.activity(
        "KZ", planned_start="2023-07-10", planned_end="2023-07-12", state="confirmed", confidentiality="public",
        title={"en": "Coming", "ru": "Предстоящее"},
    )  # fmt: skip
    publication = operations.open_publication(
        by=TESTER, viewer=None, phase=programme.phase, kind="newsletter", period=period, number=number
    )
    found = Issue(programme, publication, held)
    for slot, (english, russian) in TEXTS.items():
        found.write(slot, english, russian)
    return found
