"""What the fictional programme is made of: invented institutions, real towns, topics of a border programme."""

from __future__ import annotations

from dataclasses import dataclass

PROGRAMME = ("Silk Bridge", "Шёлковый мост")
TITLE = ("Silk Bridge: Safer and Faster Borders", "Шёлковый мост: безопасные и быстрые границы")
OBJECTIVE = (
    "borders of five neighbours that are safer for people and faster for trade, with services that learn from each other",
    "границы пяти соседних стран, более безопасные для людей и быстрые для торговли, и службы, которые учатся друг у друга",
)
COUNTRIES = ("KZ", "KG", "TJ", "TM", "UZ")
LANDS = {
    "KZ": ("Blue Steppe", "Голубой Степи"),
    "KG": ("Snow Leopard Valley", "Долины Барса"),
    "TJ": ("Seven Springs", "Семи Родников"),
    "TM": ("Golden Sands", "Золотых Песков"),
    "UZ": ("Silk Gardens", "Шёлковых Садов"),
}
"""Invented regions, so that no invented institution is taken for a real one."""
SERVICES = {
    "border": ("Border Service of {}", "Пограничная служба {}", "BS {}", "ПС {}"),
    "customs": ("Customs Board of {}", "Таможенное управление {}", "CB {}", "ТУ {}"),
    "migration": ("Migration Office of {}", "Миграционная служба {}", "MO {}", "МС {}"),
    "veterinary": ("Veterinary Inspection of {}", "Ветеринарная инспекция {}", "VI {}", "ВИ {}"),
    "phytosanitary": ("Plant Health Inspection of {}", "Инспекция карантина растений {}", "PHI {}", "ИКР {}"),
    "police": ("Counter-Narcotics Office of {}", "Служба по борьбе с наркотиками {}", "CNO {}", "СБН {}"),
    "prosecution": ("Prosecutor's Office of {}", "Прокуратура {}", "PrO {}", "Пр {}"),
    "training": ("Border Academy of {}", "Пограничная академия {}", "BA {}", "ПА {}"),
}
FOREIGN = ("Foreign Office of {}", "Ведомство иностранных дел {}", "FO {}", "ВИД {}")
"""Chairs the national steering group."""
PARTNERS = {
    "lead": ("Amber Coast Border Guard (fictional)", "Пограничная охрана Янтарного берега (вымышлена)", "border", "LV"),
    "2": (
        "Northern Pine Customs College (fictional)",
        "Таможенный колледж Северной сосны (вымышлен)",
        "training",
        "LT",
    ),
    "3": ("Alpine Centre for Trade (fictional)", "Альпийский центр торговли (вымышлен)", "international", "AT"),
    "4": ("Institute for Quiet Borders (fictional)", "Институт спокойных границ (вымышлен)", "international", "AT"),
    "joint": ("Forum of Good Neighbours (fictional)", "Форум добрых соседей (вымышлен)", "international", None),
    "delegation": (
        "Delegation to the Five Neighbours (fictional)",
        "Представительство при пяти соседях (вымышлено)",
        "eu_body",
        None,
    ),
    "ngo": ("Bridge of Villages (fictional)", "Мост аилов (вымышлен)", "ngo", "KG"),
}
PLACES: dict[str, tuple[tuple[str, str, str, float, float], ...]] = {
    "KZ": (("Astana", "Астана", "city", 51.17, 71.43), ("Almaty", "Алматы", "city", 43.24, 76.89),
           ("Shymkent", "Шымкент", "city", 42.32, 69.60), ("Aktau", "Актау", "city", 43.65, 51.16)),
    "KG": (("Bishkek", "Бишкек", "city", 42.87, 74.59), ("Osh", "Ош", "city", 40.53, 72.80),
           ("Issyk-Kul", "Иссык-Куль", "region", 42.44, 77.10)),
    "TJ": (("Dushanbe", "Душанбе", "city", 38.56, 68.77), ("Khujand", "Худжанд", "city", 40.28, 69.62),
           ("Khorog", "Хорог", "city", 37.49, 71.55)),
    "TM": (("Ashgabat", "Ашхабад", "city", 37.95, 58.38), ("Mary", "Мары", "city", 37.60, 61.83),
           ("Turkmenabat", "Туркменабад", "city", 39.07, 63.58)),
    "UZ": (("Tashkent", "Ташкент", "city", 41.31, 69.28), ("Samarkand", "Самарканд", "city", 39.65, 66.96),
           ("Termez", "Термез", "city", 37.22, 67.28)),
    "LV": (("Riga", "Рига", "city", 56.95, 24.11),),
    "LT": (("Vilnius", "Вильнюс", "city", 54.69, 25.28),),
    "AT": (("Vienna", "Вена", "city", 48.21, 16.37),),
}  # fmt: skip


