"""What the letters of one text read as; the only module that imports langdetect.

langdetect ships 55 profiles and none for Kazakh, which it calls Russian or Ukrainian at a probability of 0.99999. Here
it runs on our own profiles (data/profiles) too, script by script and a fixed seed, and the letters may overrule it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from kzpress.domain import Lang, Script
from kzpress.speech import _
from kzpress.text import fold, is_capitals

# Measured on NTREX-128 news: under 12 letters nothing is reliable; from 60 letters a paragraph 97-99 % are right.
MIN_LETTERS: Final = 12
SURE_LETTERS: Final = 60
# One script is read as the paragraph's when it has this share of the letters; otherwise both scripts are read.
SCRIPT_SHARE: Final = 0.65
MIN_PROBABILITY: Final = 0.6
# langdetect samples n-grams until it is sure; more text than this a paragraph costs time and changes no verdict.
READ_CHARS: Final = 500

# Profile name: (code, English name). A profile that is not in data/profiles is langdetect's own.
PROFILES: Final[dict[Script, dict[str, tuple[str, str]]]] = {
    Script.CYRILLIC: {
        "kk": ("kk", _("Kazakh")),
        "ru": ("ru", _("Russian")),
        "uk": ("uk", _("Ukrainian")),
        "bg": ("bg", _("Bulgarian")),
        "mk": ("mk", _("Macedonian")),
        "ky": ("ky", _("Kyrgyz")),
        "tt": ("tt", _("Tatar")),
        "ba": ("ba", _("Bashkir")),
        "tg": ("tg", _("Tajik")),
        "mn": ("mn", _("Mongolian")),
        "be": ("be", _("Belarusian")),
        "sr": ("sr", _("Serbian")),
        "uz-cyrl": ("uz-Cyrl", _("Uzbek in Cyrillic letters")),
    },
    Script.LATIN: {
        "en": ("en", _("English")),
        "kk-lat": ("kk-Latn", _("Kazakh in Latin letters")),
        "kk-lat18": ("kk-Latn", _("Kazakh in Latin letters")),
        "tr": ("tr", _("Turkish")),
        "az": ("az", _("Azerbaijani")),
        "uz": ("uz", _("Uzbek")),
        "tk": ("tk", _("Turkmen")),
        "de": ("de", _("German")),
        "fr": ("fr", _("French")),
        "es": ("es", _("Spanish")),
        "it": ("it", _("Italian")),
        "nl": ("nl", _("Dutch")),
        "pl": ("pl", _("Polish")),
        "ro": ("ro", _("Romanian")),
        "pt": ("pt", _("Portuguese")),
        "sv": ("sv", _("Swedish")),
        "fi": ("fi", _("Finnish")),
        "et": ("et", _("Estonian")),
        "cs": ("cs", _("Czech")),
        "hu": ("hu", _("Hungarian")),
        "hr": ("hr", _("Croatian")),
        "sq": ("sq", _("Albanian")),
        "id": ("id", _("Indonesian")),
        "vi": ("vi", _("Vietnamese")),
        "so": ("so", _("Somali")),
        "sw": ("sw", _("Swahili")),
    },
    Script.ARABIC: {
        "kk-arab": ("kk-Arab", _("Kazakh in Arabic letters")),
        "ug": ("ug", _("Uyghur")),
        "ar": ("ar", _("Arabic")),
        "fa": ("fa", _("Persian")),
        "ur": ("ur", _("Urdu")),
    },
}

_OURS: Final = {lang.value: lang for lang in Lang}
NAMES: Final = {code: name for table in PROFILES.values() for code, name in table.values()}
_LETTERS: Final = {
    Script.CYRILLIC: re.compile("[\u0400-\u052f]"),
    Script.LATIN: re.compile("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff]"),
    Script.ARABIC: re.compile("[\u0620-\u064a\u066e-\u06d3\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]"),
}
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+|(?<!\S)\S+?@\S+")

# Letters of the Kazakh Cyrillic alphabet that Russian lacks; the first four are the frequent ones.
_KAZAKH: Final = "қғұіәңөүһ"
_FREQUENT_KAZAKH: Final = "қғұі"
# Letters of other Cyrillic alphabets that neither Kazakh nor Russian has.
_FOREIGN: Final = "ўҳҷӣӯїєґјљњћђџќѓѕҗҙҫҡӹӧӱӓ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the letters of one script in one text read as; ``guess`` is the best code even if ``language`` is None."""

    script: Script
    letters: int
    language: Lang | None = None
    guess: str | None = None
    probability: float = 0.0
    reason: str | None = None


