"""Declines Kazakh names on their last word, by rule."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Final

from kzpress.glossary.model import POSSESSED, Case

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CASES: Final = (Case.NOM, Case.GEN, Case.DAT, Case.ACC, Case.LOC, Case.ABL, Case.INS, Case.ATTR)


class Ending(Enum):
    """The class of a word's last sound, which chooses the first consonant of a suffix."""

    VOWEL = "vowel"
    NASAL = "nasal"
    SONORANT = "sonorant"
    FRICATIVE = "fricative"
    VOICELESS = "voiceless"


Sound = tuple[bool, Ending]  # whether a word's suffixes have front vowels, and how its stem ends

_BACK: Final = frozenset("аоұыяёю")
_FRONT: Final = frozenset("әөүіеэ")
_VOWELS: Final = _BACK | _FRONT | frozenset("иу")
_BY_LETTER: Final = (
    dict.fromkeys(_VOWELS, Ending.VOWEL)
    | dict.fromkeys("мнң", Ending.NASAL)
    | dict.fromkeys("лрйиу", Ending.SONORANT)  # final и, у are read -ій, -ұу: Делидің, оқудың
    | dict.fromkeys("зж", Ending.FRICATIVE)
)  # all others are voiceless; б, в, г, д are, at the end of a loan: Мадридке, клубқа


def _by_ending(*pairs: str) -> Mapping[Ending, tuple[str, str]]:
    """Return, for each ending, the suffixes after a back and a front vowel."""
    return {ending: (back, front) for ending, (back, front) in zip(Ending, map(str.split, pairs), strict=True)}


_PLAIN: Final = {
    Case.GEN: _by_ending("ның нің", "ның нің", "дың дің", "дың дің", "тың тің"),
    Case.DAT: _by_ending("ға ге", "ға ге", "ға ге", "ға ге", "қа ке"),
    Case.ACC: _by_ending("ны ні", "ды ді", "ды ді", "ды ді", "ты ті"),
    Case.LOC: _by_ending("да де", "да де", "да де", "да де", "та те"),
    Case.ABL: _by_ending("дан ден", "нан нен", "дан ден", "дан ден", "тан тен"),
    Case.INS: _by_ending("мен мен", "мен мен", "мен мен", "бен бен", "пен пен"),
}
_AFTER_POSSESSIVE: Final = {
    Case.GEN: ("ның", "нің"),
    Case.DAT: ("на", "не"),
    Case.ACC: ("н", "н"),
    Case.LOC: ("нда", "нде"),
    Case.ABL: ("нан", "нен"),
    Case.INS: ("мен", "мен"),
}
_FRONT_LOAN: Final = re.compile(r"[нрсл]к$|кт$|[ру]г$|нг$")  # банк, Минск, пакт, Люксембург
_HELPING_VOWEL: Final = re.compile(r"(?:кт|ск|фт|(?<!ифи)нг)$")  # пактіге, Минскіде, but брифингке
_SURNAME: Final = re.compile(r"(.*[^оеё])[оеё]в$")  # Тоқаевтың: the harmony of the stem before -ев
_CHAINED: Final = re.compile(r"(?<=\w[ыі])(н[ыі]ң)(?= .*[ыі]$)")
_PATRONYMIC: Final = ("ұлы", "қызы")  # "his son", "her daughter": possessed, so Кемелұлына
# Abbreviations that are not read letter by letter.
_READ_OTHERWISE: Final[Mapping[str, Sound]] = {
    "АҚШ": (False, Ending.VOICELESS),
    "ҚР": (False, Ending.VOWEL),  # read out as Республикасы: ҚР-ның
    "ҚХР": (False, Ending.VOWEL),
    "ЮНИСЕФ": (True, Ending.VOICELESS),  # read as words: ЮНИСЕФ-тің, ТҮРКСОЙ-дың
    "ТҮРКСОЙ": (False, Ending.SONORANT),
}
# How the Latin letters of foreign names are heard, for the harmony and the consonant of a suffix: Kazinform-ның.
_HEARD: Final = str.maketrans("abcdefghijklmnopqrstuvwxyz", "абкдефгхижклмнопкрстувусиз")
_LATIN_WORD: Final = re.compile(r"(?=[A-Z]*[AEIOUY])[A-Z]{6,}")  # KAZAKH INVEST-ке: a word in capitals
_CLOSING: Final = "»\"”')"


