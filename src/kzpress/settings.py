"""The settings of a workspace: ``kzpress.toml``, in which no key is guessed at."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from kzpress.domain import Lang
from kzpress.errors import WorkspaceError

SETTINGS: Final = "kzpress.toml"
VERSION: Final = 1
TEMPLATE: Final = f"""\
# Settings of this kzpress workspace. Every key has a default; unknown keys are refused.
version = {VERSION}
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
"""
PUBLISH_HINT: Final = (
    '[publish] url = "https://press.example.kz"; organisation = { kk = "…", ru = "…", en = "…" }; latin = true or false'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publishing:
    """Where editions are read, ``url`` without a stroke at its end, whose they are, and whether kk-Latn is made."""

    url: str
    organisation: Mapping[Lang, str]
    latin: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What ``kzpress.toml`` says.

    ``models`` is relative to the workspace; ``reviewer`` is the language of notes in every catalogue, None for its own.
    """

    version: int = VERSION
    targets: tuple[Lang, ...] = tuple(Lang)
    models: Path | None = None
    reviewer: Lang | None = None
    publish: Publishing | None = None


def read_settings(path: Path) -> Settings:
    """Return the settings in the file ``path``; every key has a default.

    Raises:
        WorkspaceError: they cannot be read, or a key is not known.
    """
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text("utf-8-sig"))  # Notepad begins with a mark
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WorkspaceError(f"settings cannot be read ({error})", where=str(path)) from error
    _refuse_unknown(path, data, {"version", "targets", "models", "review", "publish"})
    if data.get("version", VERSION) != VERSION:
        raise WorkspaceError(
            f"workspace version {data['version']} is not {VERSION}", where=str(path), hint="use a newer kzpress"
        )
    try:
        targets = tuple(Lang(code) for code in data.get("targets", list(Lang)))
        models = Path(data["models"]) if "models" in data else None
        review = dict(data.get("review", {}))
        reviewer = Lang(review["language"]) if "language" in review else None
    except (TypeError, ValueError) as error:
        hint = 'targets = ["kk", "ru", "en"]; models = "folder"; [review] language = "ru"'
        raise WorkspaceError(str(error), where=str(path), hint=hint) from error
    if not targets:
        raise WorkspaceError(
            "targets names no language", where=str(path), hint='targets = ["kk", "ru", "en"], or remove the line'
        )
    _refuse_unknown(path, review, {"language"}, "review.")
    publish = _read_publishing(path, data["publish"]) if "publish" in data else None
    return Settings(targets=targets, models=models, reviewer=reviewer, publish=publish)


def _read_publishing(path: Path, table: Any) -> Publishing:
    try:
        settings = dict(table)
        names = dict(settings.get("organisation", {}))
        _refuse_unknown(path, settings, {"url", "organisation", "latin"}, "publish.")
        _refuse_unknown(path, names, set(Lang), "publish.organisation.")
        url, latin = settings.get("url", ""), settings.get("latin", False)
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
            raise ValueError(f"publish.url is no address of a site: {url!r}")  # noqa: TRY301 - told like the others
        if not url.isascii():
            raise ValueError(f"publish.url has letters beyond ASCII: {url!r}; xn--… is the host")  # noqa: TRY301
        if latin not in (True, False) or not all(str(names.get(lang) or "").strip() for lang in Lang):
            raise ValueError("publish needs organisation in kk, ru and en, and latin as true or false")  # noqa: TRY301
    except (TypeError, ValueError, AttributeError) as error:
        raise WorkspaceError(str(error), where=str(path), hint=PUBLISH_HINT) from error
    organisation = {lang: " ".join(str(names[lang]).split()) for lang in Lang}
    if not all(name.isprintable() for name in organisation.values()):
        raise WorkspaceError("publish.organisation has characters that cannot be printed", where=str(path))
    return Publishing(url=url.rstrip("/"), organisation=organisation, latin=latin)


def _refuse_unknown(path: Path, given: Mapping[str, object], known: Collection[str], prefix: str = "") -> None:
    for key in given.keys() - known:
        close = difflib.get_close_matches(key, known, n=1)
        hint = f"did you mean {prefix}{close[0]}?" if close else f"known keys: {', '.join(sorted(known))}"
        raise WorkspaceError(f"unknown key '{prefix}{key}'", where=str(path), hint=hint)
