"""Number, unit, hedge, period and kind in three languages, one row a construction."""

from __future__ import annotations

import pytest

from irtysh.vocabulary.codelists import codelist
from tests.evaluation.extraction.found import found, numbers

# language | sentence | number value unit power hedge kind period base; several with a slash.
NUMBERS = """
ru | В 2021 г. оборот превысил 380 млн долл. | 380 380 USD 6 over level 2021 -
ru | Оборот составил около 150 тыс. т. | 150 150 T 3 about level - -
ru | В 2022 году экспорт вырос на 8,4% к 2021 г. | 8,4 8,4 PC 0 none change 2022 2021
ru | Импорт сократился на 34 % по сравнению с предыдущим годом в 2016 г. | 34 -34 PC 0 none change 2016 2015
ru | Доля экспорта составила 62,2 процента. | 62,2 62,2 PC 0 none share - -
ru | На зерно приходится не менее 40% вывоза. | 40 40 PC 0 at_least share - -
ru | Менее 5% от оборота дают прочие. | 5 5 PC 0 under share - -
ru | Доля выросла на 2,2 п. п. в 2022 г. | 2,2 2,2 PP 0 none change 2022 -
ru | Экспорт упал вдвое. | вдвое -2 RATIO 0 fraction change - -
ru | Экспорт вырос в 3 раза. | 3 3 RATIO 0 fraction change - -
ru | Почти треть вывоза дают машины. | треть 0.333333 RATIO 0 almost share - -
ru | Казахстан занимает 1-е место. | 1 1 PLACE 0 none rank - -
ru | Традиционно Китай занимает второе место. | второе 2 PLACE 0 traditionally rank - -
ru | Действуют 134 организации. | 134 134 NUM 0 none count - -
ru | Более шести крупных представительств открыты. | шести 6 NUM 0 over count - -
ru | Планируется увеличить закупки до 17 тыс. т. | 17 17 T 3 none target - -
ru | Пропускают до 500 машин. | 500 500 NUM 0 at_most count - -
ru | Вложено 2,7 млрд евро на конец 2022 года. | 2,7 2,7 EUR 9 none level 2022-12-31 -
ru | За первое полугодие 2023 г. ввоз вырос на 5%. | 5 5 PC 0 none change 2023-S1 -
ru | За девять месяцев 2023 г. ввезли 7 тыс. т. | 7 7 T 3 none level 2023-01/2023-09 -
ru | В январе–марте 2023 г. ввезли 7 тыс. тонн. | 7 7 T 3 none level 2023-01/2023-03 -
ru | Во II квартале 2023 года ввезли 1 240 т. | 1 240 1240 T 0 none level 2023-Q2 -
ru | Граница длиной более 1 тыс. км. | 1 1 KM 3 over level - -
ru | Снизилась на 20–25%. | 20 -20 PC 0 none change - - / 25 -25 PC 0 none change - -
ru | Живут 48 тыс. жителей. | 48 48 PERS 3 none level - -
ru | Ждут 6 часов. | 6 6 - 0 none level - -
kk | 2021 жылы айналым 380 млн доллардан асты. | 380 380 USD 6 over level 2021 -
kk | Айналым шамамен 150 мың тоннаны құрады. | 150 150 T 3 about level - -
kk | 2022 жылы экспорт 2021 жылмен салыстырғанда 8,4 %-ға өсті. | 8,4 8,4 PC 0 none change 2022 2021
kk | 2016 жылы импорт 34 пайызға төмендеді. | 34 -34 PC 0 none change 2016 -
kk | Экспорттың үлесі 62,2 пайыз болды. | 62,2 62,2 PC 0 none share - -
kk | Астыққа экспорттың кемінде 40 %-ы тиесілі. | 40 40 PC 0 at_least share - -
kk | Үлесі 5 пайызға дейін жетеді. | 5 5 PC 0 at_most share - -
kk | Сауда 20–25 пайызға төмендеді. | 20 -20 PC 0 none change - - / 25 -25 PC 0 none change - -
kk | Үлес 2,2 пайыздық тармаққа өсті. | 2,2 2,2 PP 0 none change - -
kk | Кәсіпорындар саны екі есе өсті. | екі есе 2 RATIO 0 fraction change - -
kk | Экспорттың үштен бірі машиналар. | үштен бірі 0.333333 RATIO 0 fraction share - -
kk | Қазақстан 1-орында тұр. | 1 1 PLACE 0 none rank - -
kk | Қытай екінші орында. | екінші 2 PLACE 0 none rank - -
kk | Өңірде 140 кәсіпорын жұмыс істейді. | 140 140 NUM 0 none count - -
kk | Алтыдан астам өкілдік ашылды. | Алтыдан 6 NUM 0 over count - -
kk | 2025 жылға қарай 1 млрд долларға жеткізу жоспарланған. | 1 1 USD 9 none target 2025 -
kk | 2023 жылдың бірінші жартыжылдығында тасымал 5%-ға артты. | 5 5 PC 0 none change 2023-S1 -
kk | 2023 жылғы қаңтар–наурызда 7 мың тонна әкелінді. | 7 7 T 3 none level 2023-01/2023-03 -
kk | 2022 жылдың соңында 2,7 млрд еуро салынған. | 2,7 2,7 EUR 9 none level 2022-12-31 -
kk | Көпірден 48 мыңға жуық тұрғын өтеді. | 48 48 PERS 3 about level - -
en | In 2021 turnover exceeded 380 million dollars. | 380 380 USD 6 over level 2021 -
en | Exports were worth $1.2 billion in 2020. | 1.2 1.2 USD 9 none level 2020 -
en | Exports were worth EUR 7 million. | 7 7 EUR 6 none level - -
en | In 2022 exports rose by 8.4% on 2021. | 8.4 8.4 PC 0 none change 2022 2021
en | Imports fell 34 per cent compared with the previous year in 2016. | 34 -34 PC 0 none change 2016 2015
en | The share was 62.2 percent. | 62.2 62.2 PC 0 none share - -
en | Cereals make up no less than 40% of exports. | 40 40 PC 0 at_least share - -
en | It grew from 4.1% in 2018 to 6.3% in 2022. | 4.1 4.1 PC 0 none share 2018 - / 6.3 6.3 PC 0 none share 2022 -
en | The share rose by 2.2 percentage points. | 2.2 2.2 PP 0 none change - -
en | Shipments halved. | halved -0.5 RATIO 0 fraction change - -
en | The number of firms doubled. | doubled 2 RATIO 0 fraction change - -
en | Nearly one third of exports are machines. | one third 0.333333 RATIO 0 almost share - -
en | Mernia ranks second among partners. | second 2 PLACE 0 none rank - -
en | Some 2,500 small firms trade there. | 2,500 2500 NUM 0 about count - -
en | It is planned to open two new crossings. | two 2 NUM 0 none target - -
en | The port handles up to 150 thousand tonnes. | 150 150 T 3 at_most level - -
en | In the first half of 2023 freight rose by 5%. | 5 5 PC 0 none change 2023-S1 -
en | In the first eight months of 2023 it rose by 5%. | 5 5 PC 0 none change 2023-01/2023-08 -
en | In Q3 2023 we shipped 1,240 tonnes. | 1,240 1240 T 0 none level 2023-Q3 -
en | It contracted by between 20 and 25%. | 20 -20 PC 0 none change - - / 25 -25 PC 0 none change - -
"""  # noqa: E501
ROWS = [tuple(part.strip() for part in row.split("|")) for row in NUMBERS.strip().splitlines()]


