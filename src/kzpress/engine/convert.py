"""Hugging Face checkpoints of Marian, M2M100 and NLLB become Argos packages, through CTranslate2's own converter.

What each family must be told stands in the packages' metadata: ``target_prefix`` as Argos has it, and our own
``source_prefix`` where the model needs to know what it reads. All directions of one checkpoint share its weights.
transformers and torch are the extra ``kzpress[convert]``; nothing is fetched.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from importlib.util import find_spec
from itertools import permutations
from pathlib import Path
from typing import Any, Final

from kzpress import files, languages
from kzpress.domain import Lang
from kzpress.engine import seal
from kzpress.engine.archive import unwritable
from kzpress.engine.install import VERSION as SOUND
from kzpress.engine.install import staging
from kzpress.engine.packages import SOURCE_PREFIX, Origin, Package, read
from kzpress.errors import ModelError, UsageError
from kzpress.speech import _, every

EXTRA: Final = "kzpress[convert]"
VERSION: Final = "1.0"
_ARGOS: Final = "1.9.0"  # the first that knows target_prefix
_SHARED: Final = "weights"
_NLLB: Final = {Lang.KK: "kaz_Cyrl", Lang.RU: "rus_Cyrl", Lang.EN: "eng_Latn"}
_CODES: Final = {"kk": Lang.KK, "kaz": Lang.KK, "ru": Lang.RU, "rus": Lang.RU, "en": Lang.EN, "eng": Lang.EN}
_MARIAN: Final = re.compile(r">>([a-z]{2,3})(?:_Cyrl|_Latn)?<<")  # what a model with several targets is told

Pair = tuple[Lang, Lang]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Family:
    """How one kind of checkpoint is told its languages: (source, target) to (source prefix, target prefix)."""

    name: str
    tokenizer: str  # its SentencePiece file
    pairs: tuple[Pair, ...]
    prefixes: Callable[[Lang, Lang], tuple[str, str]]


def convert(
    source: Path, to: Path, pairs: Sequence[Pair] = (), *, version: str = VERSION, quantization: str = "int8"
) -> tuple[Package, ...]:
    """Write packages of the checkpoint in ``source`` into ``to``, for ``pairs`` or else all it states to translate.

    Raises:
        ModelError: it is no checkpoint of a known family, lacks files or languages, or transformers is not installed.
        UsageError: the checkpoint does not say which pair it translates, and ``pairs`` does not either; or no package
            of this ``version`` could be installed.
    """
    if not SOUND.fullmatch(version):
        raise UsageError(
            _("{version!r} is no version of a package", version=version),
            hint=_("begin with a number: 1.0 or 2.1rc1, say"),
        )
    family = _family_of(source)
    chosen = tuple(dict.fromkeys(pairs)) or family.pairs
    if not chosen:
        raise UsageError(
            _("this checkpoint does not say which languages it translates"), hint=_("name them: --pair en-ru, say")
        )
    names = [f"translate-{a}_{b}" for a, b in chosen] + [_SHARED] * (len(chosen) > 1)
    for name in names:
        if (to / name).exists():
            raise ModelError(
                _("something is there already"), where=str(to / name), hint=_("give another folder with --to")
            )
    _demand_converter()
    with staging(to) as stage:
        made = stage / "new"
        weights = made / names[-1]
        _write_weights(source, weights, family, quantization)
        vocabulary = _vocabulary(weights / "model")
        for pair, name in zip(chosen, names, strict=False):
            facts = _metadata(pair, family, version)
            _demand_tokens({str(facts.get(key, "")) for key in (SOURCE_PREFIX, "target_prefix")}, vocabulary, source)
            if weights.name == _SHARED:
                facts["weights"] = f"../{_SHARED}"
            (made / name).mkdir(exist_ok=True)
            (made / name / "metadata.json").write_bytes(_as_json(facts))
        sums = seal.digests(made)
        try:
            for name in names:
                (made / name).rename(to / name)
            _write_sums(to, sums)
        except OSError as error:
            raise unwritable(to, error) from error
    found = (read(to / f"translate-{a}_{b}" / "metadata.json", Origin.MODELS) for a, b in chosen)
    return tuple(package for package in found if package)


# ------------------------------------------------------------------ families


def _family_of(source: Path) -> _Family:
    """Tell what kind of checkpoint ``source`` is, from its files alone."""
    config = _json(source, "config.json")
    kind = config.get("model_type")
    if kind == "m2m_100" and "nllb" in str(_settings(source).get("tokenizer_class", "")).lower():
        return _many("NLLB", source, _NLLB)
    if kind == "m2m_100":
        return _many("M2M100", source, {lang: f"__{lang}__" for lang in Lang})
    if kind == "marian":
        return _marian(source)
    raise ModelError(
        _("a checkpoint of the architecture {kind!r}", kind=kind),
        where=str(source / "config.json"),
        hint=_("Marian (OPUS-MT), M2M100 and NLLB can be converted"),
    )


def _many(name: str, source: Path, tokens: Mapping[Lang, str]) -> _Family:
    return _Family(
        name=name,
        tokenizer=_demand_file(source, "sentencepiece.bpe.model"),
        pairs=tuple(permutations(Lang, 2)),
        prefixes=lambda a, b: (tokens[a], tokens[b]),
    )


def _marian(source: Path) -> _Family:
    """Return Marian as this checkpoint is: with several targets, it is told the target before the source."""
    known = {token: found[1] for token in _json(source, "vocab.json") if (found := _MARIAN.fullmatch(token))}
    targets = {_CODES[code]: token for token, code in known.items() if code in _CODES}

    def prefixes(__: Lang, target: Lang) -> tuple[str, str]:
        if known and target not in targets:
            raise ModelError(
                _("this checkpoint does not write {language}", language=languages.NAMES[target]),
                where=str(source / "vocab.json"),
                hint=_("it writes {languages}", languages=", ".join(sorted(set(known.values())))),
            )
        return targets.get(target, ""), ""

    settings = _settings(source)
    pair = tuple(_CODES.get(str(settings.get(key))) for key in ("source_lang", "target_lang"))
    stated = tuple((a, b) for a, b in [pair] if a and b and a is not b)
    return _Family(name="Marian", tokenizer=_demand_file(source, "source.spm"), pairs=stated, prefixes=prefixes)


def _settings(source: Path) -> dict[str, Any]:
    return _json(source, "tokenizer_config.json") if (source / "tokenizer_config.json").exists() else {}


def _json(source: Path, name: str) -> dict[str, Any]:
    path = source / _demand_file(source, name)
    try:
        return dict(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise ModelError(
            _("cannot be read ({error})", error=str(error)), where=str(path), hint=_("get the checkpoint again")
        ) from error


def _demand_file(source: Path, name: str) -> str:
    if not (source / name).is_file():
        what = _("no such file") if source.is_dir() else _("no such folder")
        raise ModelError(
            what,
            where=str(source / name if source.is_dir() else source),
            hint=_("give the folder of a Hugging Face checkpoint, with config.json, weights and tokenizer"),
        )
    return name


# ------------------------------------------------------------------ packages


def _demand_converter() -> None:
    missing = [name for name in ("transformers", "torch") if not find_spec(name)]
    if missing:
        raise ModelError(
            _("converting needs {packages}, which kzpress does without otherwise", packages=every(missing)),
            hint=f"python -m pip install '{EXTRA}'",
        )


def _write_weights(source: Path, weights: Path, family: _Family, quantization: str) -> None:
    """Convert the network, let it end every source with its end sign itself, and bring the tokenizer and model card."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    from ctranslate2.converters import TransformersConverter

    weights.mkdir()
    try:
        TransformersConverter(str(source)).convert(str(weights / "model"), quantization=quantization)
        config = weights / "model" / "config.json"
        config.write_bytes(_as_json(json.loads(config.read_text("utf-8")) | {"add_source_eos": True}))
        shutil.copyfile(source / family.tokenizer, weights / "sentencepiece.model")
        for card in (source / name for name in ("README.md", "LICENSE")):
            if card.is_file():
                shutil.copyfile(card, weights / card.name)
    except Exception as error:  # transformers promises no types
        first = str(error).partition("\n")[0]
        raise ModelError(
            _(
                "this {family} checkpoint cannot be converted ({kind}: {error})",
                family=family.name,
                kind=type(error).__name__,
                error=first,
            ),
            where=str(source),
            hint=_("get its files again, all of them; transformers must be able to load them"),
        ) from error


