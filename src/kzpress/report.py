"""Results as words and as JSON. Every answer is a pair: what a person reads, and one object a program reads."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from kzpress.domain import Finding, Key, Lang, Severity, State
from kzpress.errors import KzpressError

if TYPE_CHECKING:
    from kzpress.glossary import Glossary, Problem
    from kzpress.pipeline import Read, Target, Translated
    from kzpress.reviewing import Progressed, Stale, StaleEntry
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
    words = [f"{verdict.verdict:8}{_percent(verdict.confidence):>6}  {found.path}  {verdict.reason}"]
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
    lines = [f"source  {result.source} ({_percent(verdict.confidence)}){given}  “{title}”  {place}".rstrip()]
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
        "findings": [_finding(finding) for finding in target.findings],
    }


def _target(workspace: Workspace, target: Target) -> Iterator[str]:
    if target.drafted == target.segments:
        count = f"{target.segments} segments drafted"
    elif target.drafted:
        count = f"{target.drafted} of {target.segments} segments drafted"
    else:
        count = f"{target.segments} segments {'updated' if target.changed else 'unchanged'}"
    names = f"{target.names_right} of {len(target.names)} names found" if target.drafted else ""
    if target.drafted and target.names_right == len(target.names):
        names = f"{_count(len(target.names), 'name')} found"
    route = f"  ({target.route})" if target.route.is_pivot else ""
    findings = _count(len(_open(target.findings)), "finding")
    yield f"{target.lang:8}{count:24}  {names:20}  {findings:12}  {workspace.relative(target.path)}{route}"


def progressed(workspace: Workspace, line: Progressed) -> Answer:
    """Word how far one catalogue is."""
    if line.error:
        return failed(line.path, line.error)
    reviewed = line.approved / line.total if line.total else 1.0
    errors = sum(finding.severity is Severity.ERROR for finding in line.findings)
    words = (
        f"{line.slug}  {line.lang}  {_percent(reviewed):>5} reviewed  "
        f"{line.approved}/{line.total}  {_findings(line.findings)}"
    )
    facts = {
        "slug": line.slug,
        "lang": line.lang,
        "catalogue": workspace.relative(line.path),
        "segments": line.total,
        "empty": line.empty,
        "drafted": line.draft,
        "approved": line.approved,
        "reviewed": round(reviewed, 4),
        "findings": len(_open(line.findings)),
        "errors": errors,
        "acknowledged": len(line.findings) - len(_open(line.findings)),
    }
    return Answer(words, facts)


def checked(workspace: Workspace, line: Progressed) -> Answer:
    """Word the findings of one catalogue."""
    if line.error:
        return failed(line.path, line.error)
    name = workspace.relative(line.path)
    lines = []
    for finding in line.findings:
        words = f"{finding.severity}: {finding.message} [{finding.code} {finding.mark}]"
        lines.append(f"{name}: {words}\n    {_shown(finding.key)}")
    lines.append(f"{name}: {_findings(line.findings)} in {_count(line.total, 'segment')}")
    facts = {
        "slug": line.slug,
        "lang": line.lang,
        "catalogue": name,
        "segments": line.total,
        "findings": [_finding(finding) for finding in line.findings],
    }
    return Answer("\n".join(lines), facts)


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "mark": finding.mark,
        "context": finding.key.context,
        "source": finding.key.source,
    }


def _open(findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity is not Severity.ACKNOWLEDGED]


def _findings(findings: Sequence[Finding]) -> str:
    acknowledged = len(findings) - len(_open(findings))
    return _count(len(_open(findings)), "finding") + (f", {acknowledged} acknowledged" if acknowledged else "")


def _shown(key: Key) -> str:
    return f"{key.context}: {key.source if len(key.source) <= 72 else key.source[:71] + '…'}"


def stale(workspace: Workspace, line: Stale) -> Answer:
    """Word what a changed glossary affects in one catalogue; of one it does not affect there is nothing to say."""
    if line.error:
        return failed(line.path, line.error)
    name = workspace.relative(line.path)
    lines = [
        f"{name}: {_stale_state(entry)}: {reason}\n    {_shown(entry.key)}"
        for entry in line.entries
        for reason in entry.reasons
    ]
    if line.entries:
        people = sum(entry.touched for entry in line.entries)
        own = f", {people} for a person to look at" if people else ""
        lines.append(f"{name}: {len(line.entries)} of {_count(line.total, 'segment')} stale{own}")
    facts = {
        "slug": line.slug,
        "lang": line.lang,
        "catalogue": name,
        "segments": line.total,
        "stale": [
            {
                "context": entry.key.context,
                "source": entry.key.source,
                "state": entry.state,
                "touched": entry.touched,
                "reasons": list(entry.reasons),
            }
            for entry in line.entries
        ],
    }
    return Answer("\n".join(lines), facts)


def _stale_state(entry: StaleEntry) -> str:
    if not entry.touched:
        return "stale draft"
    return "approved, look again" if entry.state is State.APPROVED else "edited, look again"


# ------------------------------------------------------------------ glossary


def glossary_problem(problem: Problem, severity: Severity = Severity.ERROR) -> Answer:
    """Word one thing that is wrong with the glossary, or that a person should look at."""
    said = problem.message if severity is Severity.ERROR else f"{severity}: {problem.message}"
    words = f"{problem.where}: {said}" + (f"\n    hint: {problem.hint}" if problem.hint else "")
    facts = {"where": problem.where, "severity": severity, "message": problem.message, "hint": problem.hint}
    return Answer(words, facts)


def glossary_sound(terms: Glossary, warnings: int = 0) -> Answer:
    """Word a glossary with nothing wrong."""
    odd = f", {_count(warnings, 'warning')}" if warnings else ""
    return Answer(
        f"{_count(len(terms), 'entry', 'entries')}, nothing wrong{odd}  (digest {terms.digest[:8]})",
        {"entries": len(terms), "digest": terms.digest, "problems": 0, "warnings": warnings},
    )


def forms(entry: str, tables: Mapping[Lang, Mapping[str, str]]) -> Answer:
    """Word an entry's inflected forms."""
    lines = [f"{lang}  {case:5}{form}" for lang, table in tables.items() for case, form in table.items()]
    return Answer("\n".join(lines), {"entry": entry, "forms": {lang: dict(table) for lang, table in tables.items()}})


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
