"""Results of ``kzpress models`` as words and as JSON, in the form that ``report`` prints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kzpress.engine import Origin
from kzpress.engine.seal import LOCK, SUMS, Seal
from kzpress.report import Answer
from kzpress.speech import _, counted, figure, spoken, told

if TYPE_CHECKING:
    from kzpress.engine import Direction, Package
    from kzpress.engine.archive import Packed
    from kzpress.engine.install import Installed
    from kzpress.engine.verify import Verdict
    from kzpress.scores import Scores

_SEALS: Final = {
    Seal.INTACT: _("intact"),
    Seal.UNSEALED: _("not pinned"),
    Seal.CHANGED: _("changed"),
    Seal.MISSING: _("missing"),
    Seal.UNREADABLE: _("unreadable"),
}


def direction(found: Direction) -> Answer:
    """Word how one direction is served."""
    name = f"{found.source}→{found.target}"
    facts: dict[str, Any] = {"from": found.source, "to": found.target, "packages": []}
    if found.error:
        return Answer(
            f"{name}  {told('none'):6}  {spoken(found.error.message)}",
            facts | {"kind": None, "error": found.error.message},
        )
    kind = _("direct") if len(found.packages) == 1 else _("pivot through {lang}", lang=found.packages[0].target)
    words = []
    for package in found.packages:
        seal = package.seal()
        words.append(f"{name}  {spoken(kind):6}  {package.label:32}  sha256 {spoken(_SEALS[seal])}  {package.folder}")
        facts["packages"].append(_package(package) | {"sha256": seal})
    return Answer("\n".join(words), facts | {"kind": kind})


def scored(path: Path, scores: Scores) -> Answer:
    """Word the scores of a direction."""
    names = told("{count} of {total} names", count=scores.names_found, total=scores.names)
    lines = counted("{count} line", "{count} lines", scores.lines)
    words = (
        f"{scores.route}  chrF {scores.chrf:.1f}  chrF++ {scores.chrf_plus_plus:.1f}  "
        f"BLEU {scores.bleu:.1f}  {names}  {lines}  {told('{seconds} s', seconds=f'{scores.seconds:.1f}')}  {path.name}"
    )
    facts = {
        "path": str(path),
        "from": scores.route.langs[0],
        "to": scores.route.langs[-1],
        "route": str(scores.route),
        "lines": scores.lines,
        "chrf": round(scores.chrf, 2),
        "chrf++": round(scores.chrf_plus_plus, 2),
        "bleu": round(scores.bleu, 2),
        "names": scores.names,
        "names_found": scores.names_found,
        "seconds": round(scores.seconds, 2),
        "signatures": list(scores.signatures),
    }
    return Answer(words, facts)


def verified(found: Verdict) -> Answer:
    """Word how one package compares with its sums, and name the files that differ."""
    label = found.package.label if found.package else f"({found.origin})"
    lines = [f"{spoken(_SEALS[found.seal]):10}  {label:32}  {found.folder}"]
    lines += [f"            {spoken(_SEALS[state]):10}  {path}" for path, state in found.files]
    if found.error:
        lines.append(f"            {spoken(found.error.message)}")
    if not found.seal.is_sound:
        lines.append("            " + told("hint: {hint}", hint=_mended(found)))
    facts = _package(found.package) if found.package else {"origin": found.origin, "folder": str(found.folder)}
    files = [{"path": str(path), "sha256": state} for path, state in found.files]
    error = {"error": found.error.message, "hint": found.error.hint} if found.error else {}
    return Answer("\n".join(lines), facts | {"sha256": found.seal, "files": files} | error)


def _mended(found: Verdict) -> str:
    if found.origin is Origin.EMBEDDED:
        return _("install kzpress again")
    if found.error and found.error.hint:
        return found.error.hint
    if found.package:
        return found.package.remedy
    if (found.folder.parent / SUMS).exists():
        return _("make or copy the whole folder again: {file} seals its files together", file=SUMS)
    return _("install the package again, or if it was removed on purpose take it out of {file}", file=LOCK)


def packed(made: Packed) -> Answer:
    """Word an archive that was written."""
    how = "" if made.changed else "  " + told("(unchanged)")
    size = told("{size} bytes", size=figure(made.size))
    words = f"{made.path}  {size}  sha256 {made.sha256}{how}"
    facts = {"path": str(made.path), "bytes": made.size, "sha256": made.sha256, "changed": made.changed}
    return Answer(words, _package(made.package) | facts)


def installed(done: Installed) -> Answer:
    """Word what stands now where a package was to be installed."""
    package = done.package
    gone = [name for name in done.replaced if name != package.folder.name]
    name = f"{package.name} {package.version}"
    if not done.changed:
        how = told("{package} is there already", package=name)
    elif gone:
        how = told("{package} installed, in the place of {replaced}", package=name, replaced=", ".join(gone))
    else:
        how = told("{package} installed", package=name)
    words = f"{how}  {package.folder}\nsha256 {done.sha256}"
    facts = {"sha256": done.sha256, "changed": done.changed, "replaced": list(done.replaced)}
    return Answer(words, _package(package) | facts)


def converted(package: Package) -> Answer:
    """Word a package that was made of a checkpoint."""
    prefixes = [f"{what} {token}" for what, token in _prefixes(package).items() if token]
    words = f"{package.name} {package.version}  {package.folder}  {', '.join(prefixes)}".rstrip()
    return Answer(words, _package(package) | {f"{what}_prefix": token for what, token in _prefixes(package).items()})


def _prefixes(package: Package) -> dict[str, str]:
    return {"source": package.source_prefix, "target": package.prefix}


def _package(package: Package) -> dict[str, Any]:
    return {
        "name": package.name,
        "version": package.version,
        "origin": package.origin,
        "folder": str(package.folder),
    }
