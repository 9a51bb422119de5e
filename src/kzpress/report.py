"""Results as words and as JSON. Every answer is a pair: what a person reads, and one object a program reads."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from kzpress.domain import Finding, Lang, Severity
from kzpress.errors import KzpressError

if TYPE_CHECKING:
    from kzpress.glossary import Glossary, Problem
    from kzpress.pipeline import Read, Target, Translated
    from kzpress.workspace import Workspace


class Answer(NamedTuple):
    """One answer in both forms; ``error`` goes to stderr when words are asked for."""

    words: str
    facts: dict[str, Any]
    error: KzpressError | None = None


def tell(answer: Answer, as_json: bool) -> None:
    """Print one answer: a JSON line, or its words."""
    if as_json:
        say(json.dumps(answer.facts, ensure_ascii=False))
    elif answer.error:
        complain(answer.error)
    elif answer.words:
        say(answer.words)


def say(line: str) -> None:
    """Print a line of the answer; when nobody reads any more the work goes on in silence."""
    try:
        print(line, flush=True)  # noqa: T201 - click.echo would end the program at a closed pipe
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def note(text: str) -> None:
    """Print something worth knowing to stderr."""
    click.echo(f"note: {text}", err=True)


def complain(error: KzpressError) -> None:
    """Print an error's place, message and next step to stderr."""
    click.echo(f"error: {error}", err=True)
    if error.hint:
        click.echo(f"hint: {error.hint}", err=True)


def failed(path: Path, error: KzpressError) -> Answer:
    """Word a release that could not be read."""
    facts = {"path": str(path), "error": {"message": error.message, "where": error.where, "hint": error.hint}}
    return Answer("", facts | {"status": int(error.status)}, error)


def created(folder: Path, written: tuple[Path, ...]) -> Answer:
    """Word a new workspace."""
    words = "\n".join(f"wrote {path}" for path in written) or f"{folder} is a workspace already; nothing was changed"
    return Answer(words, {"path": str(folder), "written": [str(path) for path in written]})


# ------------------------------------------------------------------ releases


def detected(found: Read) -> Answer:
    """Word the verdict on a release's language."""
    verdict = found.detection
    words = [f"{verdict.verdict:8}{percent(verdict.confidence):>6}  {found.path}  {verdict.reason}"]
    words += [f"        line {part.line}: {part.language or part.guess or 'unknown'}" for part in verdict.deviating]
    facts = {
        "path": str(found.path),
        "language": verdict.verdict,
        "confidence": round(verdict.confidence, 4),
        "script": verdict.script,
        "reason": verdict.reason,
        "paragraphs": [
            {
                "line": part.line,
                "letters": part.letters,
                "language": part.language,
                "confidence": round(part.confidence, 4),
                "guess": part.guess,
                "reason": part.reason,
            }
            for part in verdict.paragraphs
        ],
    }
    return Answer("\n".join(words), facts)


def translated(workspace: Workspace, result: Translated) -> Answer:
    """Word what became of one release and each of its locales."""
    if result.error or result.read is None:
        return failed(result.path, result.error or KzpressError("nothing was read"))
    release, verdict = result.read.release, result.read.detection
    given = "" if result.source == verdict.language else f" (detected: {verdict.verdict})"
    title = release.title if len(release.title) <= 40 else release.title[:39] + "…"
    place = "  ".join(str(part) for part in (release.date, release.city) if part)
    lines = [f"source  {result.source} ({percent(verdict.confidence)}){given}  “{title}”  {place}".rstrip()]
    lines += [f"        note: {notice.message}" for notice in release.notices]
    lines += [f"        line {part.line} looks like {part.language or part.guess}" for part in verdict.deviating]
    lines += [line for target in result.targets for line in _target(workspace, target)]
    facts = {
        "path": str(result.path),
        "slug": result.slug,
        "source": result.source,
        "targets": [_target_facts(workspace, target) for target in result.targets],
        "notices": [{"code": notice.code, "message": notice.message} for notice in release.notices],
    }
    return Answer("\n".join(lines), facts)