def decline(name: str, *, possessed: bool | None = None) -> Mapping[str, str]:
    """Return the seven cases of ``name`` and the attributive; ``possessed`` None: seen from the last word.

    A name that is not possessed also has its possessed forms, keyed ``poss-nom`` and so on.
    """
    head, word, tail = _last_word(name)
    if is_abbreviation(word) and not _LATIN_WORD.fullmatch(word):
        sound = _READ_OTHERWISE.get(word, (is_front(word), _ending_of_abbreviation(word)))
        return {case: f"{head}{_suffixed(word, case, sound, '-')}{tail}" for case in CASES}
    if word.isascii():
        heard = word.lower().translate(_HEARD)
        sound = is_front(heard), ending_of(heard)
        return {case: f"{head}{_suffixed(word, case, sound, '-')}{tail}" for case in CASES}
    if possessed is None:
        possessed = is_possessed(name)
    if possessed:
        return {case: f"{head}{_possessed_case(word, case)}{tail}" for case in CASES}
    sound = is_front(word), ending_of(word)
    table: dict[str, str] = {case: f"{head}{_suffixed(word, case, sound)}{tail}" for case in CASES}
    owned = possess(word)
    return table | {POSSESSED + case: f"{head}{_possessed_case(owned, case)}{tail}" for case in CASES}


def decline_person(name: str) -> Mapping[str, str]:
    """Return the cases of a person's name; a surname in -ов, -ев takes the harmony of its stem (Тоқаевтың)."""
    head, word, tail = _last_word(name)
    if word.lower().endswith(_PATRONYMIC):
        return {case: f"{head}{_possessed_case(word, case)}{tail}" for case in CASES}
    surname = _SURNAME.match(word.lower())
    front = word.lower().endswith("ин") or is_front(surname[1] if surname else word)  # Қариннің, for all its қ
    sound = front, ending_of(word)
    return {case: f"{head}{_suffixed(word, case, sound)}{tail}" for case in CASES}


def suffixes() -> Mapping[str, Case]:
    """Return every suffix of a case, whatever its harmony, but for the accusative's lone н."""
    found = {
        suffix: case
        for case, plain in _PLAIN.items()
        for pair in (*plain.values(), _AFTER_POSSESSIVE[case])
        for suffix in pair
        if len(suffix) > 1
    }
    locative = [suffix for suffix, case in found.items() if case is Case.LOC]
    return found | {suffix + ("гі" if is_front(suffix) else "ғы"): Case.ATTR for suffix in locative}


def recognise(name: str, *, person: bool) -> Iterator[tuple[str, str]]:
    """Yield pairs of case and form beyond those written.

    These are other readings of an abbreviation, a surname's harmony, and names in a chain of genitives, where theirs
    is dropped: министрінің орынбасары, министрі орынбасарының сапары.
    """
    head, word, tail = _last_word(name)
    if not person and not is_abbreviation(word):
        for genitive in _CHAINED.finditer(name):
            chained = name[: genitive.start(1)] + name[genitive.end(1) :]
            yield from ((case, form) for case, form in decline(chained).items() if case is not Case.NOM)
        return
    endings = (ending_of(word),) if person else tuple(Ending)
    joints = ("",) if person else ("-", "")
    for case in CASES[1:]:
        for front in (False, True):
            for ending in endings:
                for joint in joints:
                    yield case, f"{head}{_suffixed(word, case, (front, ending), joint)}{tail}"


