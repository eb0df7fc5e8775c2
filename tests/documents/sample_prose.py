"""The long texts of the design sample, in both languages. Everything in them is invented."""

from __future__ import annotations

DELEGATION = {
    "en": """Dear readers,

This issue appears at the middle of the programme, and the middle is a good place to look both ways. Behind us lie
186 activities in five countries. Ahead lie eighteen months in which what was learned has to become what is done.

We have asked the partner services a simple question: of the recommendations that you received, which have you
taken into your practice? Two out of three have answered. Their answers are honest, and some of them are critical.
They are the most useful reading that has reached my desk this year.

Cooperation on borders is patient work. It shows in a document that is read in two minutes rather than twenty, in a
lorry that waits an hour rather than a day, in an officer who knows the name of the colleague across the line. None
of this makes headlines, and all of it makes the region safer.

My thanks go to the services of all five countries for their time, their frankness and their hospitality.
""",
    "ru": """Дорогие читатели!

Этот выпуск выходит в середине программы, а середина — хорошее место, чтобы посмотреть в обе стороны. Позади 186
мероприятий в пяти странах. Впереди полтора года, за которые изученное должно стать повседневной практикой.

Мы задали ведомствам-партнёрам простой вопрос: какие из полученных рекомендаций вы внедрили? Двое из трёх уже
ответили. Ответы честные, а некоторые — критические. Ничего полезнее в этом году на мой стол не ложилось.

Сотрудничество на границах — терпеливая работа. Её видно по документу, который проверяют за две минуты, а не за
двадцать, по грузовику, который ждёт час, а не сутки, по офицеру, который знает по имени коллегу по ту сторону
линии. Об этом не пишут на первых полосах, но именно это делает регион безопаснее.

Благодарю ведомства всех пяти стран за время, откровенность и гостеприимство.
""",
}

MANAGER = {
    "en": """Dear reader,

Our tenth issue is shorter than the ninth and says more. We have taken out what you told us you skip, and put the
figures first: every one of them can be followed on our site down to the record behind it.

Three things stand out in this quarter. **National trainers** led five of the twenty-four activities, more than in
the whole first year. **Procurement** has passed its hardest stretch: seven lots of twelve are under contract, and
three are already in the hands of the services. And in the border districts **nine projects** have begun their
work.

Not everything went to plan. Two workshops were postponed, one at the request of the host and one because we were
late with the papers. Both stand in the calendar on page 9, and both will take place.

I hope you will find in these pages what you need, and write to us about what you miss.
""",
    "ru": """Уважаемый читатель!

Наш десятый выпуск короче девятого, но говорит больше. Мы убрали то, что вы, по вашим словам, пролистываете, и
поставили на первое место показатели: за каждым из них на нашем сайте можно дойти до исходной записи.

Три вещи отличают этот квартал. **Национальные тренеры** провели пять мероприятий из двадцати четырёх — больше, чем
за весь первый год. **Закупки** прошли самый трудный участок: по семи лотам из двенадцати заключены контракты, а
три уже переданы ведомствам. И в приграничных районах начали работу **девять проектов**.

Не всё шло по плану. Два семинара перенесены: один — по просьбе принимающей стороны, другой — из-за того, что мы
опоздали с материалами. Оба есть в календаре на странице 9, и оба состоятся.

Надеюсь, вы найдёте здесь то, что вам нужно, и напишете нам о том, чего не хватает.
""",
}