def read(text: str) -> tuple[Reading, ...]:
    """Read a text by its leading script, or by two when neither leads, as where two editions stand side by side.

    There is always one reading or two, the one of most letters first.
    """
    text = _ADDRESS.sub(" ", text)
    text = fold(text, case=is_capitals(text))
    counts = {script: len(pattern.findall(text)) for script, pattern in _LETTERS.items()}
    scripts = sorted(counts, key=lambda script: -counts[script])
    total = sum(counts.values())
    if total < MIN_LETTERS:
        script = scripts[0] if total else Script.OTHER
        return (Reading(script=script, letters=total, reason=_("under {count} letters", count=MIN_LETTERS)),)
    shared = counts[scripts[0]] < SCRIPT_SHARE * total and counts[scripts[1]] >= MIN_LETTERS
    if shared:
        return tuple(_read_script(text, script, counts[script]) for script in scripts[:2])
    return (_read_script(text, scripts[0], counts[scripts[0]]),)


def _read_script(text: str, script: Script, letters: int) -> Reading:
    for other, pattern in _LETTERS.items():
        if other is not script:
            text = pattern.sub(" ", text)
    profile, probability = _profile(text, script)
    if profile is None:
        return Reading(script=script, letters=letters, reason=_("reads like none of the languages kzpress knows"))
    code, name = PROFILES[script][profile]
    language = _OURS.get(code)
    reason = None
    if language is None:
        reason = _foreign_reason(code)
    elif probability < MIN_PROBABILITY:
        reason = _(
            "reads like {language}, but only with a probability of {probability:.2f}",
            language=name,
            probability=probability,
        )
    else:
        reason = _letters_against(language, Counter(text.lower()), letters)
    return Reading(
        script=script,
        letters=letters,
        language=language if reason is None else None,
        guess=code,
        probability=probability,
        reason=reason,
    )


def _profile(text: str, script: Script) -> tuple[str | None, float]:
    """Ask langdetect for the likeliest profile of a script and its probability."""
    from langdetect.lang_detect_exception import LangDetectException

    detector = _factory(script).create()
    detector.set_max_text_length(READ_CHARS)
    detector.append(text)
    try:
        likeliest = detector.get_probabilities()
    except LangDetectException:  # "No features in text": letters of the script, but no sequence of any profile
        return None, 0.0
    return (likeliest[0].lang, likeliest[0].prob) if likeliest else (None, 0.0)


@cache
def _factory(script: Script) -> Any:
    """Load the profiles of one script into a factory of our own: langdetect's shared one stays as it is."""
    from langdetect.detector_factory import DetectorFactory
    from langdetect.lang_detect_exception import LangDetectException

    ours = resources.files("kzpress") / "data" / "profiles"
    stock = resources.files("langdetect") / "profiles"
    files = [(ours / f"{name}.json", stock / name) for name in PROFILES[script]]
    create: Any = DetectorFactory
    factory = create()
    factory.set_seed(0)
    texts = [(own if own.is_file() else other).read_text("utf-8") for own, other in files]
    try:
        factory.load_json_profile(texts)
    except LangDetectException as error:  # langdetect takes whatever happens here for a bad profile, Ctrl-C too
        if error.__context__ is not None:
            raise error.__context__ from None
        raise
    return factory


def _letters_against(language: Lang, letters: Counter[str], total: int) -> str | None:
    """Say which letters speak against a verdict, None if none do; the shares are those of the measured prototype."""
    name = NAMES[language]
    if language is Lang.EN:
        beyond = sum(count for ch, count in letters.items() if ch.isalpha() and not ch.isascii())
        many = beyond > 0.04 * total
        return _("reads like {language}, but has many letters with marks", language=name) if many else None
    foreign = sum(letters[ch] for ch in _FOREIGN)
    if foreign >= 2 and foreign >= 0.004 * total:
        return _("reads like {language}, but has letters of another alphabet", language=name)
    kazakh = sum(letters[ch] for ch in _KAZAKH)
    if language is Lang.RU:
        if kazakh >= 0.02 * total:
            return _("reads like {language}, but has many letters that Russian lacks", language=name)
        lacks = total >= 150 and not letters["ы"] + letters["э"]
        return _("reads like {language}, but lacks the letters ы and э", language=name) if lacks else None
    frequent = sum(letters[ch] for ch in _FREQUENT_KAZAKH)
    lacks = total >= 150 and (frequent < 0.035 * total or kazakh == letters["і"])
    return _("reads like {language}, but lacks the letters қ, ғ, ұ, і", language=name) if lacks else None


def _foreign_reason(code: str) -> str:
    if code.startswith("kk-"):
        return _("{language}; kzpress reads Cyrillic Kazakh", language=NAMES[code])
    return _("reads like {language}, which kzpress does not translate", language=NAMES[code])
