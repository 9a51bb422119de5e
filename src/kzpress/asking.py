"""Many sentences at once: the engine is asked each job once, and once more for what its first answers lack."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from kzpress.domain import Draft, Hypothesis
from kzpress.drafting import Leg, Sentence, by_engine, job, retried, retries
from kzpress.engine import Engine, Job
from kzpress.glossary import Glossary

Progress = Callable[[int, int], None]  # sentences done, sentences in all


def draft_all(
    terms: Glossary, engine: Engine, work: Sequence[tuple[Leg, Sentence, Draft | None]], progress: Progress | None
) -> list[Draft]:
    """Draft by the engine what the rules did not; what lacks names is asked for once more, see ``drafting.retries``."""
    jobs = {i: job(terms, sentence, leg) for i, (leg, sentence, ruled) in enumerate(work) if ruled is None}
    answers = _ask(engine, jobs.values(), progress)
    drafts = [
        ruled or by_engine(terms, sentence, leg, answers[jobs[i]]) for i, (leg, sentence, ruled) in enumerate(work)
    ]
    tries = {i: retries(terms, work[i][1], work[i][0], drafts[i]) for i in jobs}
    again = _ask(engine, (retry.job for asked in tries.values() for retry in asked), None)
    for i, asked in tries.items():
        leg, sentence, _ = work[i]
        drafts[i] = retried(terms, sentence, leg, drafts[i], ((retry, again[retry.job]) for retry in asked))
    return drafts


def _ask(engine: Engine, jobs: Iterable[Job], progress: Progress | None) -> dict[Job, tuple[Hypothesis, ...]]:
    """Translate each job once, however often it occurs."""
    wanted = list(dict.fromkeys(jobs))
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        done += more
        if progress:
            progress(done, len(wanted))

    return dict(zip(wanted, engine.translate(wanted, tell), strict=True))