HIGHLIGHTS = [
    {
        "en": """Two workshops on the authenticity of travel documents were led by trainers whom the programme had
certified a year earlier. A trainer from Kazakhstan taught management skills in Dushanbe, and a session on
profiling reached officers of the whole region online. The exchange follows the plan that the training
institutions agreed in March.

In Kyrgyzstan the strategy of integrated border management is being renewed; the workshop in May gave its authors a
common draft. Tajik and Kyrgyz services tested their plans for a sudden influx of people.
""",
        "ru": """Два семинара о подлинности проездных документов провели тренеры, которых программа аттестовала
годом ранее. Тренер из Казахстана обучал управленческим навыкам в Душанбе, а занятие по профилированию прошло
онлайн для офицеров всего региона. Обмен идёт по плану, согласованному учебными заведениями в марте.

В Кыргызстане обновляется стратегия интегрированного управления границами; майский семинар дал её авторам общий
проект. Таджикские и кыргызские службы проверили свои планы на случай внезапного притока людей.
""",
    },
    {
        "en": """With workshops in Tashkent and Almaty the series on cross-border crime is complete: investigators
of all five countries have worked through the same cases, from the first sign at the border to the file that
stands in court. What they found difficult went into a short guide of twelve pages.

Dog handlers trained the search of cargo on real lorries, with the customs of two countries side by side.
""",
        "ru": """Семинары в Ташкенте и Алматы завершили цикл о трансграничной преступности: следователи всех пяти
стран разобрали одни и те же дела — от первого признака на границе до материалов, которые выдерживают суд. То,
что оказалось трудным, вошло в краткое руководство на двенадцати страницах.

Кинологи отрабатывали досмотр на настоящих грузовиках; рядом работали таможенники двух стран.
""",
    },
    {
        "en": """What must a customs officer be able to do, and how does one know? After three regional workshops
there is a draft that all five administrations can use for their training. Trainers from Kazakhstan taught risk
management in Ashgabat; colleagues from Uzbekistan shared in Bishkek how they read scanned images.

The learning platform for veterinary and phytosanitary services opened its first two courses.
""",
        "ru": """Что должен уметь сотрудник таможни и как это проверить? После трёх региональных семинаров есть
проект, который все пять администраций могут положить в основу обучения. Тренеры из Казахстана преподавали
управление рисками в Ашхабаде; коллеги из Узбекистана показали в Бишкеке, как читать снимки сканирования.

На учебной платформе для ветеринарных и фитосанитарных служб открылись первые два курса.
""",
    },
    {
        "en": """A study visit showed Kyrgyz officials how other states keep in touch with their citizens abroad.
In Tashkent the migration services of three countries compared how they prepare people for work in another
country, and found that they print the same leaflet three times.

In Batken forty teachers, nurses and village heads learned to give first psychological support.
""",
        "ru": """Ознакомительный визит показал кыргызским специалистам, как другие государства поддерживают связь
со своими гражданами за рубежом. В Ташкенте миграционные службы трёх стран сравнили, как они готовят людей к
работе в другой стране, — и обнаружили, что трижды печатают одну и ту же памятку.

В Баткене сорок учителей, медсестёр и глав сёл учились оказывать первую психологическую помощь.
""",
    },
]

STORY = {
    "en": """The river is forty metres wide at this place, and for as long as the pupils can remember nobody
has crossed it except the cattle. On the southern bank stands a school with a leaking roof and an excellent
choir; on the northern bank stands another, with a new roof and no water in the dry months.

In March the parents’ committees of both met for the first time, in a hall halfway along the road that goes round
by the bridge. They had been invited to talk about safety. They talked about trees. The southern school had
seedlings from a nursery that the forestry service had closed; the northern one had land that nobody used.

## One plan for two gardens

The project is small even for a small grant: two gardens, each with apricots, walnuts and a row of poplars against
the wind; one pump; twelve lessons that the biology teachers wrote together, in two languages. On four Saturdays
the classes worked at the same hour, on both sides, and waved.

In May the border services agreed to open the old cattle bridge for a morning. A hundred and ten children walked
over it with their spades, under the eyes of four officers who had brought sweets. “We had looked at each other’s
lights for years,” says the head of the northern school. “Now I know which of them is the kitchen of a friend.”

What remains when the grant ends? The pump belongs to the municipality, and its electricity is in the budget of
next year. The lessons are in the programme of both schools. And the officers have asked for a key to the bridge,
so that it can be opened again in October, when the first apricots are dried.
""",
    "ru": """Река в этом месте шириной сорок метров, и, сколько помнят ученики, никто, кроме скота, её не
переходил. На южном берегу стоит школа с протекающей крышей и прекрасным хором, на северном — другая, с новой
крышей, но без воды в сухие месяцы.

В марте родительские комитеты обеих школ впервые встретились — в зале на полпути вдоль дороги, которая идёт в
объезд через мост. Их пригласили поговорить о безопасности. Говорили о деревьях. У южной школы были саженцы из
питомника, который закрыло лесничество, у северной — земля, которой никто не пользовался.

## Один план на два сада

Проект невелик даже для малого гранта: два сада с абрикосами, орехами и рядом тополей от ветра; один насос;
двенадцать уроков, которые учителя биологии написали вместе на двух языках. Четыре субботы классы работали в один и
тот же час по обе стороны реки и махали друг другу.

В мае пограничные службы согласились открыть на одно утро старый мост для скота. Сто десять детей прошли по нему с
лопатами под присмотром четырёх офицеров, которые принесли конфеты. «Мы годами смотрели на огни друг друга, —
говорит директор северной школы. — Теперь я знаю, который из них горит на кухне друга».

Что останется, когда грант закончится? Насос принадлежит местной администрации, электричество для него заложено в
бюджет следующего года. Уроки вошли в программу обеих школ. А офицеры попросили ключ от моста, чтобы снова открыть
его в октябре, когда высушат первые абрикосы.
""",
}
