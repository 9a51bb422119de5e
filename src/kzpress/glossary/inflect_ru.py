"""Declines Russian names on their head phrase; the only module that imports pymorphy3."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kzpress.glossary.model import Case

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Parse: TypeAlias = Any  # pymorphy3.analyzer.Parse, which has no annotations

CASES: Final = (Case.NOM, Case.GEN, Case.DAT, Case.ACC, Case.INS, Case.LOC)
_GRAMMEME: Final = dict(zip(CASES, ("nomn", "gent", "datv", "accs", "ablt", "loct"), strict=True))
_NOUN: Final = frozenset({"NOUN"})
_ADJECTIVE: Final = frozenset({"ADJF", "PRTF", "NUMR"})
# Abbreviations read as words, which decline in running text (МИДа, МИДу); every other one is indeclinable.
_SPOKEN: Final = {"МИД": ("", "а", "у", "", "ом", "е")}
_LASTING: Final = frozenset({"actv", "pssv", "past", "pres", "Supr", "Cmp2"})
_COORDINATED: Final = re.compile(r"(\s[–—-]\s)(?![^«]*»)")  # Заместитель Премьер-Министра – Министр; not in quotes
_ELIDED: Final = re.compile(r"(\S+['’])(\w+)")  # Кот-д'Ивуар
_PAIR: Final = re.compile(r"([А-ЯЁ]\S*)( и )([А-ЯЁ]\S*)")  # Босния и Герцеговина


@lru_cache(maxsize=1)
def _analyzer() -> Any:
    from pymorphy3.analyzer import MorphAnalyzer

    make: Any = MorphAnalyzer
    return make()


@lru_cache(maxsize=1 << 15)
def _parses(word: str) -> tuple[Parse, ...]:
    return tuple(_analyzer().parse(word))


def decline(name: str, *, animate: bool | None = None) -> Mapping[str, str]:
    """Return the six cases of ``name``; ``animate`` is what it denotes, None where only the words can tell.

    The head phrase (adjectives and noun, or a noun-like adjective) changes, what follows it stays. A name whose head
    is an abbreviation or is not recognised is indeclinable.
    """
    pair = _PAIR.fullmatch(name)
    parts = pair.groups() if pair else tuple(_COORDINATED.split(name))
    tables = [
        dict.fromkeys(CASES, part) if i % 2 else _decline_phrase(part, animate=animate) for i, part in enumerate(parts)
    ]
    whole: dict[str, str] = {case: "".join(table[case] for table in tables) for case in CASES}
    # pymorphy3 writes ё wherever it is read; a name without it stays without it.
    return whole if "ё" in name else {case: form.replace("ё", "е") for case, form in whole.items()}


def decline_spoken(name: str) -> Mapping[str, str]:
    """Return the declined forms of a name headed by an abbreviation that is read as a word, else nothing."""
    words = name.split(" ")
    head = next((word for word in words if word in _SPOKEN), None)
    found = _head(words)
    if head is None or words.index(head) != (found[1] if found else 0):
        return {}
    table, at = decline(name), words.index(head)
    forms: dict[str, str] = {}
    for case, ending in zip(CASES, _SPOKEN[head], strict=True):
        bent = table[case].split(" ")
        forms[case] = " ".join((*bent[:at], head + ending, *bent[at + 1 :]))
    return forms


def gender_of(name: str) -> str | None:
    """Return the gender of the head of ``name`` (``masc``, ``femn``, ``neut``, or ``plur``), None if not known."""
    words = name.split(" ")
    head = _head(words)
    if head is None:
        return None
    parse = _head_parse(words[head[1]])
    if parse is None:
        return None
    return "plur" if parse.tag.number == "plur" else str(parse.tag.gender) if parse.tag.gender else None


def is_adjective(word: str) -> bool:
    """Tell whether ``word`` is most likely an adjective or participle."""
    return bool(word) and _parses(word)[0].tag.POS in _ADJECTIVE


def is_noun(word: str) -> bool:
    """Tell whether ``word`` is most likely a noun."""
    return bool(word) and _parses(word)[0].tag.POS in _NOUN


def is_nominative(word: str) -> bool:
    """Tell whether ``word`` is most likely a noun, and may be one in the nominative."""
    return is_noun(word) and any("nomn" in parse.tag for parse in _parses(word))


def is_subject(word: str) -> bool:
    """Tell whether ``word`` is most likely a noun in the nominative."""
    return is_noun(word) and "nomn" in _parses(word)[0].tag


def is_plural(word: str) -> bool:
    """Tell whether ``word`` is most likely in the plural."""
    return bool(word) and "plur" in _parses(word)[0].tag


def is_genitive(word: str) -> bool:
    """Tell whether ``word`` is most likely a noun in the genitive."""
    return is_noun(word) and "gent" in _parses(word)[0].tag


def is_genitive_adjective(word: str) -> bool:
    """Tell whether ``word`` is most likely an adjective, and may be one in the genitive."""
    return is_adjective(word) and any("gent" in parse.tag for parse in _parses(word))


def is_surname(word: str) -> bool:
    """Tell whether ``word`` is most likely a surname, in any case, and no mere guess at one."""
    return bool(word) and "Surn" in _parses(word)[0].tag and bool(_parses(word)[0].is_known)


def is_given_name(word: str) -> bool:
    """Tell whether ``word`` is most likely a given name, in any case, and no mere guess at one."""
    return bool(word) and "Name" in _parses(word)[0].tag and bool(_parses(word)[0].is_known)


def is_verb(word: str) -> bool:
    """Tell whether ``word`` is most likely a finite verb or a short participle."""
    return bool(word) and _parses(word)[0].tag.POS in {"VERB", "PRTS"}


def is_passive(word: str) -> bool:
    """Tell whether ``word`` is most likely a passive participle, or a reflexive verb that may be passive.

    A past one of the perfective aspect is not: присоединился.
    """
    if not word:
        return False
    tag = _parses(word)[0].tag
    reflexive = tag.POS == "VERB" and word.lower().endswith(("ся", "сь"))
    return "pssv" in tag or (reflexive and not {"perf", "past"} <= tag.grammemes)


def is_transitive(word: str) -> bool:
    """Tell whether ``word`` is most likely a verb with a direct object."""
    return bool(word) and "tran" in _parses(word)[0].tag


def is_animate(word: str) -> bool:
    """Tell whether ``word`` is most likely a noun for a living being."""
    return bool(word) and "anim" in _parses(word)[0].tag


def agree_adjective(word: str, gender: str, case: str, *, animate: bool) -> str | None:
    """Return the adjective ``word`` as it stands before a noun of ``gender`` in ``case``; None if it is none."""
    parse = next((parse for parse in _parses(word) if parse.tag.POS in _ADJECTIVE), None)
    if parse is None:
        return None
    wanted = {_GRAMMEME[Case(case)], "plur"} if gender == "plur" else {_GRAMMEME[Case(case)], "sing", gender}
    if case == Case.ACC and gender in {"masc", "plur"}:
        wanted.add("anim" if animate else "inan")
    return _adjective(word, parse, wanted)


def is_adverb(word: str) -> bool:
    """Tell whether ``word`` is most likely an adverb or particle, as may stand between a subject and its verb."""
    return bool(word) and _parses(word)[0].tag.POS in {"ADVB", "PRCL"}


def agree(verb: str, gender: str) -> str:
    """Return a singular past-tense ``verb`` in ``gender`` (``plur`` too); any other word as it is."""
    parse = _parses(verb)[0] if verb else None
    if parse is None or not ("past" in parse.tag or parse.tag.POS == "PRTS") or parse.tag.number is None:
        return verb
    agreed = parse.inflect({"plur"} if gender == "plur" else {"sing", gender})
    return _with_capitals(verb, agreed.word) if agreed else verb


def past_gender(word: str) -> str | None:
    """Return the gender of a past-tense verb (``masc``, ``femn``, ``neut``, or ``plur``); None for any other word."""
    parses = _parses(word)
    if any(parse.tag.POS != "VERB" or "past" not in parse.tag for parse in parses):
        return None
    return "plur" if parses[0].tag.number == "plur" else str(parses[0].tag.gender)


def _decline_phrase(phrase: str, *, animate: bool | None) -> dict[Case, str]:
    elided = _ELIDED.fullmatch(phrase)
    if elided:
        return {case: elided[1] + form for case, form in _decline_phrase(elided[2], animate=animate).items()}
    words = phrase.split(" ")
    found = _head(words, animate=animate)
    if found is None:
        return dict.fromkeys(CASES, phrase)
    adjectives, head = found
    table = _decline_head(tuple(words[: head + 1]), tuple(adjectives), animate=animate)
    rest = "".join([f" {word}" for word in words[head + 1 :]])
    return {case: form + rest for case, form in table.items()}


@lru_cache(maxsize=1 << 12)
def _decline_head(words: tuple[str, ...], adjectives: tuple[int, ...], *, animate: bool | None) -> Mapping[Case, str]:
    """Return the cases of a phrase that ends in its head; remembered, since many names begin with the same one."""
    head = len(words) - 1
    phrase = " ".join(words)
    parse = _head_parse(words[head], animate=animate)
    if parse is None:
        return dict.fromkeys(CASES, phrase)
    number, gender, substantive = parse.tag.number, parse.tag.gender, parse.tag.POS != "NOUN"
    alive = animate if animate is not None else substantive or "anim" in parse.tag
    animacy = "anim" if alive else "inan"
    table: dict[Case, str] = {}
    for case in CASES:
        out = list(words)
        for i in (*adjectives, head):
            if _is_abbreviation(words[i]):
                continue
            if i == head and not substantive:
                out[i] = _noun(words[i], parse, {_GRAMMEME[case], number})
                continue
            own = parse if i == head else _nominative(words[i], _ADJECTIVE, gender=gender, number=number)
            wanted = {_GRAMMEME[case], number} | ({gender} if number == "sing" and gender else set())
            if case is Case.ACC and (number == "plur" or gender == "masc"):
                wanted.add(animacy)
            if own is not None:
                out[i] = _adjective(words[i], own, wanted)
        table[case] = " ".join(out)
    table[Case.NOM] = phrase
    return table


def _head(words: list[str], *, animate: bool | None = None) -> tuple[list[int], int] | None:
    """Return the indices of the leading adjectives and of the head; a lone adjective is a head (Уполномоченный)."""
    adjectives: list[int] = []
    for i, word in enumerate(words):
        if _is_abbreviation(word):
            return (adjectives, i) if adjectives else None
        if not word[:1].isalpha():
            break
        if word.lower() == "и" and adjectives:
            continue
        if word.islower() and _parses(word)[0].tag.POS in {"PREP", "CONJ"}:  # "по" also parses as a noun
            break
        noun, adjective = _nominative(word, _NOUN, animate=animate), _nominative(word, _ADJECTIVE)
        if adjective and (not noun or _is_personal(noun) or adjective.score >= noun.score):
            adjectives.append(i)
        elif noun:
            return adjectives, i
        else:
            break
    return (adjectives[:-1], adjectives[-1]) if adjectives else None


def _head_parse(word: str, *, animate: bool | None = None) -> Parse:
    return _nominative(word, _NOUN, animate=animate) or _nominative(word, {"ADJF"}) or _nominative(word, _ADJECTIVE)


def _nominative(
    word: str,
    speech: Iterable[str],
    *,
    gender: str | None = None,
    number: str | None = None,
    animate: bool | None = None,
) -> Parse | None:
    parses = [p for p in _parses(word) if "nomn" in p.tag and p.tag.POS in speech]
    if number:
        parses = [p for p in parses if p.tag.number == number]
    if gender and number != "plur":
        parses = [p for p in parses if p.tag.gender == gender] or parses
    if animate is not None:
        parses = [p for p in parses if ("anim" in p.tag) == animate] or parses
    return max(parses, key=_rank, default=None)


def _rank(parse: Parse) -> tuple[bool, float, bool, bool]:
    # Institutions are no surnames (Астанинский); of equally likely readings, the singular (Акорда) is meant, and the
    # plain adjective (Большая двадцатка), not «больший».
    return not _is_personal(parse), parse.score, parse.tag.number == "sing", parse.normal_form != "больший"


def _is_abbreviation(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _is_personal(parse: Parse) -> bool:
    return any(grammeme in parse.tag for grammeme in ("Surn", "Name", "Patr"))


def _noun(word: str, parse: Parse, wanted: set[str]) -> str:
    inflected = parse.inflect(wanted)
    return _with_capitals(word, inflected.word) if inflected else word


def _adjective(word: str, parse: Parse, wanted: set[str]) -> str:
    # Parse.inflect() ignores animacy, and leaves the participle (Соединённые) and the degree (Высший) it began with.
    own = parse.tag.grammemes & _LASTING
    forms = [
        other.word for other in parse.lexeme if wanted <= other.tag.grammemes and other.tag.grammemes & _LASTING == own
    ]
    # Of two superlatives (Высшего, Высочайшего), the one that begins like the word itself.
    best = max(forms, key=lambda form: form[:4] == word[:4].lower(), default=word)
    return _with_capitals(word, best)


def _with_capitals(model: str, word: str) -> str:
    """Return ``word`` with the capitals of ``model``, part by part around hyphens."""
    old, new = model.split("-"), word.split("-")
    if len(old) != len(new):
        return word.capitalize() if model[:1].isupper() else word
    return "-".join(b[:1].upper() + b[1:] if a[:1].isupper() else b for a, b in zip(old, new, strict=True))
