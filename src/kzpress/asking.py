"""Many sentences at once: the engine is asked each job once, and once more for what its first answers lack."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence

from kzpress.domain import Draft, Hypothesis
from kzpress.drafting import Leg, Sentence, by_engine, job, retried, retries
from kzpress.engine import Job
from kzpress.glossary import Glossary

Progress = Callable[[int, int], None]  # how much is done, and how much there is, in whatever time goes by
Work = tuple[Leg, Sentence, Draft | None]  # a sentence, the way it goes, and its draft if no model is to be asked
Answers = Mapping[Job, tuple[Hypothesis, ...]]
# Who asks yields jobs, each of them once, is sent their answers, and returns a draft of each sentence.
Asking = Generator[list[Job], Answers, list[Draft]]


def asking(terms: Glossary, work: Sequence[Work]) -> Asking:
    """Ask for what the rules did not draft, then once more for what lacks names, see ``drafting.retries``."""
    jobs = {i: job(terms, sentence, leg) for i, (leg, sentence, ruled) in enumerate(work) if ruled is None}
    answers = (yield list(dict.fromkeys(jobs.values()))) if jobs else {}
    drafts = [
        ruled or by_engine(terms, sentence, leg, answers[jobs[i]]) for i, (leg, sentence, ruled) in enumerate(work)
    ]
    tries = {i: found for i in jobs if (found := retries(terms, work[i][1], work[i][0], drafts[i]))}
    again = (yield list(dict.fromkeys(retry.job for asked in tries.values() for retry in asked))) if tries else {}
    for i, asked in tries.items():
        leg, sentence, _ = work[i]
        drafts[i] = retried(terms, sentence, leg, drafts[i], ((retry, again[retry.job]) for retry in asked))
    return drafts