def is_possessed(name: str) -> bool:
    """Tell whether the last word has the possessive ending, as heads of compound names do (министрлігі, ұйымы).

    Single words (Алматы) and agents in -шы, -ші (хатшы, елші) are not possessed.
    """
    _, word, _ = _last_word(name)
    return " " in name and word.lower().endswith(("ы", "і")) and not word.lower().endswith(("шы", "ші"))


def is_abbreviation(word: str) -> bool:
    """Tell whether ``word`` is written in capitals throughout."""
    return len(word) > 1 and word.isupper()


def is_front(word: str) -> bool:
    """Tell whether suffixes of ``word`` have front vowels, by its last decisive vowel."""
    lowered = word.lower()
    if lowered.endswith("ь") or _FRONT_LOAN.search(lowered):  # Брюссель
        return True
    neutral = ""
    for i in range(len(lowered) - 1, -1, -1):
        letter = lowered[i]
        if letter in _FRONT:
            return True
        if letter in _BACK:
            # Loans in -и- are front after a back vowel (Париж, Берлин, Мамин), native words with қ, ғ are not.
            return "и" in neutral and not {"қ", "ғ"} & set(lowered) and not lowered.endswith("х")
        if letter in "иу" and not (i and lowered[i - 1] in _VOWELS):
            neutral += letter
    return "и" in neutral and (neutral.startswith("и") or "у" not in neutral)


def ending_of(word: str) -> Ending:
    """Return the class of the last sound of ``word``."""
    return _BY_LETTER.get(word.lower().rstrip("ьъ")[-1:], Ending.VOICELESS)


def possess(word: str) -> str:
    """Return ``word`` with the third person's possessive ending: министрлік, министрлігі; бюро, бюросы."""
    lowered, front = word.lower(), is_front(word)
    if ending_of(word) is Ending.VOWEL:
        return word + ("сі" if front else "сы")
    if lowered.endswith("ь"):
        return word[:-1] + "і"
    if lowered.endswith(("кт", "фт")):
        return word + "ісі"
    if lowered.endswith(("кс", "нг")):  # кодексі, рейтингі
        return word + "і"
    if lowered.endswith("ст"):  # журналист, журналисі
        word = word[:-1]
    elif lowered[-1] in "кқ" and lowered[-2:-1] in _VOWELS:  # п stays in loans: этапы
        word = word[:-1] + {"к": "г", "қ": "ғ"}[lowered[-1]]
    return word + ("і" if front else "ы")


def _last_word(name: str) -> tuple[str, str, str]:
    """Split ``name`` into what precedes its last word, the word, and closing quotes after it."""
    word = name.rstrip(_CLOSING)
    tail = name[len(word) :]
    head, space, word = word.rpartition(" ")
    return head + space, word, tail


def _ending_of_abbreviation(word: str) -> Ending:
    # Letters are read by name: эм, эн, эл, эр end in their sound, all others in a vowel.
    letter = word[-1:].lower()
    return _BY_LETTER[letter] if letter in "мнлр" else Ending.VOWEL


def _suffixed(word: str, case: Case, sound: Sound, joint: str = "") -> str:
    if case is Case.NOM:
        return word
    if case is Case.ATTR:
        return _suffixed(word, Case.LOC, sound, joint) + ("гі" if sound[0] else "ғы")
    if not joint and _HELPING_VOWEL.search(word.lower()):
        word, sound = word + "і", (True, Ending.VOWEL)
    front, ending = sound
    return word + joint + _PLAIN[case][ending][front]


def _possessed_case(word: str, case: Case) -> str:
    if case is Case.NOM:
        return word
    front = is_front(word)
    if case is Case.ATTR:
        return word + _AFTER_POSSESSIVE[Case.LOC][front] + ("гі" if front else "ғы")
    return word + _AFTER_POSSESSIVE[case][front]
