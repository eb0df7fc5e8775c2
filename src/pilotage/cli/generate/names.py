"""Names of persons in all spellings of the region: the national one, in Cyrillic or Latin letters, and the Russian one.

Given names and surnames are common ones, combined at random. Each is written ``national Latin Russian``; a surname is
its stem, to which the endings of the language and of the sex are added.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

GIVEN: dict[str, dict[str, str]] = {
    "KZ": {
        "m": """Нұрлан Nurlan Нурлан; Ерлан Yerlan Ерлан; Әділет Adilet Адилет; Бауыржан Bauyrzhan Бауыржан;
            Қайрат Qairat Кайрат; Дәулет Daulet Даулет; Асқар Asqar Аскар; Мұрат Murat Мурат; Серік Serik Серик;
            Тимур Timur Тимур; Жандос Zhandos Жандос; Ғалым Galym Галым; Еркін Yerkin Еркин; Олжас Olzhas Олжас;
            Рүстем Rustem Рустем; Самат Samat Самат; Данияр Daniyar Данияр; Әлібек Alibek Алибек""",
        "f": """Айгүл Aigul Айгуль; Гүлнар Gulnar Гульнар; Әсел Asel Асель; Жанар Zhanar Жанар; Мәдина Madina Мадина;
            Динара Dinara Динара; Сәуле Saule Сауле; Ботагөз Botagoz Ботагоз; Қарлығаш Qarlygash Карлыгаш;
            Айнұр Ainur Айнур; Зарина Zarina Зарина; Меруерт Meruert Меруерт; Гүлжан Gulzhan Гульжан;
            Алтынай Altynai Алтынай; Жібек Zhibek Жибек; Раушан Raushan Раушан""",
    },
    "KG": {
        "m": """Айбек Aibek Айбек; Нурбек Nurbek Нурбек; Бакыт Bakyt Бакыт; Үсөн Usen Усен; Азамат Azamat Азамат;
            Эрмек Ermek Эрмек; Канат Kanat Канат; Медер Meder Медер; Талант Talant Талант; Чыңгыз Chyngyz Чингиз;
            Улан Ulan Улан; Адилет Adilet Адилет; Кубат Kubat Кубат; Нурлан Nurlan Нурлан; Эмил Emil Эмиль;
            Төлөгөн Tologon Тологон; Замир Zamir Замир; Мирлан Mirlan Мирлан""",
        "f": """Айгүл Aigul Айгуль; Жылдыз Jyldyz Жылдыз; Нургүл Nurgul Нургуль; Бүбүсайра Bubusaira Бубусайра;
            Чолпон Cholpon Чолпон; Гүлмира Gulmira Гульмира; Айжан Aijan Айжан; Назгүл Nazgul Назгуль;
            Элмира Elmira Эльмира; Аида Aida Аида; Мээрим Meerim Мээрим; Жаңыл Janyl Жаныл; Асел Asel Асель;
            Бермет Bermet Бермет; Сайкал Saikal Сайкал; Кундуз Kunduz Кундуз""",
    },
    "TJ": {
        "m": """Фирӯз Firuz Фируз; Ҷамшед Jamshed Джамшед; Хуршед Khurshed Хуршед; Суҳроб Suhrob Сухроб;
            Далер Daler Далер; Баҳром Bahrom Бахром; Шариф Sharif Шариф; Некрӯз Nekruz Некруз; Саидҷон Saidjon Саиджон;
            Рустам Rustam Рустам; Парвиз Parviz Парвиз; Ҳоким Hokim Хоким; Амирҷон Amirjon Амирджон; Толиб Tolib Толиб;
            Фаррух Farrukh Фаррух; Анвар Anvar Анвар; Ғафур Ghafur Гафур; Меҳроҷ Mehroj Мехродж""",
        "f": """Зарина Zarina Зарина; Нигора Nigora Нигора; Мадина Madina Мадина; Шаҳноза Shahnoza Шахноза;
            Фарзона Farzona Фарзона; Гулчеҳра Gulchehra Гульчехра; Манижа Manizha Манижа; Сабоҳат Sabohat Сабохат;
            Муҳаббат Muhabbat Мухаббат; Ситора Sitora Ситора; Раъно Rano Рано; Тахмина Takhmina Тахмина;
            Парвина Parvina Парвина; Дилором Dilorom Дилором; Заррина Zarrina Заррина; Ҷамила Jamila Джамиля""",
    },
    "TM": {
        "m": """Maksat Maksat Максат; Döwlet Dowlet Довлет; Batyr Batyr Батыр; Çary Chary Чары; Ýusup Yusup Юсуп;
            Merdan Merdan Мердан; Serdar Serdar Сердар; Rahym Rahym Рахим; Şöhrat Shohrat Шохрат; Begenç Begench Бегенч;
            Gaýrat Gayrat Гайрат; Nury Nury Нуры; Eziz Eziz Эзиз; Kakajan Kakajan Какаджан; Wepa Vepa Вепа;
            Allaberdi Allaberdi Аллаберды; Perhat Perhat Перхат; Saparmämmet Saparmammet Сапармамед""",
        "f": """Jennet Jennet Дженнет; Maýsa Maysa Майса; Aýna Ayna Айна; Ogulgerek Ogulgerek Огульгерек;
            Bägül Bagul Багуль; Gözel Gozel Гозель; Leýla Leyla Лейла; Selbi Selbi Сельби; Oguljan Oguljan Огульджан;
            Çynar Chynar Чинар; Güljahan Guljahan Гульджахан; Şasenem Shasenem Шасенем; Merjen Merjen Мерджен;
            Aýsoltan Aysoltan Айсолтан; Enejan Enejan Энеджан; Bahar Bahar Бахар""",
    },
    "UZ": {
        "m": """Jasur Jasur Жасур; Oʻtkir Otkir Уткир; Sherzod Sherzod Шерзод; Gʻayrat Gayrat Гайрат;
            Bekzod Bekzod Бекзод; Shuhrat Shuhrat Шухрат; Ulugʻbek Ulugbek Улугбек; Dilshod Dilshod Дилшод;
            Akmal Akmal Акмал; Farhod Farhod Фарход; Rustam Rustam Рустам; Toʻlqin Tolqin Тулкин; Aziz Aziz Азиз;
            Sardor Sardor Сардор; Mirzo Mirzo Мирзо; Xurshid Khurshid Хуршид; Jahongir Jahongir Жахонгир;
            Botir Botir Ботир""",
        "f": """Gulnora Gulnora Гульнора; Dilfuza Dilfuza Дильфуза; Nilufar Nilufar Нилуфар; Oʻgʻiloy Ogiloy Угилой;
            Zulfiya Zulfiya Зульфия; Feruza Feruza Феруза; Mohira Mohira Мохира; Shahlo Shahlo Шахло;
            Nargiza Nargiza Наргиза; Sevara Sevara Севара; Barno Barno Барно; Lola Lola Лола; Saodat Saodat Саодат;
            Kamola Kamola Камола; Yulduz Yulduz Юлдуз; Muattar Muattar Муаттар""",
    },
}
SURNAMES: dict[str, str] = {
    "KZ": """Қасым Qasym Касым; Өтеген Otegen Утеген; Әбдіқадыр Abdiqadyr Абдикадыр; Сәрсен Sarsen Сарсен;
        Жұмабай Zhumabai Жумабай; Тілеу Tileu Тилеу; Нұрпейіс Nurpeis Нурпеис; Ахмет Akhmet Ахмет; Ысқақ Ysqaq Искак;
        Мұқан Muqan Мукан; Байжан Baizhan Байжан; Есен Yesen Есен; Құдайберген Qudaibergen Кудайберген;
        Сүлеймен Suleimen Сулейман; Төлеген Tolegen Толеген; Смағұл Smagul Смагул; Дүйсен Duisen Дюсен;
        Оразбай Orazbai Оразбай; Бекет Beket Бекет; Шәріп Sharip Шарип; Ыбырай Ybyrai Ибрай; Тұрсын Tursyn Турсун""",
    "KG": """Асан Asan Асан; Токтогул Toktogul Токтогул; Жээнбек Jeenbek Жээнбек; Абдырахман Abdyrakhman Абдрахман;
        Орозбек Orozbek Орозбек; Мамат Mamat Мамат; Турдубай Turdubai Турдубай; Сыдык Sydyk Сыдык; Өмүр Omur Омур;
        Касымалы Kasymaly Касымали; Бейшен Beishen Бейшен; Чоро Choro Чоро; Ысман Ysman Исман; Шаршен Sharshen Шаршен;
        Көчөр Kochor Кочер; Эсенгул Esengul Эсенгул; Дүйшөн Duishon Дюшен; Жумабек Jumabek Жумабек;
        Сатыбалды Satybaldy Сатыбалды; Үмөт Umot Умет; Капар Kapar Капар; Мурзали Murzali Мурзали""",
    "TJ": """Раҳим Rahim Рахим; Назар Nazar Назар; Қодир Qodir Кадыр; Шариф Sharif Шариф; Ҳайдар Haidar Хайдар;
        Юсуф Yusuf Юсуф; Ғафор Ghafor Гафор; Саид Said Саид; Мирзо Mirzo Мирзо; Ҷалил Jalil Джалил; Давлат Davlat Давлат;
        Камол Kamol Камол; Олим Olim Олим; Сафар Safar Сафар; Холмурод Kholmurod Холмурод; Бобо Bobo Бобо;
        Исмоил Ismoil Исмоил; Шодӣ Shodi Шоди; Зиё Ziyo Зиё; Умар Umar Умар; Ҳаким Hakim Хаким; Латиф Latif Латиф""",
    "TM": """Annaý Annay Аннай; Hoja Hoja Ходжа; Oraz Oraz Ораз; Öwez Ovez Овез; Ata Ata Ата; Saryý Saryy Сары;
        Çaryý Charyy Чары; Meret Meret Мерет; Nurý Nury Нуры; Garaý Garay Гарай; Durdyý Durdyy Дурды;
        Ýazmyrat Yazmyrat Язмырат; Bäşim Bashim Башим; Amanow Aman Аман; Gurbanow Gurban Гурбан; Rejep Rejep Реджеп;
        Muhammet Muhammet Мухамет; Täçmyrat Tachmyrat Тачмырат; Hydyr Hydyr Хыдыр; Şyh Shyh Шых;
        Pirli Pirli Пирли; Welmyrat Velmyrat Вельмырат""",
    "UZ": """Yoʻldosh Yoldosh Юлдаш; Toʻxta Tokhta Тохта; Rahmon Rahmon Рахмон; Gʻulom Gulom Гулям; Ergash Ergash Эргаш;
        Qosim Qosim Касым; Xolmat Kholmat Холмат; Shoʻra Shora Шора; Nazar Nazar Назар; Oʻrin Orin Урин;
        Mahmud Mahmud Махмуд; Tursun Tursun Турсун; Haydar Haydar Хайдар; Soliy Soliy Солий; Jumaniyoz Jumaniyoz Джуманияз;
        Abdulla Abdulla Абдулла; Ismoil Ismoil Исмаил; Boʻri Bori Бури; Eshmat Eshmat Эшмат; Normurod Normurod Нормурад;
        Usmon Usmon Усман; Zokir Zokir Закир""",
}
POSITIONS = (
    ("senior inspector", "старший инспектор"), ("inspector", "инспектор"), ("head of shift", "начальник смены"),
    ("head of division", "начальник отдела"), ("deputy head of department", "заместитель начальника управления"),
    ("chief specialist", "главный специалист"), ("instructor", "инструктор"), ("analyst", "аналитик"),
    ("legal officer", "юрист"), ("dog handler", "кинолог"), ("laboratory expert", "эксперт лаборатории"),
    ("training officer", "специалист по обучению"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """One person's name: as signed on the list, and in Latin letters."""

    signed: str
    latin: str
    family: str
    """Given name and surname in Latin letters: what tells persons apart."""


