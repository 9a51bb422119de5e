"""Messages for people, in the language of their locale: kk, ru or en; alone reads ``data/locale``.

A message is English to every program (its value as a string, so hashes, marks, logs and JSON), and remembers how it is
put together, so that where it is shown it can be said in another language. Nothing but the display calls ``spoken``,
``told`` and ``counted``.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, reduce
from pathlib import Path
from string import Formatter
from typing import Any, Final, Self

from kzpress.domain import Lang

LOCALES: Final = Path(__file__).parent / "data" / "locale"
DOMAIN: Final = "kzpress"
VARIABLE: Final = "KZPRESS_SPEAK"  # before the locale's own
_VARIABLES: Final = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")  # in gettext's order
# The user's language while a command runs: status asks for it a million times.
_SPOKEN: Final = ContextVar[Lang | None]("spoken", default=None)


# What figures have for the signs of English ones, by CLDR 47.
_SIGNS: Final = {
    Lang.EN: {},
    Lang.KK: str.maketrans({",": "\u00a0", ".": ","}),
    Lang.RU: str.maketrans({",": "\u00a0", ".": ",", "%": "\u00a0%"}),
}


class Message(str):
    """A sentence in English with its facts filled in; ``plural`` and ``number`` where its form depends on a count."""

    __slots__ = ("facts", "number", "plural", "template")
    template: str
    plural: str | None
    number: int
    facts: Mapping[str, object]

    def __new__(cls, template: str, plural: str | None, number: int, facts: Mapping[str, object]) -> Self:
        """Fill in the facts."""
        message = super().__new__(cls, (plural if plural and number != 1 else template).format_map(facts))
        message.template, message.plural, message.number, message.facts = template, plural, number, facts
        return message

    def __str__(self) -> str:
        """Return the message itself, so that an error raised with it can be told by ``str(error)``."""
        return self

    def __getnewargs__(self) -> tuple[str, str | None, int, Mapping[str, object]]:  # type: ignore[override]
        """Return what a copy is made of."""
        return self.template, self.plural, self.number, self.facts


def _(template: str, /, **facts: object) -> Message:
    """Return a message: a whole sentence, its ``{facts}`` by name; those that are messages are translated with it."""
    return Message(template, None, 1, facts)


def n_(one: str, many: str, count: int, /, **facts: object) -> Message:
    """Return the message that fits ``count``, which is also the fact ``{count}``."""
    return Message(one, many, count, {"count": count, **facts})


def joined(separator: str, parts: Iterable[object]) -> Message:
    """Return parts as one message that is translated part by part."""
    facts = {f"part{number}": part for number, part in enumerate(parts)}
    own = separator.replace("{", "{{").replace("}", "}}")
    return Message(own.join(f"{{{name}}}" for name in facts), None, 1, facts)


def reason(error: OSError) -> Message:
    """Return why the system refused something."""
    return _((error.strerror or str(error)).replace("{", "{{").replace("}", "}}"))


def either(parts: Iterable[str]) -> str:
    """Return parts as one of which is meant: one or other."""
    first, *others = [*parts] or [""]
    return reduce(lambda one, other: _("{one} or {other}", one=one, other=other), others, first)


def every(parts: Iterable[str]) -> str:
    """Return parts that belong together: one and other."""
    first, *others = [*parts] or [""]
    return reduce(lambda one, other: _("{one} and {other}", one=one, other=other), others, first)


def withheld(message: str, shown: Container[str]) -> Message:
    """Return a message with ``…`` for its texts, but for those of the facts named in ``shown``; figures stay."""
    if not isinstance(message, Message):
        return Message("…", None, 1, {})
    facts = {
        name: withheld(fact, shown)
        if isinstance(fact, Message)
        else (fact if name in shown or isinstance(fact, (int, float)) else "…")
        for name, fact in message.facts.items()
    }
    return Message(message.template, message.plural, message.number, facts)


# ------------------------------------------------------------------ where it is shown


def spoken(message: str, lang: Lang | None = None) -> str:
    """Return a message in ``lang``, the user's language if that is None, and a plain string as it is."""
    return _spoken(message, lang or language()) if isinstance(message, Message) else message


def told(template: str, /, **facts: object) -> str:
    """Return a sentence in the user's language: ``_`` and ``spoken`` in one."""
    return spoken(_(template, **facts))


def counted(one: str, many: str, count: int, /, **facts: object) -> str:
    """Return the sentence that fits ``count`` in the user's language: ``n_`` and ``spoken`` in one."""
    return spoken(n_(one, many, count, **facts))


def _spoken(message: Message, lang: Lang) -> str:
    if lang is Lang.EN:
        return message
    facts = {name: _spoken(fact, lang) if isinstance(fact, Message) else fact for name, fact in message.facts.items()}
    words = _catalogue(lang)
    if message.plural:
        said = words.ngettext(message.template, message.plural, message.number)
    else:
        said = words.gettext(message.template) if message.template else ""
    return _Figures(lang).vformat(said, (), facts) if ":" in said else said.format_map(facts)


class _Figures(Formatter):
    """Fills in facts as ``str.format`` does, and writes figures that are laid out, {size:,}, as a language does."""

    def __init__(self, lang: Lang) -> None:
        self._lang = lang

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return a fact as it is to stand in the message."""
        text = str(format(value, format_spec))
        return text.translate(_SIGNS[self._lang]) if format_spec and isinstance(value, (int, float)) else text


def figure(number: int) -> str:
    """Return a number as the user's language groups its figures."""
    return _Figures(language()).format_field(number, ",")


@cache
def _catalogue(lang: Lang) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALES, [lang], fallback=True)


# ------------------------------------------------------------------ the user's language


def language() -> Lang:
    """Return the language of the locale, as gettext finds it; English where that is none of ours."""
    return _SPOKEN.get() or _of_locale()


def _of_locale() -> Lang:
    for code in next((value for name in _VARIABLES if (value := os.environ.get(name))), "").split(":"):
        name = code.partition(".")[0].partition("@")[0].partition("_")[0]
        if name in {"C", "POSIX"}:
            break
        if name in set(Lang):
            return Lang(name)
    return Lang.EN


def speak(lang: Lang) -> None:
    """Speak ``lang`` from now on, click and the standard library too."""
    os.environ["LANGUAGE"] = lang
    if _SPOKEN.get():
        _SPOKEN.set(lang)


@contextmanager
def in_users_language() -> Iterator[None]:
    """Have click say its own words in the user's language as well; afterwards the locale is as it was."""
    domain, before = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain(DOMAIN, str(LOCALES))
    gettext.textdomain(DOMAIN)
    chosen = os.environ.get(VARIABLE)
    if chosen in set(Lang):
        speak(Lang(chosen))
    elif before:  # of "en:ru" gettext would take ru, since English has no catalogue
        speak(_of_locale())
    settled = _SPOKEN.set(_of_locale())
    try:
        yield
    finally:
        _SPOKEN.reset(settled)
        gettext.textdomain(domain)
        os.environ.pop("LANGUAGE", None)
        if before is not None:
            os.environ["LANGUAGE"] = before


def is_mute() -> bool:
    """Tell whether the catalogue of the user's language is not there, so that all is said in English."""
    lang = language()
    return lang is not Lang.EN and gettext.find(DOMAIN, str(LOCALES), [lang]) is None
