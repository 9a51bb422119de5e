"""The index of all forms of a glossary in one language: made once, kept in a file, and asked at every word of a text.

Every form begins at a word, so that forms are filed by their first word, one line of JSON a word. A line is read when
its word is first met: a process that translates one release never looks at most of the index.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING, Final, TypeAlias

from kzpress import text as folding
from kzpress.domain import Lang, NameKind
from kzpress.glossary.kept import kept
from kzpress.glossary.surfaces import surfaces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kzpress.glossary.model import Concept, Glossary

_WORD: Final = re.compile(r"[^\W_]+|[^\w\s]|_")  # a mark is a word of its own: names may begin with a quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A form of the concept ``entry``'s name ``base``, in any of ``cases``, with its capitals as in ``form``."""

    entry: str
    kind: NameKind
    base: str
    form: str
    cases: tuple[str, ...]


# What is filed under a first word: the names, the lengths of their forms in ascending order, and for each form, folded,
# its readings, each the number of a name, the cases and the capitals. They are told in a string, not in lists: a common
# first word has thousands of forms, of which a text asks for a few.
_Filed: TypeAlias = tuple[list[tuple[str, str, str]], list[int], dict[str, str]]


class Index:
    """The forms in ``data``, as :func:`build` returns them."""

    def __init__(self, data: bytes) -> None:
        head, _, self._lines = data.partition(b"\n")
        self._places: Mapping[str, list[int]] = json.loads(head)
        self._met: dict[str, _Filed] = {}

    def search(self, folded: str) -> Iterator[tuple[int, int, list[Reading]]]:
        """Yield [start, end) and readings of every form in ``folded``, on word boundaries, overlapping ones too."""
        size = len(folded)
        for word in _WORD.finditer(folded):
            if word[0] not in self._places:
                continue
            start = word.start()
            if start and folded[start - 1].isalnum():
                continue
            names, lengths, forms = self._filed(word[0])
            for length in lengths:
                end = start + length
                if end > size:
                    break
                if (end == size or not folded[end].isalnum()) and (told := forms.get(folded[start:end])):
                    yield start, end, [_reading(names, folded[start:end], one) for one in told.split("\n")]

    def _filed(self, word: str) -> _Filed:
        filed = self._met.get(word)
        if filed is None:
            start, end = self._places[word]
            filed = self._met[word] = json.loads(self._lines[start:end])
        return filed


def _reading(names: list[tuple[str, str, str]], folded: str, told: str) -> Reading:
    number, cases, capitals = told.split("\t")
    entry, kind, base = names[int(number)]
    return Reading(
        entry=entry, kind=NameKind(kind), base=base, form=_with_capitals(folded, capitals), cases=tuple(cases.split())
    )


@lru_cache(maxsize=12)
def index(glossary: Glossary, lang: Lang) -> Index:
    """Return the glossary's index for ``lang``, from its cache where there is one."""
    place = glossary.cache / f"forms-{lang}.json" if glossary.cache else None
    return Index(kept(place, f"{glossary.digest} {lang}", lambda: build(glossary.entries.values(), lang)))


def prepare(glossary: Glossary, langs: Iterable[Lang]) -> None:
    """Have the indexes for ``langs`` ready, which take seconds to make where a glossary is new."""
    for lang in dict.fromkeys(langs):
        index(glossary, lang)


def build(concepts: Iterable[Concept], lang: Lang) -> bytes:
    """Return all forms of ``concepts``: a JSON object of first words and where their lines are, then the lines."""
    by_word: dict[str, dict[tuple[str, NameKind, str], dict[str, str]]] = {}
    for concept in concepts:
        for surface in surfaces(concept, lang):
            form = fold_form(surface.form)
            first = _WORD.match(_lower(form))
            if first is None:
                continue
            names = by_word.setdefault(first[0], {})
            forms = names.setdefault((concept.id, surface.kind, surface.base), {})
            cases = forms.get(form, "")
            if form not in forms or (surface.case and surface.case not in cases.split()):
                forms[form] = intern(f"{cases} {surface.case or ''}".strip())  # one string for all that have the same
    places: dict[str, tuple[int, int]] = {}
    lines: list[bytes] = []
    size = 0
    for word in tuple(by_word):
        line = _json(_filed(by_word.pop(word)))
        places[word] = size, size + len(line)
        size += len(line)
        lines.append(line)
    return b"".join((_json(places), b"\n", *lines))


def words(folded: str) -> list[str]:
    """Return the words of a folded text as forms are filed under them."""
    return _WORD.findall(folded)


def words_of_form(form: str) -> list[str]:
    """Return the words of a form as it is filed: none is found in a text that lacks one of them."""
    return words(_lower(fold_form(form)))


def fold_form(form: str) -> str:
    """Return a form folded but for its capitals."""
    return " ".join([_fold_word(word) for word in form.split(" ")])


def _filed(names: Mapping[tuple[str, NameKind, str], Mapping[str, str]]) -> tuple[object, ...]:
    readings: dict[str, list[str]] = {}
    for number, forms in enumerate(names.values()):
        for form, cases in forms.items():
            folded = _lower(form)
            readings.setdefault(folded, []).append(f"{number}\t{cases}\t{_capitals(form, folded)}")
    return list(names), sorted({len(form) for form in readings}), {form: "\n".join(r) for form, r in readings.items()}


def _capitals(form: str, folded: str) -> str:
    """Return where ``form`` has the capitals that ``folded`` lacks; of letters that do not come back (İ) all of it."""
    told = " ".join([str(i) for i, (a, b) in enumerate(zip(form, folded, strict=True)) if a != b])
    return told if _with_capitals(folded, told) == form else f"={form}"


def _with_capitals(folded: str, told: str) -> str:
    if told.startswith("="):
        return told[1:]
    letters = list(folded)
    for place in told.split():
        letters[int(place)] = letters[int(place)].upper()
    return "".join(letters)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _lower(form: str) -> str:
    """Return a form folded but for its capitals without these, the same length."""
    lowered = form.lower()
    return lowered if len(lowered) == len(form) else folding.fold(form)


@lru_cache(maxsize=1 << 16)
def _fold_word(word: str) -> str:
    # The forms of a name share most of their words, and folding them is most of the cost of an index.
    return folding.fold(word, case=False)