def _vocabulary(model: Path) -> set[str]:
    return {token for path in model.glob("*vocabulary.json") for token in json.loads(path.read_text("utf-8"))}


def _metadata(pair: Pair, family: _Family, version: str) -> dict[str, object]:
    source, target = pair
    begins, writes = family.prefixes(source, target)
    facts: dict[str, object] = {
        "type": "translate",
        "package_version": version,
        "argos_version": _ARGOS,
        "from_code": source,
        "from_name": languages.english_name(source),
        "to_code": target,
        "to_name": languages.english_name(target),
        "links": [],
    }
    prefixes = {SOURCE_PREFIX: begins, "target_prefix": writes}
    return facts | {key: token for key, token in prefixes.items() if token}


def _demand_tokens(tokens: set[str], vocabulary: set[str], source: Path) -> None:
    if missing := sorted(tokens - vocabulary - {""}):
        raise ModelError(
            _(
                "this checkpoint has no {tokens} in its vocabulary",
                tokens=reduce(lambda one, other: _("{one} and no {other}", one=one, other=other), missing),
            ),
            where=str(source),
            hint=_("its tokenizer files are incomplete, or it was not trained on this language"),
        )


def _write_sums(root: Path, sums: Mapping[str, str]) -> None:
    """Seal what was made, beside what other conversions sealed before."""
    path = root / seal.SUMS
    before = path.read_text("utf-8") if path.exists() else ""
    text = before + "".join(f"{digest}  {name}\n" for name, digest in sums.items())
    files.write(path, text.encode(), error=ModelError)


def _as_json(facts: object) -> bytes:
    return (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode()