@pytest.mark.parametrize(("language", "sentence", "wanted"), ROWS, ids=[row[1] for row in ROWS])
def test_numbers(language: str, sentence: str, wanted: str) -> None:
    assert [
        " ".join(
            [one.printed, one.value, one.unit or "-", str(one.unit_mult), one.hedge, one.kind,
             one.period or "-", one.base_period or "-"]
        )
        for one in numbers(sentence, language)
    ] == [one.strip() for one in wanted.split(" / ")]  # fmt: skip


NOTHING = """
ru | Закон принят 26.07.2017 № 179-ФЗ.
ru | Указом от 7 октября 2020 г. № 2577-р создан совет.
ru | См. раздел 3.2, рис. 4 и с. 44.
ru | Программа на период с 2018 по 2023 гг. действует.
ru | Стратегия до 2030 г. принята.
ru | Телефон +7 312 55-01-44.
ru | Сеялки СКП-2,1 и комплексы «Иртыш-10».
ru | Адрес https://example.org/12%/5км.
ru | Статья 5 закона и пункт 7 договора.
ru | Встретились в 14:30, 15. 02.2023 разошлись.
ru | Обе стороны и две страны согласны.
kk | Заң 2009 жылғы 14 наурызда № 112-З қабылданды.
kk | Есептің 3.2-бөлімін және 2-суретті қараңыз.
kk | 2021–2025 жылдарға арналған бағдарлама бар.
kk | Екі ел келісті.
en | Decree 45 of 1 June 2018 set up the council.
en | See section 3.2, p. 12 and Fig. 4.
en | As Smith (2019, p. 12) notes, trade matters.
en | The programme of 2021–2025 is in force.
en | Call +7 312 55-01-44 or see http://example.org/17.
en | The two countries agreed; both sides signed.
en | Law No. 112-Z of 14 March 2009 was amended.
"""
NONE = [tuple(part.strip() for part in row.split("|")) for row in NOTHING.strip().splitlines()]


