"""Sentences as they should not arrive: made from the test sets' own lines by rules, the same ones every time."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from kzpress.domain import BlockKind, Lang

LONG: Final = 120  # words of the long sentence
ALIKE: Final = ("aceopxyiTABCEHKMOPX", "асеорхуіТАВСЕНКМОРХ")
TO_PLAIN: Final = str.maketrans("әғқңөұүһіёйӘҒҚҢӨҰҮҺІЁЙ", "агкноуухиеиАГКНОУУХИЕИ")
EMOJI: Final = ("🎉", "✅", "📌", "😀", "🇰🇿", "➡️")
BULLETS: Final = ("• ", "- ", "– ", "* ", "1. ", "12) ", "■ ", "► ", "(3) ", "✓ ")
LETTERED: Final = {Lang.EN: "abcd", Lang.RU: "абвг", Lang.KK: "абвг"}
BAD_SCANS: Final = dict(zip("mhloпшнеқи", ("rn", "li", "1", "0", "л", "щ", "и", "с", "к", "н"), strict=True))
FIGURES: Final[dict[Lang, tuple[str, ...]]] = {
    Lang.EN: (
        "12 July 2021",
        "July 12, 2021",
        "1,250.5",
        "1,250.5 million tenge",
        "12.5%",
        "$3.4 bn",
        "No. 17",
        "10:30 a.m.",
        "2019-2021",
        "No later than 1 May 2024",
    ),
    Lang.RU: (
        "12 июля 2021 года",
        "12.07.2021",
        "1 250,5",
        "1 250,5 млн тенге",
        "12,5 %",
        "3,4 млрд долл. США",
        "№ 17",
        "в 10:30",
        "2019–2021 гг.",
        "Не позднее 1 мая 2024 года",
    ),
    Lang.KK: (
        "2021 жылғы 12 шілде",
        "12.07.2021",
        "1 250,5",
        "1 250,5 млн теңге",
        "12,5 %",
        "3,4 млрд АҚШ доллары",
        "№ 17",
        "сағат 10:30-да",
        "2019–2021 жж.",
        "2024 жылғы 1 мамырдан кешіктірмей",
    ),
}
ROWS: Final[dict[Lang, tuple[str, ...]]] = {
    Lang.EN: (
        "Indicator | 2020 | 2021 | Growth, %",
        "Exports, million US dollars | 1,250.5 | 1,310.2 | 4.8",
        "Total | 12 | 15 | 27",
        "No. | Full name | Position | Country",
    ),
    Lang.RU: (
        "Показатель | 2020 | 2021 | Рост, %",
        "Экспорт, млн долл. США | 1 250,5 | 1 310,2 | 4,8",
        "Итого | 12 | 15 | 27",
        "№ | Ф. И. О. | Должность | Страна",
    ),
    Lang.KK: (
        "Көрсеткіш | 2020 | 2021 | Өсім, %",
        "Экспорт, млн АҚШ доллары | 1 250,5 | 1 310,2 | 4,8",
        "Барлығы | 12 | 15 | 27",
        "№ | Аты-жөні | Лауазымы | Ел",
    ),
}
SHORT: Final[dict[Lang, tuple[str, ...]]] = {
    Lang.EN: (
        "UN, OSCE, CIS, SCO, EU",
        "MFA RK",
        "WTO / IMF / EBRD",
        "OSCE ODIHR",
        "CICA, OTS",
    ),
    Lang.RU: (
        "ООН, ОБСЕ, СНГ, ШОС, ЕС",
        "МИД РК",
        "ВТО / МВФ / ЕБРР",
        "БДИПЧ ОБСЕ",
        "СВМДА, ОТГ",
    ),
    Lang.KK: (
        "БҰҰ, ЕҚЫҰ, ТМД, ШЫҰ, ЕО",
        "ҚР СІМ",
        "ДСҰ / ХВҚ / ЕҚДБ",
        "ЕҚЫҰ ДИАҚБ",
        "АӨСШК, ТМҰ",
    ),
}
CLOSINGS: Final[dict[Lang, tuple[str, ...]]] = {
    Lang.EN: (
        "Best regards, Press Service",
        "Tel.: +7 (7172) 72-05-18, fax: +7 7172 72 05 16",
        "E-mail: press@mfa.example.kz, www.mfa.example.kz",
        "Sent from my phone",
        "-- \nPress Office, 12 Kunaev Street, Astana, 010000",
    ),
    Lang.RU: (
        "С уважением, пресс-служба",
        "Тел.: +7 (7172) 72-05-18, факс: 8 7172 72 05 16",
        "Эл. почта: press@mfa.example.kz, www.mfa.example.kz",
        "Отправлено с телефона",
        "-- \nПресс-служба, ул. Кунаева, 12, Астана, 010000",
    ),
    Lang.KK: (
        "Құрметпен, баспасөз қызметі",
        "Тел.: +7 (7172) 72-05-18, факс: 8 7172 72 05 16",
        "Эл. пошта: press@mfa.example.kz, www.mfa.example.kz",
        "Телефоннан жіберілді",
        "-- \nБаспасөз қызметі, Қонаев көшесі, 12, Астана, 010000",
    ),
}
NUMBERED: Final[dict[Lang, str]] = {
    Lang.EN: "The account number is {digits}.",
    Lang.RU: "Номер счета: {digits}.",
    Lang.KK: "Шот нөмірі: {digits}.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A text to translate; ``reference`` is a translation of what it was made from, "" if there is none."""

    noise: str
    source: Lang
    target: Lang
    text: str
    reference: str = ""
    kind: BlockKind = BlockKind.BODY