def _forms(text: str) -> list[tuple[str, str, str]]:
    return [tuple(part.split()) for part in " ".join(text.split()).split(";") if part.strip()]  # type: ignore[misc]


_GIVEN = {country: {sex: _forms(text) for sex, text in names.items()} for country, names in GIVEN.items()}
_SURNAMES = {country: _forms(text) for country, text in SURNAMES.items()}


def make_name(random_: random.Random, country: str, sex: str) -> Name:
    """A name of ``country`` for ``sex`` (m, f), in one of the spellings that lists are signed with."""
    given = random_.choice(_GIVEN[country][sex])
    stem = random_.choice(_SURNAMES[country])
    father = random_.choice(_GIVEN[country]["m"])
    spelling = random_.choice(("national", "national", "russian", "latin"))
    latin = _latin(country, sex, given, stem)
    if spelling == "latin":
        return Name(latin, latin, latin)
    if spelling == "russian":
        return Name(_russian(sex, given, stem, father), latin, latin)
    return Name(_national(country, sex, given, stem, father, random_), latin, latin)


def respelt(random_: random.Random, name: Name) -> str:
    """The same person on another list: Latin letters, the surname first."""
    given, surname = name.latin.split(" ", 1)
    return f"{surname.upper() if random_.random() < 0.5 else surname} {given}"


