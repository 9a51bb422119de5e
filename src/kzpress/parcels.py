"""Releases drafted away from their workspace: what goes along with them, and the work on them there.

What comes back is in ``answers``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import platform
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import asdict, dataclass, replace
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Any, Final, Self

from kzpress import answers, finishing, glossary, memory, planning
from kzpress.domain import Catalog, Draft, Lang, Remembered
from kzpress.drafting import Leg
from kzpress.engine import Engine, discover, find_route
from kzpress.engine.seal import digests
from kzpress.errors import ModelError, ReleaseError
from kzpress.finishing import Made
from kzpress.flowing import Item, flow
from kzpress.glossary import Glossary
from kzpress.limits import Limits
from kzpress.memory import Memory
from kzpress.planning import Plan
from kzpress.remembering import Recall, asking_what_is_new
from kzpress.review_index import program
from kzpress.reviewing import findings_of
from kzpress.workspace import Workspace

MODELS: Final = "KZPRESS_MODELS"  # as the option --models
_LIBRARIES: Final = ("ctranslate2", "sentencepiece", "langdetect", "lxml", "python-docx", "markdown-it-py")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A release to be drafted: its bytes, the name they came under, and its language if it need not be detected.

    ``wanted`` are the sentences to draft into each language, by their index; None is all into each of the kit's.
    """

    name: str
    data: bytes
    source: Lang | None = None
    wanted: Mapping[Lang, Sequence[int]] | None = None

    def address(self, kit: str) -> str:
        """Return what tells the drafts of this release, made with a kit of this digest, from any other drafts."""
        facts = [kit, self.name, _digest(self.data), self.source, self.wanted and dict(sorted(self.wanted.items()))]
        return _digest(json.dumps(facts).encode())


def makers(targets: Sequence[Lang], models: Path | None = None) -> dict[str, str]:
    """Return what drafts depend on besides the kit, by name: kzpress, its libraries and the packages of models.

    ``models`` is the folder to search first, else the one that the environment names.

    Raises:
        ModelError: it is no folder.
    """
    packages = discover(models or _models())
    facts = {
        "kzpress": f"{metadata.version('kzpress')} ({_digest(program().encode())[:8]})",
        "Python": ".".join(platform.python_version_tuple()[:2]),
        **{name: metadata.version(name) for name in _LIBRARIES},
    }
    for source, target in ((source, target) for source in Lang for target in targets if source is not target):
        with suppress(ModelError):
            route = find_route(packages, source, target, ())
            sums = json.dumps([[digests(place) for place in (one.folder, one.weights)] for one in route])
            named = ", ".join(one.label for one in route)
            facts[f"{source}→{target}"] = f"{named} ({_digest(sums.encode())[:8]})"
    return facts


def pack(workspace: Workspace, terms: Glossary, made_with: Mapping[str, str]) -> bytes:
    """Return the kit: all but models and programs that drafting for a workspace needs.

    Raises:
        ExchangeError: a file in ``tm/`` cannot be read.
    """
    settings = workspace.settings
    with Recall(workspace) as recall:
        known = [_remembered_to_json(one) for one in recall.memory.every()]
    facts = {
        "makers": dict(made_with),
        "glossary": glossary.packed(terms).decode(),
        "targets": settings.targets,
        "reviewer": settings.reviewer,
        "limits": asdict(settings.limits),
        "memory": known,
    }
    return json.dumps(facts, ensure_ascii=False).encode()


# ------------------------------------------------------------------ where it is drafted


@dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    """A memory that is open."""

    memory: Memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A kit laid out, with an engine: made once, then drafts any number of releases."""

    kit: bytes
    cache: Path | None
    terms: Glossary
    engine: Engine
    targets: tuple[Lang, ...]
    reviewer: Lang | None
    limits: Limits

    @classmethod
    def of(cls, kit: bytes, engine: Engine, cache: Path | None) -> Self:
        """Lay out a kit; what is worked out from its glossary is kept in the folder ``cache``."""
        facts = json.loads(kit)
        terms = glossary.unpacked(facts["glossary"].encode())
        terms = replace(terms, cache=cache / terms.digest[:16]) if cache else terms
        return cls(
            kit=kit,
            cache=cache,
            terms=terms,
            engine=engine,
            targets=tuple(Lang(code) for code in facts["targets"]),
            reviewer=Lang(facts["reviewer"]) if facts["reviewer"] else None,
            limits=Limits(**facts["limits"]),
        )

    @classmethod
    def here(cls, kit: bytes, threads: int) -> Self:
        """Lay out a kit on a worker, with the packages there are on it."""
        from kzpress.engine.argos import ArgosEngine

        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kzpress"
        return cls.of(kit, ArgosEngine(discover(_models()), threads=threads), cache)

    def draft(self, parcels: Sequence[Parcel]) -> list[bytes]:
        """Draft releases, decoded together, and return what came of each: its drafts or its error.

        Where the engine fails each is drafted alone, so that one at which it fails takes no other with it.
        """
        try:
            with self._memory() as known:
                ask = partial(asking_what_is_new, _Open(memory=known), self.terms)
                return list(flow(map(self._item, parcels), ask, self.engine))
        except Exception as error:
            if len(parcels) == 1:
                return [answers.failure(error, parcels[0].name)]
            return [answer for parcel in parcels for answer in self.draft([parcel])]

    def _memory(self) -> AbstractContextManager[Memory]:
        """Open the memory that came with the kit, indexed once for all who draft with it on this machine."""
        name = _digest(self.kit)
        place = self.cache / f"memory-{name[:16]}.sqlite" if self.cache else None
        return memory.opened(place, {name: name}, lambda _: map(_remembered, json.loads(self.kit)["memory"]))

    def _item(self, parcel: Parcel) -> Item[bytes]:
        try:
            plan = self._plan(parcel)
        except Exception as error:
            failure = answers.failure(error, parcel.name, kind=ReleaseError)
            return Item(work=(), done=lambda _: failure)

        def done(drafts: Sequence[Draft]) -> bytes:
            made = finishing.made_of(self.terms, plan, drafts)
            if parcel.wanted is None:
                made = {leg: self._looked_at(plan, leg, one) for leg, one in made.items()}
            return answers.told(plan, made)

        return Item(work=list(plan.work()), done=done)

    def _plan(self, parcel: Parcel) -> Plan:
        found = planning.read_bytes(Path(parcel.name), parcel.name, parcel.data, self.limits)
        lang = planning.language_of(found, parcel.source)
        there = dict.fromkeys(target for target in parcel.wanted or self.targets if target is not lang)
        plan = planning.lay_out(
            self.terms, found, "", lang, self.engine, reviewer=self.reviewer, there=there, renewed={}
        )
        if parcel.wanted is None:
            return plan
        asked = {leg: {i: ruled[i] for i in parcel.wanted[leg.target]} for leg, ruled in plan.wanted.items()}
        return replace(plan, wanted=asked)

    def _looked_at(self, plan: Plan, leg: Leg, made: Made) -> Made:
        """Add what is found in a catalogue of these entries alone."""
        alone = Catalog(lang=leg.target, header=(), entries=tuple(made.entries.values()))
        return replace(made, findings=findings_of(self.terms, alone, plan.source, plan.read.release.date))


def _models() -> Path | None:
    folder = os.environ.get(MODELS)
    return Path(folder) if folder else None


def _remembered_to_json(one: Remembered) -> list[str | None]:
    day = one.date.isoformat() if one.date else None
    return [one.source, one.text, one.source_lang, one.lang, one.origin, one.kind, one.by, day]


def _remembered(row: Sequence[Any]) -> Remembered:
    source, text, source_lang, lang, origin, kind, by, day = row
    return Remembered(
        source=source,
        text=text,
        source_lang=Lang(source_lang),
        lang=Lang(lang),
        origin=origin,
        kind=kind,
        by=by,
        date=dt.date.fromisoformat(day) if day else None,
    )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
