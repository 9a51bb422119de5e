"""Messages for people, in the language of their locale: kk, ru or en; alone reads ``data/locale``.

A message is English to every program (its value as a string, so hashes, marks, logs and JSON), and remembers how it is
put together, so that where it is shown it can be said in another language. Nothing but the display calls ``spoken``,
``told`` and ``counted``.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, reduce
from pathlib import Path
from typing import Final, Self

from kzpress.domain import Lang

LOCALES: Final = Path(__file__).parent / "data" / "locale"
DOMAIN: Final = "kzpress"
VARIABLE: Final = "KZPRESS_SPEAK"  # before the locale's own
_VARIABLES: Final = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")  # in gettext's order


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
    facts = {name: _spoken(fact, lang) if isinstance(fact, Message) else fact for name, fact in message.facts.items()}
    words = _catalogue(lang)
    if message.plural:
        return words.ngettext(message.template, message.plural, message.number).format_map(facts)
    return words.gettext(message.template).format_map(facts) if message.template else ""


@cache
def _catalogue(lang: Lang) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALES, [lang], fallback=True)


# ------------------------------------------------------------------ the user's language


def language() -> Lang:
    """Return the language of the locale, as gettext finds it; English where that is none of ours."""
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
        speak(language())
    try:
        yield
    finally:
        gettext.textdomain(domain)
        os.environ.pop("LANGUAGE", None)
        if before is not None:
            os.environ["LANGUAGE"] = before


def is_mute() -> bool:
    """Tell whether the catalogue of the user's language is not there, so that all is said in English."""
    lang = language()
    return lang is not Lang.EN and gettext.find(DOMAIN, str(LOCALES), [lang]) is None
