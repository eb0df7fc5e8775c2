"""What people write in cells instead of the words of a list."""

from __future__ import annotations

from pilotage.domain.activities.models import Deliverable
from pilotage.domain.activities.words import ActivityScope, Confidentiality, Mode, PolicyTag, Sex, State, Type
from pilotage.domain.parties.models import Institution
from pilotage.kit.texts import Text

SEX_LABELS: dict[str, Text] = {
    Sex.WOMAN: {"en": "women", "ru": "женщины"},
    Sex.MAN: {"en": "men", "ru": "мужчины"},
    Sex.OTHER: {"en": "other", "ru": "другое"},
    Sex.NOT_STATED: {"en": "not stated", "ru": "пол не указан"},
}
CHOICES_ALSO: dict[type, dict[str, str]] = {
    Type: {
        "тренинг": Type.TRAINING, "обучение": Type.TRAINING, "training course": Type.TRAINING,
        "course": Type.TRAINING, "курс": Type.TRAINING, "учебный курс": Type.TRAINING,
        "tot": Type.TRAINING_OF_TRAINERS, "воркшоп": Type.WORKSHOP, "рабочая встреча": Type.WORKSHOP,
        "meeting": Type.COORDINATION, "встреча": Type.COORDINATION, "mission": Type.EXPERT_MISSION,
        "ojt": Type.ON_THE_JOB_TRAINING,
    },
    ActivityScope: {"multi country": ActivityScope.MULTI_COUNTRY, "multicountry": ActivityScope.MULTI_COUNTRY},
    Mode: {
        "in person": Mode.ONSITE, "offline": Mode.ONSITE, "on site": Mode.ONSITE, "офлайн": Mode.ONSITE,
        "очно": Mode.ONSITE, "virtual": Mode.ONLINE, "онлайн": Mode.ONLINE, "дистанционно": Mode.ONLINE,
        "смешанный": Mode.HYBRID,
    },
    State: {
        "done": State.IMPLEMENTED, "completed": State.IMPLEMENTED, "завершено": State.IMPLEMENTED,
        "canceled": State.CANCELLED,
    },
    Sex: {
        "w": Sex.WOMAN, "f": Sex.WOMAN, "female": Sex.WOMAN, "woman": Sex.WOMAN, "ж": Sex.WOMAN, "жен": Sex.WOMAN,
        "женский": Sex.WOMAN, "m": Sex.MAN, "male": Sex.MAN, "man": Sex.MAN, "м": Sex.MAN, "муж": Sex.MAN,
        "мужской": Sex.MAN, "unknown": Sex.NOT_STATED, "не указан": Sex.NOT_STATED, "женщина": Sex.WOMAN,
        "мужчина": Sex.MAN,
    },
    Confidentiality: {},
    Institution.Type: {},
    PolicyTag: {},
    Deliverable.DeliverableType: {"sop": Deliverable.DeliverableType.OPERATING_PROCEDURE},
}  # fmt: skip
"""Other ways to write a choice, by its list; the labels in both languages and the codes are known without."""