@dataclass(frozen=True)
class Theme:
    """One component: its words, who takes part in it, its outputs and topics, each in English and Russian."""

    number: str
    title: tuple[str, str]
    short: tuple[str, str]
    objective: tuple[str, str]
    services: tuple[str, ...]
    outputs: tuple[tuple[str, str], ...]
    topics: tuple[tuple[str, str], ...]


THEMES = (
    Theme(
        "1",
        ("Stronger Border Services", "Сильные пограничные службы"),
        ("Services", "Службы"),
        (
            "services plan, learn and decide on evidence",
            "службы планируют, учатся и принимают решения на основе данных",
        ),
        ("border", "training", "prosecution"),
        (
            ("Training systems renewed", "Обновлены системы обучения"),
            ("Strategies and procedures adopted", "Приняты стратегии и процедуры"),
        ),
        (
            ("risk analysis at the border", "анализ рисков на границе"),
            ("leadership of a shift", "руководство сменой"),
            ("contingency planning", "планирование на случай чрезвычайных ситуаций"),
            ("integrity of officers", "неподкупность сотрудников"),
            ("integrated border management strategy", "стратегия интегрированного управления границами"),
            ("methods of adult training", "методика обучения взрослых"),
            ("English for border officers", "английский язык для пограничников"),
            ("human rights at the border", "права человека на границе"),
            ("distance learning courses", "курсы дистанционного обучения"),
            ("cooperation between services", "взаимодействие служб"),
        ),
    ),
    Theme(
        "2",
        ("Better Detection", "Точное выявление"),
        ("Detection", "Выявление"),
        (
            "officers find what must not pass and let the rest through",
            "сотрудники находят запрещённое и пропускают остальное",
        ),
        ("border", "customs", "police"),
        (
            ("Detection skills raised", "Повышены навыки выявления"),
            ("Dog-handling centres linked", "Объединены кинологические центры"),
        ),
        (
            ("travel document examination", "проверка проездных документов"),
            ("detection of precursors", "выявление прекурсоров"),
            ("search of vehicles", "досмотр транспортных средств"),
            ("training of service dogs", "подготовка служебных собак"),
            ("profiling of passengers", "профилирование пассажиров"),
            ("firearms trafficking", "незаконный оборот оружия"),
            ("impostor recognition", "распознавание подставных лиц"),
            ("work with X-ray images", "работа с рентгеновскими снимками"),
            ("trafficking of cultural goods", "незаконный оборот культурных ценностей"),
            ("radiation control", "радиационный контроль"),
        ),
    ),
    Theme(
        "3",
        ("Faster Trade", "Быстрая торговля"),
        ("Trade", "Торговля"),
        ("goods pass by clear, common and quick procedures", "товары проходят по ясным, общим и быстрым процедурам"),
        ("customs", "veterinary", "phytosanitary"),
        (
            ("Procedures simplified", "Упрощены процедуры"),
            ("Laboratories working to standards", "Лаборатории работают по стандартам"),
        ),
        (
            ("authorised economic operators", "уполномоченные экономические операторы"),
            ("post-clearance audit", "таможенный контроль после выпуска товаров"),
            ("risk-based veterinary checks", "ветеринарный контроль на основе рисков"),
            ("phytosanitary certificates", "фитосанитарные сертификаты"),
            ("transit procedures", "процедуры транзита"),
            ("customs valuation", "таможенная оценка"),
            ("pest risk analysis", "анализ фитосанитарного риска"),
            ("single window", "единое окно"),
            ("rules of origin", "правила происхождения товаров"),
            ("perishable goods at the border", "скоропортящиеся товары на границе"),
        ),
    ),
    Theme(
        "4",
        ("Good Neighbours", "Добрые соседи"),
        ("Neighbours", "Соседи"),
        (
            "people of border areas live better and move safely",
            "жители приграничья живут лучше и передвигаются безопасно",
        ),
        ("migration", "border", "police"),
        (
            ("Migrants better protected", "Мигранты лучше защищены"),
            ("Border communities connected", "Приграничные сообщества связаны"),
        ),
        (
            ("identification of victims of trafficking", "выявление жертв торговли людьми"),
            ("joint patrol of neighbours", "совместное патрулирование соседей"),
            ("information for labour migrants", "информирование трудовых мигрантов"),
            ("asylum procedures at the border", "процедуры убежища на границе"),
            ("local cross-border trade of women", "приграничная торговля женщин-предпринимателей"),
            ("readmission in practice", "реадмиссия на практике"),
            ("early warning of natural disasters", "раннее предупреждение о стихийных бедствиях"),
            ("meeting of border commissioners", "встреча пограничных уполномоченных"),
            ("statistics of migration", "статистика миграции"),
            ("protection of child migrants", "защита детей-мигрантов"),
        ),
    ),
)
TYPES: tuple[tuple[str, int, tuple[int, int], int, tuple[str, str]], ...] = (
    ("workshop", 30, (2, 4), 22, ("Workshop on {}", "Семинар-практикум «{}»")),
    ("training", 24, (3, 5), 20, ("Training on {}", "Тренинг «{}»")),
    ("training_of_trainers", 8, (4, 9), 14, ("Training of trainers: {}", "Подготовка тренеров: {}")),
    ("seminar", 10, (1, 2), 28, ("Seminar on {}", "Семинар «{}»")),
    ("study_visit", 6, (4, 5), 11, ("Study visit: {}", "Ознакомительный визит: {}")),
    ("expert_mission", 9, (3, 8), 7, ("Expert mission: {}", "Экспертная миссия: {}")),
    ("on_the_job_training", 7, (5, 10), 6, ("On-the-job training: {}", "Обучение на рабочем месте: {}")),
    ("conference", 3, (1, 2), 55, ("Conference on {}", "Конференция «{}»")),
)
"""Type, weight, days from and to, usual number of participants, title."""
MANAGEMENT = (
    ("coordination", ("Coordination meeting of partners", "Координационная встреча партнёров"), 1, 18),
    ("coordination", ("Meeting with the diplomatic corps", "Встреча с дипломатическим корпусом"), 1, 25),
    ("hand_over_ceremony", ("Hand-over of equipment", "Церемония передачи оборудования"), 1, 30),
)
SUMMARY = (
    "Officers of {who} worked on {topic} with examples of their own. They agreed what to change in their procedures and "
    "who trains the colleagues at home.",
    "Сотрудники ({who}) на собственных примерах разбирали тему «{topic}». Они договорились, что изменить в процедурах и "
    "кто обучит коллег на местах.",
)
DELIVERABLES = {
    "report": ("Report: {}", "Отчёт: {}"),
    "guideline": ("Guideline: {}", "Методические рекомендации: {}"),
    "operating_procedure": ("Operating procedure: {}", "Порядок действий: {}"),
    "manual": ("Manual: {}", "Пособие: {}"),
    "curriculum": ("Curriculum: {}", "Учебная программа: {}"),
    "draft_law": ("Draft amendments: {}", "Проект поправок: {}"),
}
POSTPONED = (
    "The venue is not available.", "Двое экспертов заняты в эти даты.", "At the request of the service.",
    "Совпадает с государственным праздником.", "Visas are not issued in time.",
)  # fmt: skip
CANCELLED = ("Covered by another donor.", "Потребность отпала: принят новый закон.", "Merged with the regional event.")