Rows = Sequence[dict[Lang, str]]
Rule = Callable[[str, Lang, Random], str]


def read(path: Path) -> list[dict[Lang, str]]:
    """Return a TSV file's lines by language; the file's name ends in its columns' languages.

    Raises:
        ValueError: the name does not, or a line has another number of columns.
    """
    langs = [Lang(code) for code in path.name.removesuffix(".tsv").rpartition(".")[2].split("-")]
    lines = path.read_text("utf-8").split("\n")
    return [dict(zip(langs, line.rstrip("\r").split("\t"), strict=True)) for line in lines if line.strip()]


def _title(text: str, _: Lang, rng: Random) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in text.rstrip(".").split(" ")[: rng.randint(6, 12)])


def _look_alikes(text: str, lang: Lang, rng: Random) -> str:
    latin, cyrillic = ALIKE
    table = str.maketrans(latin, cyrillic) if lang is Lang.EN else str.maketrans(cyrillic, latin)
    return "".join(ch.translate(table) if rng.random() < 0.4 else ch for ch in text)


def _doubled(text: str, _: Lang, rng: Random) -> str:
    crowded = re.sub(r"[.,!?;:]", lambda sign: sign[0] * rng.choice((1, 2, 3)), text.rstrip("."))
    return crowded + rng.choice(("!!!", "..", "???!", "......", " ,,"))


def _missing_quote(text: str, _: Lang, rng: Random) -> str:
    words = text.split(" ")
    at = rng.randrange(len(words))
    sign = rng.choice('«»“”"„')
    words[at] = rng.choice((sign + words[at], words[at] + sign))
    return " ".join(words)


def _misplaced_quotes(text: str, _: Lang, rng: Random) -> str:
    words = text.split(" ")
    for at in sorted(rng.sample(range(len(words)), k=min(len(words), rng.choice((2, 3, 4)))), reverse=True):
        words[at] = rng.choice(("« {}", "{}«", "«{}", "{} »", '"{}', "“ {}")).format(words[at])
    return " ".join(words)


def _listed(text: str, lang: Lang, rng: Random) -> str:
    mark = rng.choice((*BULLETS, f"{rng.choice(LETTERED[lang])}) "))
    body = text.rstrip(".")
    return mark + (body[0].lower() + body[1:] + ";" if rng.random() < 0.5 else text)


def _one_word(text: str, _: Lang, rng: Random) -> str:
    words: list[str] = re.findall(r"[^\W\d_]{3,}", text)
    return rng.choice(words)


def _repeated(text: str, _: Lang, rng: Random) -> str:
    words = text.split(" ")
    for at in sorted(rng.sample(range(len(words)), k=min(3, len(words))), reverse=True):
        words[at : at + 1] = [words[at]] * rng.choice((2, 2, 3))
    return " ".join(words)


def _digits(text: str, lang: Lang, rng: Random) -> str:
    digits = "".join(rng.choice(string.digits) for _ in range(rng.choice((9, 12, 16, 20, 34))))
    if rng.random() < 0.3:
        digits = "KZ" + digits
    return rng.choice((NUMBERED[lang].format(digits=digits), digits, f"{text.rstrip('.')} {digits}."))


