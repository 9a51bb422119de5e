"""Results of ``kzpress models`` as words and as JSON, in the form that ``report`` prints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kzpress.engine import Origin
from kzpress.report import Answer

if TYPE_CHECKING:
    from kzpress.engine import Direction, Package
    from kzpress.engine.archive import Packed
    from kzpress.engine.install import Installed
    from kzpress.engine.verify import Verdict
    from kzpress.scores import Scores


def direction(found: Direction) -> Answer:
    """Word how one direction is served."""
    name = f"{found.source}→{found.target}"
    facts: dict[str, Any] = {"from": found.source, "to": found.target, "packages": []}
    if found.error:
        return Answer(f"{name}  none    {found.error.message}", facts | {"kind": None, "error": found.error.message})
    kind = "direct" if len(found.packages) == 1 else f"pivot through {found.packages[0].target}"
    words = []
    for package in found.packages:
        words.append(f"{name}  {kind:8}{package.label:32}  sha256 {package.seal()}  {package.folder}")
        facts["packages"].append(_package(package) | {"sha256": package.seal()})
    return Answer("\n".join(words), facts | {"kind": kind})


def scored(path: Path, scores: Scores) -> Answer:
    """Word the scores of a direction."""
    words = (
        f"{scores.route}  chrF {scores.chrf:.1f}  chrF++ {scores.chrf_plus_plus:.1f}  "
        f"BLEU {scores.bleu:.1f}  {scores.names_found} of {scores.names} names  {scores.lines} lines  "
        f"{scores.seconds:.1f} s  {path.name}"
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
    lines = [f"{found.seal:11} {label:32}  {found.folder}"]
    lines += [f"            {state:11} {path}" for path, state in found.files]
    if found.error:
        lines.append(f"            {found.error.message}")
    if not found.seal.is_sound:
        lines.append(f"            hint: {_mended(found)}")
    facts = _package(found.package) if found.package else {"origin": found.origin, "folder": str(found.folder)}
    files = [{"path": str(path), "sha256": state} for path, state in found.files]
    error = {"error": found.error.message, "hint": found.error.hint} if found.error else {}
    return Answer("\n".join(lines), facts | {"sha256": found.seal, "files": files} | error)


def _mended(found: Verdict) -> str:
    if found.origin is Origin.EMBEDDED:
        return "install kzpress again"
    return found.error.hint if found.error and found.error.hint else "install the package again"


def packed(made: Packed) -> Answer:
    """Word an archive that was written."""
    how = "" if made.changed else "  (unchanged)"
    words = f"{made.path}  {made.size:,} bytes  sha256 {made.sha256}{how}"
    facts = {"path": str(made.path), "bytes": made.size, "sha256": made.sha256, "changed": made.changed}
    return Answer(words, _package(made.package) | facts)


def installed(done: Installed) -> Answer:
    """Word what stands now where a package was to be installed."""
    package = done.package
    how = "installed" if done.changed else "is there already"
    gone = [name for name in done.replaced if name != package.folder.name]
    replaced = f", in the place of {', '.join(gone)}" if gone else ""
    words = f"{package.name} {package.version} {how}{replaced}  {package.folder}\nsha256 {done.sha256}"
    facts = {"sha256": done.sha256, "changed": done.changed, "replaced": list(done.replaced)}
    return Answer(words, _package(package) | facts)


def converted(package: Package) -> Answer:
    """Word a package that was made of a checkpoint."""
    told = [f"{what} {token}" for what, token in _prefixes(package).items() if token]
    words = f"{package.name} {package.version}  {package.folder}  {', '.join(told)}".rstrip()
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
