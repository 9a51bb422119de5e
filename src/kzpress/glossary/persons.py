"""Names of people: gender, initials, and the declension of Russian given names and surnames by their endings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kzpress.domain import Lang
from kzpress.glossary.model import Case

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kzpress.glossary.model import Concept

_CASES: Final = (Case.NOM, Case.GEN, Case.DAT, Case.ACC, Case.INS, Case.LOC)
_VOWELS: Final = frozenset("аеёиоуыэюя")
_SIBILANTS: Final = frozenset("жшчщц")
_INITIALS: Final = re.compile(r"(?:\w{1,2}\.(?:\s|-)?)+(?=\w)")
_DIGRAPHS: Final = ("Zh", "Kh", "Sh", "Ts")  # one Kazakh or Russian letter each, so one initial: Zh. Turmagambetova

# What replaces the last ``cut`` letters in each case. The first ending that fits decides.
_Rule = tuple[str, int, str]  # ending, letters cut, endings of the six cases
_SURNAMES: Final[Mapping[str, tuple[_Rule, ...]]] = {
    "m": (
        ("ых|их", 0, "- - - - - -"),
        ("кий|гий|хий", 2, "ий ого ому ого им ом"),
        ("жий|ший|чий|щий", 2, "ий его ему его им ем"),
        ("ый", 2, "ый ого ому ого ым ом"),
        ("ной|той|лой|вой|дой|сой|мой|шой|жой|кой|гой", 2, "ой ого ому ого ым ом"),  # Цой is a noun: Цоя
        ("ов|ев|ёв|ин|ын", 0, "- а у а ым е"),
    ),
    "f": (
        ("ых|их", 0, "- - - - - -"),
        ("жая|шая|чая|щая", 2, "ая ей ей ую ей ей"),
        ("ая", 2, "ая ой ой ую ой ой"),
        ("ова|ева|ёва|ина|ына", 1, "а ой ой у ой ой"),
    ),
}
_PATRONYMIC: Final = re.compile(r"\w{3,}(?:вич|вна|ична|ұлы|қызы|улы|кызы|vich|vna|uly|kyzy)")
_FLEETING: Final = {"Павел": "Павл", "Лев": "Льв"}


def gender(concept: Concept) -> str:
    """Return ``f`` or ``m``: as the glossary says, else by the endings of the Russian name."""
    if concept.gender:
        return concept.gender
    *given, surname = concept.names[Lang.RU].lower().split()
    if surname.endswith(("ова", "ева", "ёва", "ина", "ына", "ская", "цкая", "кызы", "вна")):
        return "f"
    if surname.endswith(("ов", "ев", "ёв", "ин", "ын", "ский", "цкий", "улы", "вич")):
        return "m"
    return "f" if given and given[0].endswith(("а", "я")) and given[0] not in {"илья", "никита"} else "m"


def initials(name: str, lang: Lang) -> tuple[str, ...]:
    """Return the ways to write ``name`` with initials, the one to write first; nothing for a single word.

    Касым-Жомарт Токаев gives К. Токаев, К.-Ж. Токаев and so on; the surname is the last word with its particles.
    """
    words = name.split()
    start = next((i for i, word in enumerate(words) if i and word[0].islower()), len(words) - 1)
    given, surname = words[:start], " ".join(words[start:])
    if not given or not surname or _INITIALS.match(name):
        return ()
    parts = given[0].split("-")
    first = _initial(parts[0], lang)
    heads = [f"{first}."]
    if first != parts[0][0]:
        heads.append(f"{parts[0][0]}.")
    if len(parts) > 1:
        second = _initial(parts[1], lang)
        heads += [f"{first}.-{second}.", f"{first}.{second}.", f"{first}. {second}.", f"{first}-{second}."]
    heads += [f"{first}.{joint}{_initial(middle, lang)}." for middle in given[1:2] for joint in ("", " ")]
    return tuple(f"{head}{gap}{surname}" for head in heads for gap in (" ", ""))


def without_patronymic(name: str) -> tuple[str, ...]:
    """Return ``name`` without the patronymic in its midst; nothing if it has none."""
    words = name.split(" ")
    rest = [word for i, word in enumerate(words) if not (0 < i < len(words) - 1 and _PATRONYMIC.fullmatch(word))]
    return (" ".join(rest),) if len(rest) < len(words) else ()


def recognise(name: str, sex: str) -> Mapping[str, str]:
    """Return forms beyond those :func:`decline` gives: the instrumental of foreign surnames in -ов, -ин (Дарвином)."""
    foreign = sex == "m" and name.endswith(("ов", "ев", "ин", "ын"))
    return {Case.INS: decline(name, sex)[Case.INS].removesuffix("ым") + "ом"} if foreign else {}


def decline(name: str, sex: str) -> Mapping[str, str]:
    """Return the six Russian cases of a person's name; initials and particles (фон, дер) stay."""
    written = _INITIALS.match(name)
    fixed = written[0] if written else ""
    *given, surname = name[len(fixed) :].split(" ")
    columns = [_given(word, sex) if word[:1].isupper() else (word,) * len(_CASES) for word in given]
    columns.append(_surname(surname, sex))
    return {case: fixed + " ".join(column[i] for column in columns) for i, case in enumerate(_CASES)}