def _emoji(text: str, _: Lang, rng: Random) -> str:
    words = text.split(" ")
    words.insert(rng.randrange(len(words)), rng.choice(EMOJI))
    return f"{rng.choice(EMOJI)} {' '.join(words)} {rng.choice(EMOJI) * rng.choice((1, 3))}"


def _scanned(text: str, _: Lang, rng: Random) -> str:
    return "".join(BAD_SCANS.get(ch, ch) if rng.random() < 0.12 else " " if rng.random() < 0.01 else ch for ch in text)


def _spaced(text: str, _: Lang, rng: Random) -> str:
    return re.sub(" ", lambda _space: rng.choice((" ", "  ", "\u00a0", "")), text)


# Each changes a line of a test set whose translation is known.
CHANGES: Final[dict[str, Rule]] = {
    "capitals": lambda text, *_: text.upper(),
    "title case": _title,
    "small letters": lambda text, *_: text.lower(),
    "plain letters": lambda text, *_: text.translate(TO_PLAIN),
    "look-alikes": _look_alikes,
    "doubled punctuation": _doubled,
    "quote unpaired": _missing_quote,
    "quotes misplaced": _misplaced_quotes,
    "list mark": _listed,
    "repeated words": _repeated,
    "emoji": _emoji,
    "bad scan": _scanned,
    "bad spaces": _spaced,
}
# Each makes something whose translation is not known.
PIECES: Final[dict[str, Rule]] = {
    "one word": _one_word,
    "figure or date": lambda _, lang, rng: rng.choice(FIGURES[lang]),
    "table row": lambda _, lang, rng: rng.choice(ROWS[lang]),
    "abbreviations": lambda _, lang, rng: rng.choice(SHORT[lang]),
    "signature": lambda _, lang, rng: rng.choice(CLOSINGS[lang]),
    "long digits": _digits,
}
KINDS: Final = (*CHANGES, *PIECES, "120 words", "two languages")


def items(rows: Rows, directions: Sequence[tuple[Lang, Lang]], count: int) -> Iterator[Item]:
    """Yield ``count`` noisy texts, spread evenly over kinds and directions; no text twice in one direction."""
    seen: set[tuple[Lang, Lang, str]] = set()
    made = turn = 0
    while made < count and turn < 20 * count:
        round_, place = divmod(turn, len(KINDS))
        noise = KINDS[place]
        source, target = directions[(place + round_) % len(directions)]
        item = _item(rows, noise, source, target, Random(f"{noise} {source} {target} {turn}"))
        turn += 1
        if (source, target, item.text) not in seen:
            seen.add((source, target, item.text))
            made += 1
            yield item


def _item(rows: Rows, noise: str, source: Lang, target: Lang, rng: Random) -> Item:
    row = rng.choice(rows)
    text, reference = row[source], row[target]
    if noise == "120 words":
        lines = [one[source] for one in rng.sample(rows, k=LONG)]
        return Item(noise=noise, source=source, target=target, text=_joined(lines))
    if noise == "two languages":
        words, others = text.split(" "), rng.choice(rows)[target].split(" ")
        text = " ".join((*words[: len(words) // 2], *others[len(others) // 2 :]))
        return Item(noise=noise, source=source, target=target, text=text)
    if noise in PIECES:
        return Item(noise=noise, source=source, target=target, text=PIECES[noise](text, source, rng))
    kind = BlockKind.HEADLINE if noise in {"capitals", "title case"} else BlockKind.BODY
    changed = CHANGES[noise](text, source, rng)
    known = "" if noise == "title case" else reference
    return Item(noise=noise, source=source, target=target, text=changed, reference=known, kind=kind)


def _joined(lines: Sequence[str]) -> str:
    """Join lines as the clauses of one sentence of LONG words."""
    clauses: list[str] = []
    for line in lines:
        bare = re.sub(r"[.!?…]+\s", ", ", line.rstrip('.!?…»”" '))
        clauses += [bare if not clauses else bare[0].lower() + bare[1:]]
        if sum(len(clause.split()) for clause in clauses) >= LONG:
            break
    return " ".join(", ".join(clauses).split()[:LONG]).rstrip(",;:") + "."
