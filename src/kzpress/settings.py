"""The settings of a workspace: ``kzpress.toml``, in which no key is guessed at."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from kzpress.domain import Lang
from kzpress.errors import WorkspaceError
from kzpress.layout import FORMAT, OLDEST, format_of, parsed
from kzpress.limits import Limits
from kzpress.speech import _

SETTINGS: Final = "kzpress.toml"
SETTLE: Final = dt.timedelta(seconds=10)
TEMPLATE: Final = f"""\
# Settings of this kzpress workspace. Every key has a default; unknown keys are refused.
version = {FORMAT}
# The languages every release is drafted into; a release's own language is left out.
targets = ["kk", "ru", "en"]
# A folder of Argos packages to search before Argos's own folder and the embedded ones.
# models = "models"
# The notes in catalogues are in each catalogue's own language, unless all are to be in one.
# [review]
# language = "ru"
# What `kzpress publish` needs: the address that the folder editions/ is served at, and the organisation's name.
# [publish]
# url = "https://press.example.kz"
# organisation = {{ kk = "Баспасөз қызметі", ru = "Пресс-служба", en = "Press Service" }}
# latin = true                      # Kazakh in Latin letters, too
# How large input may be, in bytes and characters, before it is refused; these are what holds without them.
# [limits]
# file_bytes = 50_000_000
# text_bytes = 10_000_000
# paragraph_characters = 100_000
# archive_bytes = 100_000_000       # that a .docx or .xlsx unpacks to
# archive_ratio = 100               # of that size to its own
# `kzpress run`: how long an incoming file must not change before it is taken for whole.
# [run]
# settle = "10s"
# Feeds that it looks into, by address or file; `quiet` is how long one may bring nothing new before it is told.
# [[feeds]]
# name = "mfa"
# url = "https://www.example.kz/rss"
# language = "ru"                   # instead of detecting it
# quiet = "36h"
"""
PUBLISH_HINT: Final = (
    '[publish] url = "https://press.example.kz"; organisation = { kk = "…", ru = "…", en = "…" }; latin = true or false'
)
LIMITS: Final = ("file_bytes", "text_bytes", "paragraph_characters", "archive_bytes", "archive_ratio")
FEEDS_HINT: Final = '[[feeds]] name = "mfa"; url = "https://…" or file = "…"; language = "ru"; quiet = "36h"'
_FEED_NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")  # it names a folder
_SPAN: Final = re.compile(r"(\d{1,6}) ?([smhd])")
_UNITS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed to look into: ``address`` is an http(s) URL or, relative to the workspace, a file's path.

    ``language`` is taken instead of detecting it; ``quiet`` is how long it may bring nothing new, None for ever.
    """

    name: str
    address: str
    is_file: bool = False
    language: Lang | None = None
    quiet: dt.timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publishing:
    """Where editions are read, ``url`` without a stroke at its end, whose they are, and whether kk-Latn is made."""

    url: str
    organisation: Mapping[Lang, str]
    latin: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What ``kzpress.toml`` says.

    ``version`` is the workspace's format, 0 if none is named; ``models`` is relative to the workspace; ``reviewer`` is
    the language of notes in every catalogue, None for its own; ``settle`` is how long an incoming file must not change
    before it is taken for whole.
    """

    version: int = FORMAT
    targets: tuple[Lang, ...] = tuple(Lang)
    models: Path | None = None
    reviewer: Lang | None = None
    publish: Publishing | None = None
    settle: dt.timedelta = SETTLE
    feeds: tuple[Feed, ...] = ()
    limits: Limits = field(default_factory=Limits)


def read_settings(path: Path) -> Settings:
    """Return the settings in the file ``path``; every key has a default.

    Raises:
        WorkspaceError: they cannot be read, or a key is not known.
    """
    data = parsed(path)
    version = format_of(path, data, oldest=OLDEST)  # before keys that only another format may have
    _refuse_unknown(path, data, {"version", "targets", "models", "review", "publish", "limits", "run", "feeds"})
    try:
        targets = tuple(Lang(code) for code in data.get("targets", list(Lang)))
        models = Path(data["models"]) if "models" in data else None
        review = dict(data.get("review", {}))
        reviewer = Lang(review["language"]) if "language" in review else None
    except (TypeError, ValueError) as error:
        hint = 'targets = ["kk", "ru", "en"]; models = "folder"; [review] language = "ru"'
        raise WorkspaceError(error.args[0], where=str(path), hint=hint) from error
    if not targets:
        raise WorkspaceError(
            _("targets names no language"), where=str(path), hint=_('targets = ["kk", "ru", "en"], or remove the line')
        )
    _refuse_unknown(path, review, {"language"}, "review.")
    publish = _read_publishing(path, data["publish"]) if "publish" in data else None
    feeds, settle = _read_feeds(path, data.get("feeds", [])), _read_settle(path, data.get("run", {}))
    return Settings(
        version=version,
        targets=targets,
        models=models,
        reviewer=reviewer,
        publish=publish,
        settle=settle,
        feeds=feeds,
        limits=_read_limits(path, data.get("limits", {})),
    )


def _read_limits(path: Path, table: Any) -> Limits:
    hint = "[limits] file_bytes = 50_000_000"
    try:
        given = dict(table)
    except (TypeError, ValueError) as error:
        raise WorkspaceError(_("limits is no table"), where=str(path), hint=hint) from error
    _refuse_unknown(path, given, LIMITS, "limits.")
    for key, value in given.items():
        if type(value) is not int or value < 1:
            message = _("limits.{key} is no number above 0: {value!r}", key=key, value=value)
            raise WorkspaceError(message, where=str(path), hint=hint)
    return Limits(**given)


def _read_settle(path: Path, table: Any) -> dt.timedelta:
    try:
        run = dict(table)
        settle = _span(run["settle"], "run.settle") if "settle" in run else SETTLE
    except (TypeError, ValueError) as error:
        raise WorkspaceError(error.args[0], where=str(path), hint='[run] settle = "10s"') from error
    _refuse_unknown(path, run, {"settle"}, "run.")
    return settle


def _read_feeds(path: Path, tables: Any) -> tuple[Feed, ...]:
    try:
        feeds = [_read_feed(path, dict(table)) for table in tables]
        names = [feed.name for feed in feeds]
        for name in {name for name in names if names.count(name) > 1}:
            raise ValueError(_("two feeds have the name {name}", name=name))  # noqa: TRY301 - told like the others
    except (TypeError, ValueError, AttributeError) as error:
        raise WorkspaceError(error.args[0], where=str(path), hint=FEEDS_HINT) from error
    return tuple(feeds)


def _read_feed(path: Path, table: Mapping[str, Any]) -> Feed:
    _refuse_unknown(path, table, {"name", "url", "file", "language", "quiet"}, "feeds.")
    name, language, quiet = table.get("name", ""), table.get("language"), table.get("quiet")
    if not _FEED_NAME.fullmatch(name):
        raise ValueError(_("feeds.name is to be small letters, figures and hyphens: {name!r}", name=name))
    addresses = [table[key] for key in ("url", "file") if key in table]
    if len(addresses) != 1 or not str(addresses[0]).strip():
        raise ValueError(_("the feed {name} needs either url or file", name=name))
    parts = urlsplit(table.get("url", "https://file"))
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
        raise ValueError(_("the url of the feed {name} is to be https://… or http://…, without a password", name=name))
    return Feed(
        name=name,
        address=str(addresses[0]),
        is_file="file" in table,
        language=Lang(language) if language else None,
        quiet=_span(quiet, "feeds.quiet") if quiet is not None else None,
    )


def _span(text: str, key: str) -> dt.timedelta:
    found = _SPAN.fullmatch(text)
    if not found or not int(found[1]):
        raise ValueError(_("{key} is no length of time such as 90s, 15m, 36h or 7d: {text!r}", key=key, text=text))
    return dt.timedelta(seconds=int(found[1]) * _UNITS[found[2]])


def _read_publishing(path: Path, table: Any) -> Publishing:
    try:
        settings = dict(table)
        names = dict(settings.get("organisation", {}))
        _refuse_unknown(path, settings, {"url", "organisation", "latin"}, "publish.")
        _refuse_unknown(path, names, set(Lang), "publish.organisation.")
        url, latin = settings.get("url", ""), settings.get("latin", False)
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
            raise ValueError(_("publish.url is no address of a site: {url!r}", url=url))  # noqa: TRY301 - told like the others
        if not url.isascii():
            raise ValueError(_("publish.url has letters beyond ASCII: {url!r}; xn--… is the host", url=url))  # noqa: TRY301
        if latin not in (True, False) or not all(str(names.get(lang) or "").strip() for lang in Lang):
            raise ValueError(_("publish needs organisation in kk, ru and en, and latin as true or false"))  # noqa: TRY301
    except (TypeError, ValueError, AttributeError) as error:
        raise WorkspaceError(error.args[0], where=str(path), hint=PUBLISH_HINT) from error
    organisation = {lang: " ".join(str(names[lang]).split()) for lang in Lang}
    if not all(name.isprintable() for name in organisation.values()):
        raise WorkspaceError(_("publish.organisation has characters that cannot be printed"), where=str(path))
    return Publishing(url=url.rstrip("/"), organisation=organisation, latin=latin)


def _refuse_unknown(path: Path, given: Mapping[str, object], known: Collection[str], prefix: str = "") -> None:
    for key in given.keys() - known:
        close = difflib.get_close_matches(str(key), known, n=1)
        hint = (
            _("did you mean {prefix}{close}?", prefix=prefix, close=close[0])
            if close
            else _("known keys: {keys}", keys=", ".join(sorted(known)))
        )
        raise WorkspaceError(_("unknown key '{prefix}{key}'", prefix=prefix, key=key), where=str(path), hint=hint)