@pytest.mark.parametrize(("language", "sentence"), NONE, ids=[row[1] for row in NONE])
def test_what_is_no_quantity(language: str, sentence: str) -> None:
    assert numbers(sentence, language) == []


CUES = """
ru | Рекордный уровень оборота объясняется ценами. | extremum argmax record / causal eq none
ru | Эта граница является самой длинной. | extremum argmax none
ru | Тенденции в торговле не поменялись. | trend unchanged none
ru | Объем продаж сохраняется на высоком уровне. | trend unchanged none
ru | Поставки сократились. | trend falls none
ru | Основными импортерами являются Китай и Турция. | composition listed none
ru | В структуре импорта преобладает нефть. | composition listed none
ru | Экспорт области доминирует над импортом. | rank gt none
ru | Ставится задача по увеличению товарооборота. | target eq none
ru | Реализуется множество крупных инвестиционных проектов. | count gt none
ru | Погода хорошая, рекорд по теплу. |
kk | 2022 жылғы деңгей рекордтық болды. | extremum argmax record
kk | Экспорт үрдісі өзгерген жоқ. | trend unchanged none
kk | Импорт тұрақты түрде төмендеді. | trend falls none
kk | Өсім баға арқасында болды. | causal eq none
kk | Экспортта машиналар басым. | composition listed none
en | The level of trade was a record. | extremum argmax record
en | Trends in trade have not changed. | trend unchanged none
en | Imports of timber fell steadily. | trend falls none
en | The growth was driven by prices. | causal eq none
en | The main exports are machines. | composition listed none
en | Exports still exceed imports. | rank gt none
"""
CUED = [tuple(part.strip() for part in row.split("|")) for row in CUES.strip().splitlines()]


@pytest.mark.parametrize(("language", "sentence", "wanted"), CUED, ids=[row[1] for row in CUED])
def test_statements_without_a_number(language: str, sentence: str, wanted: str) -> None:
    proposals = [f"{p.kind} {p.operator} {p.hedge}" for p in found(sentence, language)]
    assert proposals == [one.strip() for one in wanted.split(" / ") if one.strip()]


def test_a_period_is_inherited_within_its_paragraph_only() -> None:
    first, second = numbers(
        "В 2016 г. оборот вырос. Экспорт составил 5 млн долл.\n\nИмпорт составил 3 млн долл.", "ru"
    )
    assert (first.period, second.period) == ("2016", "")
    assert "period-inherited:2016" in first.reasons
    assert first.confidence < second.confidence


def test_now_is_not_the_year_before() -> None:
    (one,) = numbers("В 2016 г. оборот вырос. В настоящее время вывозят 5 тыс. т.", "ru")
    assert one.period == ""


def test_areas_goods_and_flow_are_found_in_any_form() -> None:
    (one,) = numbers("Экспорт зерна из Омской области в Казахстан составил 5 млн долл. США.", "ru")
    assert (one.areas, one.flow, one.commodity) == (("RU-OMS", "KZ"), "X", "10")
    (one,) = numbers("Ресейден Қазақстанға тыңайтқыштар импорты 5 млн АҚШ долларын құрады.", "kk")
    assert (one.areas, one.flow, one.commodity) == (("RU", "KZ"), "M", "31")
    (one,) = numbers("Imports of furniture from China reached 5 million US dollars.", "en")
    assert (one.areas, one.flow, one.commodity) == (("CN",), "M", "94")


def test_one_wrong_letter_in_a_long_name_is_noted() -> None:
    (one,) = numbers("Падение поставок пшеницы и маслин (на 73,9%) велико.", "ru")
    assert one.commodity == "10"
    assert "commodity-near:Пшеница и меслин" in one.reasons


def test_a_short_word_is_never_guessed() -> None:
    (one,) = numbers("Вывоз соды и щебня вырос на 5%.", "ru")
    assert not any(reason.startswith("commodity-near") for reason in one.reasons)


def test_every_code_is_in_its_list() -> None:
    for language, sentence, _ in [*ROWS, *CUED]:
        for one in found(sentence, language):
            assert one.kind in codelist("claim_kinds")
            assert one.operator in codelist("claim_operators")
            assert one.hedge in codelist("claim_hedges")
            assert not one.unit or one.unit in codelist("units")
            assert not one.flow or one.flow in codelist("flows")
