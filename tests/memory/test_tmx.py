"""TMX: out and in without loss, in from others with what was lost told, and nothing that a file could do harm with."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from translate.storage import tmx  # another program's reader

from kzpress.domain import Lang, Remembered
from kzpress.errors import ExchangeError
from kzpress.memory import read_tmx, write_tmx

TALKS = Remembered(
    source="The “talks” took 12 days & <nights>.",
    text="«Переговоры» заняли 12 дней & <ночей>.",
    source_lang=Lang.EN,
    lang=Lang.RU,
    origin="2023-05-12-talks",
    kind="body",
    by="Алия Сапарова",
    date=dt.date(2023, 5, 12),
)
HEADLINE = Remembered(source="Кездесу өтті", text="Встреча состоялась", source_lang=Lang.KK, lang=Lang.RU, origin="m")
FOREIGN = """<?xml version="1.0"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="en-US" segtype="sentence"/><body>
<tu tuid="1" changeid="petrov" changedate="20220301T101500Z">
  <tuv xml:lang="en-US">
     <seg>The <bpt i="1">&lt;b&gt;</bpt>sides<ept i="1">&lt;/b&gt;</ept> met <hi>again</hi>.</seg></tuv>
  <tuv xml:lang="ru-RU"><seg>Стороны снова
     встретились<ph>{1}</ph>.</seg></tuv>
  <tuv xml:lang="kk-KZ"><seg>Тараптар қайта кездесті.</seg></tuv>
  <tuv xml:lang="kk-Latn-KZ"><seg>Taraptar qaita kezdesti.</seg></tuv>
  <tuv xml:lang="de"><seg>Die Seiten trafen sich.</seg></tuv>
</tu>
<tu><tuv xml:lang="en"><seg>Alone.</seg></tuv></tu>
<tu srclang="fr"><tuv xml:lang="en"><seg>Far.</seg></tuv><tuv xml:lang="ru"><seg>Далеко.</seg></tuv></tu>
<tu srclang="*all*"><tuv xml:lang="en"><seg>Thanks.</seg></tuv><tuv xml:lang="ru"><seg>Спасибо.</seg></tuv></tu>
</body></tmx>
"""


def test_what_is_written_comes_back_and_the_same_twice() -> None:
    data = write_tmx([TALKS, HEADLINE, TALKS])
    read = read_tmx(data, where="x.tmx", origin="tm/x.tmx")
    assert read.found == (TALKS, HEADLINE)
    assert not read.lost
    assert write_tmx(read.found) == data


def test_another_program_reads_what_is_written(tmp_path: Path) -> None:
    path = tmp_path / "out.tmx"
    path.write_bytes(write_tmx([TALKS, HEADLINE]))
    reader: Any = tmx.tmxfile
    store = reader.parsefile(str(path))
    assert [(unit.source, unit.target) for unit in store.units] == [
        (TALKS.source, TALKS.text),
        (HEADLINE.source, HEADLINE.text),
    ]


def test_what_another_program_writes_is_read() -> None:
    store = tmx.tmxfile()
    store.setsourcelanguage("en")
    store.addtranslation("The sides met.", "en", "Стороны встретились.", "ru")
    (one,) = read_tmx(bytes(store), where="x.tmx", origin="tm/x.tmx").found
    assert (one.source, one.text, one.source_lang, one.lang) == (
        "The sides met.",
        "Стороны встретились.",
        Lang.EN,
        Lang.RU,
    )


def test_variants_of_our_languages_are_taken_without_codes_and_the_rest_is_told() -> None:
    read = read_tmx(FOREIGN.encode(), where="x.tmx", origin="tm/x.tmx")
    assert [(one.source_lang, one.lang, one.source, one.text) for one in read.found] == [
        (Lang.EN, Lang.RU, "The sides met again.", "Стороны снова встретились."),
        (Lang.EN, Lang.KK, "The sides met again.", "Тараптар қайта кездесті."),
        (Lang.EN, Lang.RU, "Thanks.", "Спасибо."),
        (Lang.RU, Lang.EN, "Спасибо.", "Thanks."),
    ]
    first = read.found[0]
    assert (first.by, first.date, first.origin) == ("petrov", dt.date(2022, 3, 1), "tm/x.tmx")
    assert read.lost == {
        "inline <bpt>": 1,
        "inline <ept>": 1,
        "inline <hi>": 1,
        "inline <ph>": 1,
        "language de": 1,
        "language kk-Latn-KZ": 1,
        "source language fr": 1,
        "unit without a pair of our languages": 1,
    }


def test_utf_16_is_read_as_it_says() -> None:
    data = FOREIGN.replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-16"?>').encode("utf-16")
    assert len(read_tmx(data, where="x.tmx", origin="tm/x.tmx").found) == 4


def test_a_sentence_with_an_entity_that_nobody_declares_is_left_out_and_told() -> None:
    data = FOREIGN.replace("Спасибо.", "Спасибо&nbsp;вам.")
    read = read_tmx(data.encode(), where="x.tmx", origin="tm/x.tmx")
    assert [one.lang for one in read.found] == [Lang.RU, Lang.KK]
    assert read.lost["entity that is not declared"] == 1


BOMB = '<!DOCTYPE tmx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><tmx><body>&b;</body></tmx>'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (BOMB.encode(), "declares XML entities"),
        (BOMB.encode("utf-16"), "declares XML entities"),
        (b'<!DOCTYPE tmx [<!ENTITY f SYSTEM "file:///etc/passwd">]><tmx>&f;</tmx>', "declares XML entities"),
        (b"<tmx><body><tu>", "is damaged"),
        (b"no xml", "is damaged"),
        (b"", "is damaged"),
        (b"<xliff version='1.2'/>", "is XML, but no TMX"),
    ],
)
def test_what_cannot_be_taken_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ExchangeError, match=message):
        read_tmx(data, where="x.tmx", origin="tm/x.tmx")


def test_what_xml_cannot_hold_is_replaced() -> None:
    odd = Remembered(source="a\x0cb", text="в\x00г", source_lang=Lang.EN, lang=Lang.RU, origin="x")
    (one,) = read_tmx(write_tmx([odd]), where="x.tmx", origin="").found
    assert (one.source, one.text) == ("a\ufffdb", "в\ufffdг")