def _latin(country: str, sex: str, given: tuple[str, str, str], stem: tuple[str, str, str]) -> str:
    return f"{given[1]} {_ended(stem[1], 'ov', 'ova', 'ev', 'eva', sex)}"


def _russian(sex: str, given: tuple[str, str, str], stem: tuple[str, str, str], father: tuple[str, str, str]) -> str:
    surname = _ended(stem[2], "ов", "ова", "ев", "ева", sex)
    return f"{surname} {given[2]} {_patronymic(father[2], sex)}"


def _patronymic(father: str, sex: str) -> str:
    if father[-1] in "йьы":
        return father[:-1] + ("евич" if sex == "m" else "евна")
    if father[-1] in "аяоеиую":
        return father + ("евич" if sex == "m" else "евна")
    return father + ("ович" if sex == "m" else "овна")


def _ended(stem: str, ov: str, ova: str, ev: str, eva: str, sex: str) -> str:
    """The surname of a stem: a vowel or a soft sound takes the softer ending."""
    soft = stem[-1].lower() in "aeiouyаеёиоуыэюяйіө"
    trimmed = stem[:-1] if stem.endswith(("й", "ai")) else stem
    return trimmed + ((ev if soft else ov) if sex == "m" else (eva if soft else ova))


def _national(
    country: str,
    sex: str,
    given: tuple[str, str, str],
    stem: tuple[str, str, str],
    father: tuple[str, str, str],
    random_: random.Random,
) -> str:
    own, family, by_father = given[0], stem[0], father[0]
    if country == "KZ":
        return f"{_ended(family, 'ов', 'ова', 'ев', 'ева', sex)} {own} {by_father}{'ұлы' if sex == 'm' else 'қызы'}"
    if country == "KG":
        if random_.random() < 0.5:
            return f"{family} {'уулу' if sex == 'm' else 'кызы'} {own}"
        return f"{_ended(family, 'ов', 'ова', 'ев', 'ева', sex)} {own}"
    if country == "TJ":
        if random_.random() < 0.5:
            return f"{family}зода {own} {_patronymic(by_father, sex)}"
        return f"{_ended(family, 'ов', 'ова', 'ев', 'ева', sex)} {own} {_patronymic(by_father, sex)}"
    if country == "TM":
        return f"{_ended(family.removesuffix('ow'), 'ow', 'owa', 'ew', 'ewa', sex)} {own}"
    return f"{_ended(family, 'ov', 'ova', 'yev', 'yeva', sex)} {own} {by_father} {'oʻgʻli' if sex == 'm' else 'qizi'}"
