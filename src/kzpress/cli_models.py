"""The commands of ``kzpress models``; ``cli`` puts them among the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from kzpress.cli_options import (
    FILE,
    default_models,
    engine_of,
    from_option,
    group,
    json_option,
    lang_option,
    models_option,
    option,
    terms_of,
    unreadable_of,
)
from kzpress.cli_progress import progress_bar
from kzpress.domain import Lang
from kzpress.errors import Exit, ModelError, UsageError
from kzpress.speech import _

if TYPE_CHECKING:
    from kzpress.engine import Package

_PAIR: Final = re.compile(r"([a-z]{2})[-_→]([a-z]{2})")


def pair_of(text: str) -> tuple[Lang, Lang] | None:
    """Return the languages of ``en-kk``, None for what is no such pair.

    Raises:
        UsageError: it looks like a pair, but not of two of our languages.
    """
    found = _PAIR.fullmatch(text)
    if not found:
        return None
    source, target = found.groups()
    if not {source, target} <= set(Lang) or source == target:
        raise UsageError(_("{text}: a pair is two different ones of kk, ru and en", text=text), hint=_("such as kk-ru"))
    return Lang(source), Lang(target)


def _pairs(__: click.Context, ___: click.Parameter, given: Sequence[str]) -> tuple[tuple[Lang, Lang], ...]:
    pairs = [pair_of(text) for text in given]
    if None in pairs:
        raise UsageError(_("{text}: not a pair of languages", text=given[pairs.index(None)]), hint=_("such as kk-ru"))
    return tuple(dict.fromkeys(pair for pair in pairs if pair))


def _pair_option(help_text: str) -> Callable[[Any], Any]:
    return option("--pair", "pairs", multiple=True, metavar="XX-YY", callback=_pairs, help=help_text)


def _to_option(help_text: str, *, required: bool = True) -> Callable[[Any], Any]:
    """Return ``--to DIR``, under a variable of its own: KZPRESS_TO names a language."""
    return option("--to", type=FILE, required=required, envvar="KZPRESS_MODELS_TO", help=help_text)


@group("models")
def models_group() -> None:
    """Show, verify, exchange and convert the translation packages."""


@models_group.command("list")
@models_option
@json_option
@click.pass_context
def models_list(context: click.Context, models: Path | None, as_json: bool) -> int:
    """Show for each direction the package that serves it, its origin, and whether it is intact.

    Status 6 if a direction has none, or one that is damaged, or if a package cannot be read.
    """
    from kzpress import report, report_models
    from kzpress.engine import directions

    folder = models or default_models(context)
    sound = not unreadable_of(folder)
    for direction in directions(folder):
        report.tell(report_models.direction(direction), as_json)
        sound = sound and direction.is_sound
    return Exit.DONE if sound else Exit.MODEL


@models_group.command("verify")
@models_option
@json_option
@click.pass_context
def models_verify(context: click.Context, models: Path | None, as_json: bool) -> int:
    """Read every file of every package there is and compare it with its SHA-256 sum.

    Embedded and converted packages are sealed by SHA256SUMS, installed ones pinned by models.lock; others cannot be
    compared, which is no fault. Status 6 if anything is changed, missing or unreadable.
    """
    from kzpress import report, report_models
    from kzpress.engine.verify import verify

    sound = True
    for verdict in verify(models or default_models(context)):
        report.tell(report_models.verified(verdict), as_json)
        sound = sound and verdict.seal.is_sound
    return Exit.DONE if sound else Exit.MODEL


@models_group.command("export")
@_to_option(_("The folder to write the .argosmodel files into."))
@_pair_option(_("A direction to export, such as en-kk; may be given again. [default: all there are]"))
@option("--force", is_flag=True, help="Write over other files of the same names.")
@models_option
@json_option
@click.pass_context
def models_export(
    context: click.Context,
    to: Path,
    pairs: tuple[tuple[Lang, Lang], ...],
    force: bool,
    models: Path | None,
    as_json: bool,
) -> int:
    """Write the embedded packages, or those of --models, as files that Argos Translate and LibreTranslate install.

    Each file needs no other and no network. The same package gives the same bytes. Status 6 if a package there cannot
    be read or is damaged, 2 if another file stands in the way; the others are written.
    """
    from kzpress import report, report_models
    from kzpress.engine.archive import pack
    from kzpress.engine.packages import EMBEDDED

    folder = models or default_models(context)
    root = folder or EMBEDDED
    sound = not any(Path(str(error.where)).is_relative_to(root) for error in unreadable_of(folder))
    failed = set() if sound else {Exit.MODEL}
    for package in _exported(folder, pairs):
        try:
            report.tell(report_models.packed(pack(package, to, force=force)), as_json)
        except (ModelError, UsageError) as error:
            if isinstance(error.__cause__, OSError):  # no other could be written there either
                raise
            report.complain(error)
            failed.add(error.status)
    return Exit.over(failed)


def _exported(models: Path | None, pairs: tuple[tuple[Lang, Lang], ...]) -> list[Package]:
    """Return the newest package of each direction in ``models``, or of the embedded ones."""
    from kzpress.engine import Origin, discover

    origin = Origin.MODELS if models else Origin.EMBEDDED
    found = {
        (package.source, package.target): package for package in reversed(discover(models)) if package.origin is origin
    }
    if not found:
        raise ModelError(
            _("no packages here"), where=str(models), hint=_("give --models a folder of Argos package folders")
        )
    if missing := [f"{source}→{target}" for source, target in pairs if (source, target) not in found]:
        here = ", ".join(f"{source}→{target}" for source, target in sorted(found))
        raise ModelError(
            _("no package {missing}", missing=", ".join(missing)),
            where=str(models),
            hint=_("there are packages for {here}", here=here),
        )
    return [found[pair] for pair in pairs or sorted(found)]


@models_group.command("install")
@click.argument("what", metavar="FILE|PAIR")
@_to_option(_("The folder to install into. [default: Argos Translate's own]"), required=False)
@option("--sha256", metavar="HEX", help="Refuse a file of another SHA-256 sum.")
@option("--replace", is_flag=True, help="Put it in the place of other contents of its version, or of a newer one.")
@json_option
def models_install(what: str, to: Path | None, sha256: str | None, replace: bool, as_json: bool) -> None:
    """Install a package from FILE, an .argosmodel, or for PAIR, such as en-ru, from the public Argos index.

    What it has inside is judged before anything of it is kept, and its sums are pinned in models.lock of the folder.
    """
    from kzpress import report, report_models
    from kzpress.engine.install import install, install_pair

    if sha256 and not re.fullmatch(r"[0-9a-fA-F]{64}", sha256):
        raise UsageError(_("--sha256 takes 64 hexadecimal figures"), hint=_("as sha256sum prints them"))
    pair = None if Path(what).exists() else pair_of(what)
    if pair:
        with progress_bar(_("downloading")) as progress:
            done = install_pair(*pair, to, sha256=sha256, replace=replace, progress=progress)
    else:
        done = install(Path(what), to, sha256=sha256, replace=replace)
    report.tell(report_models.installed(done), as_json)


@models_group.command("convert")
@click.argument("folder", metavar="HF_DIR", type=FILE)
@_to_option(_("The folder to write packages into, for --models."))
@_pair_option(_("A direction to make a package for; may be given again. [default: all the checkpoint states]"))
@option("--package-version", default="1.0", show_default=True, help="The version to give the packages.")
@json_option
def models_convert(
    folder: Path, to: Path, pairs: tuple[tuple[Lang, Lang], ...], package_version: str, as_json: bool
) -> None:
    """Make packages of the Marian, M2M100 or NLLB checkpoint in HF_DIR, with int8 weights.

    Needs the extra kzpress[convert]. What the packages are worth: kzpress models evaluate --models DIR.
    """
    from kzpress import report, report_models
    from kzpress.engine.convert import convert

    for package in convert(folder, to, pairs, version=package_version):
        report.tell(report_models.converted(package), as_json)


@models_group.command("evaluate")
@click.argument("file", type=FILE)
@from_option(required=True, help="The language of the sources.")
@lang_option("--to", "target", required=True, help="The language of the references.")
@option("--limit", type=click.IntRange(min=1), help="Only the first so many lines.")
@option("--glossary/--no-glossary", "enforced", default=False, help="Enforce the glossary's names too.")
@models_option
@json_option
@click.pass_context
def models_evaluate(
    context: click.Context,
    file: Path,
    source: str,
    target: str,
    limit: int | None,
    enforced: bool,
    models: Path | None,
    as_json: bool,
) -> None:
    """Score a test set of two TAB-separated columns, source and reference, with sacrebleu.

    A file named like news.kk-ru-en.tsv says which of its columns are which.
    """
    from kzpress import glossary, measuring, report, report_models

    terms = terms_of(context)[0]
    with progress_bar() as progress:
        scores = measuring.evaluate(
            file,
            Lang(source),
            Lang(target),
            engine_of(models or default_models(context)),
            terms if enforced else glossary.Glossary(entries={}, digest=""),
            judge=terms,
            limit=limit,
            progress=progress,
        )
    report.tell(report_models.scored(file, scores), as_json)
