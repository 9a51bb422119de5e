"""Results as words and as JSON. Every answer is a pair: what a person reads, and one object a program reads."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

from kzpress.domain import Finding, Lang, Severity
from kzpress.errors import KzpressError, ReleaseError
from kzpress.speech import _, counted, reason, spoken, told

if TYPE_CHECKING:
    from kzpress.glossary import Glossary, Problem
    from kzpress.planning import Read
    from kzpress.results import Target, Translated
    from kzpress.workspace import Workspace


# What a terminal would obey, and what turns the direction of letters: names of files and parts come from outside.
_OBEYED: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


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
        say(harmless(answer.words))


def harmless(words: str) -> str:
    """Return words as a terminal may show them: what it would obey is written as its code."""
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", words)


def say(line: str) -> None:
    """Print a line of the answer; when nobody reads any more the work goes on in silence."""
    try:
        print(line, flush=True)  # noqa: T201 - click.echo would end the program at a closed pipe
    except BrokenPipeError:
        _silence()
    except OSError as error:
        _silence()
        why, hint = _("cannot be written: {reason}", reason=reason(error)), _("check the disk and permissions")
        raise ReleaseError(why, where=told("standard output"), hint=hint) from error


def _silence() -> None:
    """Let what is still to be printed, at the latest when Python ends, go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def note(text: str) -> None:
    """Print something worth knowing to stderr."""
    click.echo(harmless(told("note: {text}", text=text)), err=True)


def note_no_catalogues() -> None:
    """Say why nothing was listed."""
    note(_("no catalogues found: `kzpress translate FILE` makes them"))


def complain(error: KzpressError) -> None:
    """Print an error's place, message and next step to stderr."""
    click.echo(harmless(told("error: {error}", error=error.said)), err=True)
    if error.hint:
        click.echo(harmless(told("hint: {hint}", hint=error.hint)), err=True)


def failed(path: Path, error: KzpressError) -> Answer:
    """Word a release that could not be read."""
    facts = {"path": str(path), "error": {"message": error.message, "where": error.where, "hint": error.hint}}
    return Answer("", facts | {"status": int(error.status)}, error)


def created(folder: Path, written: tuple[Path, ...]) -> Answer:
    """Word a new workspace."""
    words = [told("wrote {path}", path=path) for path in written]
    words = words or [told("{folder} is a workspace already; nothing was changed", folder=folder)]
    return Answer("\n".join(words), {"path": str(folder), "written": [str(path) for path in written]})


# ------------------------------------------------------------------ releases


def detected(found: Read) -> Answer:
    """Word the verdict on a release's language."""
    verdict = found.detection
    words = [f"{verdict.verdict:8}{percent(verdict.confidence):>6}  {found.path}  {spoken(verdict.reason)}"]
    for part in verdict.deviating:
        guess = part.language or part.guess or _("unknown")
        words.append("        " + told("line {number}: {language}", number=part.line, language=guess))
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
    if result.error or result.seen is None:
        return failed(result.path, result.error or KzpressError(_("nothing was read")))
    seen = result.seen
    given = "" if result.source == seen.language else told(" (detected: {verdict})", verdict=seen.verdict)
    title = seen.title if len(seen.title) <= 40 else seen.title[:39] + "…"
    place = "  ".join(str(part) for part in (seen.date, seen.city) if part)
    lines = [f"{told('source'):6}  {result.source} ({percent(seen.confidence)}){given}  “{title}”  {place}".rstrip()]
    lines += ["        " + told("note: {text}", text=notice.message) for notice in seen.notices]
    for number, other in seen.deviating:
        lines.append("        " + told("line {number} looks like {language}", number=number, language=other))
    lines += [line for target in result.targets for line in _target(workspace, target)]
    facts = {
        "path": str(result.path),
        "slug": result.slug,
        "source": result.source,
        "targets": [_target_facts(workspace, target) for target in result.targets],
        "notices": [{"code": notice.code, "message": notice.message} for notice in seen.notices],
    }
    return Answer("\n".join(lines), facts)


def redrafted(workspace: Workspace, result: Translated) -> Answer:
    """Word what became of one release drafted again, and what of it is left to people."""
    if result.error:
        return failed(result.path, result.error)
    lines = [f"{told('again'):6}  {result.source}  {result.slug}"]
    for target in result.targets:
        lines += _target(workspace, target)
        if target.left:
            lines.append(
                "        " + told("{count} more for a person to look at: kzpress status --stale", count=target.left)
            )
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
        "guesses": target.guesses,
        "reviewed": target.reviewed,
        "names": {"required": len(target.names), "right": target.names_right},
        "changed": target.changed,
        "findings": [finding_facts(finding) for finding in target.findings],
    }


def _target(workspace: Workspace, target: Target) -> Iterator[str]:
    if target.drafted == target.segments:
        done = counted("{count} segment drafted", "{count} segments drafted", target.segments)
    elif target.drafted:
        done = told("{count} of {total} segments drafted", count=target.drafted, total=target.segments)
    elif target.changed:
        done = counted("{count} segment updated", "{count} segments updated", target.segments)
    else:
        done = counted("{count} segment unchanged", "{count} segments unchanged", target.segments)
    total = len(target.names)
    names = told("{count} of {total} names found", count=target.names_right, total=total) if target.drafted else ""
    if target.drafted and target.names_right == total:
        names = counted("{count} name found", "{count} names found", total)
    route = f"  ({target.route})" if target.route.is_pivot else ""
    findings = counted("{count} finding", "{count} findings", len(unweighed(target.findings)))
    yield f"{target.lang:8}{done:24}  {names:20}  {findings:12}  {workspace.relative(target.path)}{route}"
    if target.guesses:
        yield "        " + counted(
            "{count} sentence left to a person: the model only guesses, and says so in a note",
            "{count} sentences left to a person: the model only guesses, and says so in notes",
            target.guesses,
        )


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
    from kzpress.reviewing import SEVERITIES

    kind = "" if severity is Severity.ERROR else spoken(SEVERITIES[severity]) + ": "
    words = f"{problem.where}: {kind}{spoken(problem.message)}"
    words += "\n    " + told("hint: {hint}", hint=problem.hint) if problem.hint else ""
    facts = {"where": problem.where, "severity": severity, "message": problem.message, "hint": problem.hint}
    return Answer(words, facts)


def glossary_sound(terms: Glossary, warnings: int = 0) -> Answer:
    """Word a glossary with nothing wrong."""
    sound = counted("{count} entry, nothing wrong", "{count} entries, nothing wrong", len(terms))
    odd = ", " + counted("{count} warning", "{count} warnings", warnings) if warnings else ""
    return Answer(
        f"{sound}{odd}  " + told("(digest {digest})", digest=terms.digest[:8]),
        {"entries": len(terms), "digest": terms.digest, "problems": 0, "warnings": warnings},
    )


def forms(entry: str, tables: Mapping[Lang, Mapping[str, str]]) -> Answer:
    """Word an entry's inflected forms."""
    lines = [f"{lang}  {case:5}{form}" for lang, table in tables.items() for case, form in table.items()]
    return Answer("\n".join(lines), {"entry": entry, "forms": {lang: dict(table) for lang, table in tables.items()}})


def percent(share: float) -> str:
    """Word a share, 0..1."""
    return f"{share:.0%}".replace("%", " %")