def _initial(word: str, lang: Lang) -> str:
    return word[:2] if lang is Lang.EN and word.startswith(_DIGRAPHS) else word[:1]


def _surname(word: str, sex: str) -> tuple[str, ...]:
    head, hyphen, last = word.rpartition("-")
    if hyphen:  # Смирновой-Черных; a first part that has no surname's ending stays: Бонч-Бруевича
        first = _by_rule(head, sex) or (head,) * len(_CASES)
        return tuple(f"{a}-{b}" for a, b in zip(first, _surname(last, sex), strict=True))
    ruled = _by_rule(word, sex)
    if ruled:
        return ruled
    lowered = word.lower()
    if sex == "f" and not lowered.endswith(("а", "я")):
        return (word,) * len(_CASES)
    return _noun(word, sex)


def _by_rule(word: str, sex: str) -> tuple[str, ...] | None:
    for endings, cut, cases in _SURNAMES[sex]:
        if word.lower().endswith(tuple(endings.split("|"))):
            return tuple(word[: len(word) - cut] + ending.strip("-") for ending in cases.split())
    return None


def _given(word: str, sex: str) -> tuple[str, ...]:
    head, hyphen, last = word.rpartition("-")  # Касым-Жомарта: only the last part declines
    if last in _FLEETING:
        stem = _FLEETING[last]
        forms: tuple[str, ...] = (last, *(stem + ending for ending in ("а", "у", "а", "ом", "е")))
    elif sex == "f" and last.lower()[-1:] not in "аяь":
        forms = (last,) * len(_CASES)
    else:
        forms = _noun(last, sex)
    return tuple(head + hyphen + form for form in forms)


def _noun(word: str, sex: str) -> tuple[str, ...]:
    """Decline ``word`` as a noun by its last letters; other vowels than а, я are indeclinable."""
    lowered = word.lower()
    last, before = lowered[-1:], lowered[-2:-1]
    stem = word[:-1]
    if last == "а":
        soft = "и" if before in _SIBILANTS - {"ц"} or before in "гкх" else "ы"
        endings = ("а", soft, "е", "у", "ей" if before in _SIBILANTS else "ой", "е")
    elif last == "я":
        oblique = "и" if before == "и" else "е"
        endings = ("я", "и", oblique, "ю", "ей", oblique)
    elif last == "ь" and sex == "f":
        endings = ("ь", "и", "и", "ь", "ью", "и")
    elif last in "йь":
        endings = (last, "я", "ю", "я", "ем", "и" if before == "и" else "е")
    elif last in _VOWELS:
        return (word,) * len(_CASES)
    else:
        stem, endings = word, ("", "а", "у", "а", "ем" if last in _SIBILANTS else "ом", "е")
    return tuple(stem + ending for ending in endings)
