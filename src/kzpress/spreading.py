"""Dask: the only module that knows ``distributed``, and the third that opens a socket.

It joins a scheduler, refuses workers that would draft in another way, and is what a worker runs.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any, Final

from kzpress import parcels
from kzpress.domain import Lang
from kzpress.errors import UsageError, WorkersError
from kzpress.parcels import Desk, Parcel
from kzpress.speech import _, joined, n_

_REACH: Final = 10  # seconds for the scheduler to answer, and for a first worker to come

_TRIMS: Final = "MALLOC_TRIM_THRESHOLD_"
_MALLOC: Final = {-3: 32 << 20, -1: 128 << 20}  # M_MMAP_THRESHOLD, M_TRIM_THRESHOLD in bytes, see mallopt(3)

Row = tuple[str, bytes, str | None, dict[str, list[int]] | None]

# ------------------------------------------------------------------ on a worker

_OWN: Final = ThreadPoolExecutor(1, "kzpress")  # one task at a time, with all the worker's threads for the model
_desks: dict[str, Desk] = {}


def work(kit: bytes, rows: Sequence[Row]) -> tuple[str, dict[str, list[str]] | str, list[bytes]]:
    """Draft releases on a worker; return its address, in what it differs or its fault, and if none, what came of each.

    Nothing is raised: Dask's client waits for ever for an error that it cannot unpickle.
    """
    from distributed import get_worker

    worker = get_worker()
    try:
        return worker.address, *_OWN.submit(_work, kit, rows, worker.state.nthreads).result()
    except Exception as error:  # of the worker, not of a release, whose errors are answers
        return worker.address, f"{type(error).__name__}: {first_line(error)}", []


def _work(kit: bytes, rows: Sequence[Row], threads: int) -> tuple[dict[str, list[str]], list[bytes]]:
    digest = hashlib.sha256(kit).hexdigest()
    if digest not in _desks:
        facts = json.loads(kit)
        differing = _differing(facts["makers"], parcels.makers([Lang(code) for code in facts["targets"]]))
        if differing:
            return differing, []
        _keep_freed_memory()
        _desks.clear()
        _desks[digest] = Desk.here(kit, threads)
    return {}, _desks[digest].draft([_parcel(each) for each in rows])


def _keep_freed_memory() -> None:
    """Undo what Dask's nanny tells glibc: to hand freed memory back at once, at which decoding takes twice the time."""
    if _TRIMS in os.environ:
        with suppress(OSError, AttributeError):
            libc = ctypes.CDLL(None)
            for parameter, size in _MALLOC.items():
                libc.mallopt(parameter, size)


def row(parcel: Parcel) -> Row:
    """Return a parcel as it is sent."""
    wanted = {str(lang): list(indices) for lang, indices in (parcel.wanted or {}).items()}
    return parcel.name, parcel.data, parcel.source, wanted if parcel.wanted is not None else None


def _parcel(row: Row) -> Parcel:
    name, data, source, wanted = row
    given = None if wanted is None else {Lang(lang): indices for lang, indices in wanted.items()}
    return Parcel(name=name, data=data, source=Lang(source) if source else None, wanted=given)


def _differing(wanted: Mapping[str, str], there: Mapping[str, str]) -> dict[str, list[str]]:
    return {
        name: [wanted.get(name, "-"), there.get(name, "-")]
        for name in {**wanted, **there}
        if wanted.get(name) != there.get(name)
    }


# ------------------------------------------------------------------ who is there


def try_import() -> None:
    """Refuse before anything is done if Dask is not installed.

    Raises:
        UsageError: it is not.
    """
    try:
        import distributed
    except ImportError as error:
        raise UsageError(
            _("--dask needs a package that is not installed ({error})", error=error),
            hint="python -m pip install 'kzpress[dask]'",
        ) from error
    logging.getLogger(distributed.__name__).setLevel(logging.CRITICAL)  # what matters is told in our words


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """Connect with a scheduler as its client.

    Raises:
        UsageError: Dask is not installed.
        WorkersError: the scheduler cannot be reached.
    """
    try_import()
    from distributed import Client

    connect: Any = Client
    try:
        client = connect(address, timeout=_REACH, set_as_default=False)
    except Exception as error:  # whatever its transports raise
        raise WorkersError(
            _("no Dask scheduler answers ({error})", error=first_line(error)),
            where=address,
            hint=_("start it with: dask scheduler; or give --dask the address that it tells"),
        ) from error
    try:
        yield client
    finally:
        with suppress(Exception):
            client.close(timeout=2)