def redrafted(workspace: Workspace, result: Translated) -> Answer:
    """Word what became of one release drafted again, and what of it is left to people."""
    if result.error:
        return failed(result.path, result.error)
    lines = [f"again   {result.source}  {result.slug}"]
    for target in result.targets:
        lines += _target(workspace, target)
        lines += [f"        {target.left} more for a person to look at: kzpress status --stale"] if target.left else []
    targets = [_target_facts(workspace, target) | {"left": target.left} for target in result.targets]
    facts = {"slug": result.slug, "source": result.source, "targets": targets}
    return Answer("\n".join(lines), facts)


def _target_facts(workspace: Workspace, target: Target) -> dict[str, Any]:
    return {
        "lang": target.lang,
        "catalogue": workspace.relative(target.path),
        "route": str(target.route),
        "segments": target.segments,
        "drafted": target.drafted,
        "reviewed": target.reviewed,
        "names": {"required": len(target.names), "right": target.names_right},
        "changed": target.changed,
        "findings": [finding_facts(finding) for finding in target.findings],
    }


def _target(workspace: Workspace, target: Target) -> Iterator[str]:
    if target.drafted == target.segments:
        done = f"{target.segments} segments drafted"
    elif target.drafted:
        done = f"{target.drafted} of {target.segments} segments drafted"
    else:
        done = f"{target.segments} segments {'updated' if target.changed else 'unchanged'}"
    names = f"{target.names_right} of {len(target.names)} names found" if target.drafted else ""
    if target.drafted and target.names_right == len(target.names):
        names = f"{count(len(target.names), 'name')} found"
    route = f"  ({target.route})" if target.route.is_pivot else ""
    findings = count(len(unweighed(target.findings)), "finding")
    yield f"{target.lang:8}{done:24}  {names:20}  {findings:12}  {workspace.relative(target.path)}{route}"


def finding_facts(finding: Finding) -> dict[str, str | None]:
    """Return what a program reads of one finding."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "mark": finding.mark,
        "context": finding.key.context,
        "source": finding.key.source,
        "fix": finding.fix,
    }


def unweighed(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings that no person has acknowledged."""
    return [finding for finding in findings if finding.severity is not Severity.ACKNOWLEDGED]


# ------------------------------------------------------------------ glossary


def glossary_problem(problem: Problem, severity: Severity = Severity.ERROR) -> Answer:
    """Word one thing that is wrong with the glossary, or that a person should look at."""
    said = problem.message if severity is Severity.ERROR else f"{severity}: {problem.message}"
    words = f"{problem.where}: {said}" + (f"\n    hint: {problem.hint}" if problem.hint else "")
    facts = {"where": problem.where, "severity": severity, "message": problem.message, "hint": problem.hint}
    return Answer(words, facts)


def glossary_sound(terms: Glossary, warnings: int = 0) -> Answer:
    """Word a glossary with nothing wrong."""
    odd = f", {count(warnings, 'warning')}" if warnings else ""
    return Answer(
        f"{count(len(terms), 'entry', 'entries')}, nothing wrong{odd}  (digest {terms.digest[:8]})",
        {"entries": len(terms), "digest": terms.digest, "problems": 0, "warnings": warnings},
    )


def forms(entry: str, tables: Mapping[Lang, Mapping[str, str]]) -> Answer:
    """Word an entry's inflected forms."""
    lines = [f"{lang}  {case:5}{form}" for lang, table in tables.items() for case, form in table.items()]
    return Answer("\n".join(lines), {"entry": entry, "forms": {lang: dict(table) for lang, table in tables.items()}})


def percent(share: float) -> str:
    """Word a share, 0..1."""
    return f"{share:.0%}".replace("%", " %")


def count(number: int, one: str, many: str | None = None) -> str:
    """Word how many there are."""
    return f"{number} {one if number == 1 else many or one + 's'}"