@contextmanager
def reaching(address: str) -> Iterator[None]:
    """Tell in our words that the scheduler went away."""
    try:
        yield
    except (OSError, CancelledError) as error:  # as all the transports' errors are
        raise gone(address) from error


def is_here() -> bool:
    """Tell that whoever is sent this has it."""
    return True


def outcome(future: Any, address: str) -> tuple[BaseException | None, Any] | None:
    """Return the error that a task ended with, or what it came to; None if it is yet to be done, or done again.

    What a task came to lies with its worker until it is asked for, and is lost if that one dies.

    Raises:
        WorkersError: the scheduler is gone.
    """
    from distributed import KilledWorker

    status = future.status
    if status == "cancelled":
        raise gone(address)
    if status not in {"finished", "error"}:
        return None
    with reaching(address):
        try:
            return (future.exception(), None) if status == "error" else (None, future.result(timeout=_REACH))
        except KilledWorker as error:  # lost by now, as were those that were to do it again
            return error, None
        except TimeoutError:  # lost by now
            return None


def is_death(error: BaseException) -> bool:
    """Tell whether a task ended its workers, again and again."""
    from distributed import KilledWorker

    return isinstance(error, KilledWorker)


def gone(address: str) -> WorkersError:
    """Return that the scheduler is there no more."""
    return WorkersError(
        _("the Dask scheduler is gone"),
        where=address,
        hint=_("start it again, and run this again: what was drafted by now is kept"),
    )


def inspect(client: Any, address: str, made_with: Mapping[str, str]) -> int:
    """Refuse a cluster without workers, or with one that would draft in another way than this machine; count them.

    Raises:
        WorkersError: it is such a one, or gone.
    """
    with reaching(address):
        return _inspected(client, address, made_with)


def _inspected(client: Any, address: str, made_with: Mapping[str, str]) -> int:
    try:
        client.wait_for_workers(1, timeout=_REACH)
    except TimeoutError as error:
        raise without_workers(address) from error
    targets = [Lang(name.partition("→")[2]) for name in made_with if "→" in name]
    try:
        client.run_on_scheduler(is_here)  # it reads tasks, too
        found = client.run(parcels.makers, tuple(dict.fromkeys(targets)), on_error="return")
    except (ImportError, AttributeError) as error:
        raise unfit(f"scheduler {address}", first_line(error)) from error
    wrong = {worker: told for worker, told in found.items() if not isinstance(told, dict) or told != made_with}
    for worker, told in wrong.items():
        found_there = first_line(told) if isinstance(told, Exception) else _differing(made_with, told)
        raise unfit(worker, found_there, more=len(wrong) - 1)
    return len(found)


def without_workers(address: str) -> WorkersError:
    """Return that nobody is there to draft."""
    return WorkersError(
        _("the Dask scheduler has no workers"),
        where=address,
        hint=_("start some with: dask worker {address} --nthreads 1", address=address),
    )


def unfit(worker: str, found: str | Mapping[str, Sequence[str]], more: int = 0) -> WorkersError:
    """Return that a worker is refused: its fault or in what it differs, and what helps against that."""
    names: tuple[str, ...] = ()
    match found:
        case str():
            message = _("has no kzpress that can take part ({error})", error=found)
        case _:
            names = tuple(found)
            parts = [
                _("{name}: there {there}, here {here}", name=name, there=there, here=here)
                for name, (here, there) in found.items()
            ]
            message = _("drafts in another way: {parts}", parts=joined("; ", parts))
    if more:
        message = n_(
            "{message} (and {count} more worker is not fit)",
            "{message} (and {count} more workers are not fit)",
            more,
            message=message,
        )
    hint = _("install the same kzpress[dask] there as here, then start it again")
    if names and all("→" in name for name in names):
        hint = _(
            "install the same packages of models there, see kzpress models list, or name their folder to"
            " the worker as KZPRESS_MODELS; then start it again"
        )
    return WorkersError(message, where=worker, hint=hint)


def first_line(error: BaseException) -> str:
    """Return the first line of what an error says."""
    return str(error).partition("\n")[0] or type(error).__name__
