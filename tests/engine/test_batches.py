"""What is decoded together: like with like, nothing lost, no batch that is more than its share."""

from __future__ import annotations

from kzpress.domain import Lang
from kzpress.engine import Origin
from kzpress.engine.batches import BATCH_TOKENS, FIRST, IN_PARTS, STRICTLY, Row, Try, Way, batched
from kzpress.engine.packages import EMBEDDED, read_all

PACKAGE = next(package for package in read_all(EMBEDDED, Origin.EMBEDDED) if package.target is Lang.KK)


def row(words: int) -> Row:
    return Row.of(PACKAGE, "nest " * words, str.split)


def tries(*sizes: int, way: Way = FIRST) -> list[Try]:
    return [Try(at, [row(size)], way) for at, size in enumerate(sizes)]


def tokens(batch: list[Try]) -> int:
    return max(one.longest for one in batch) * sum(len(one.parts) for one in batch)


def test_every_try_is_in_one_batch_the_longest_first() -> None:
    asked = tries(*(1 + 7 * n % 60 for n in range(200)))
    batches = list(batched(asked, 2))
    sizes = [one.longest for batch in batches for one in batch]
    assert sorted(one.at for batch in batches for one in batch) == list(range(200))
    assert sizes == sorted(sizes, reverse=True)
    assert all(tokens(batch) <= BATCH_TOKENS for batch in batches)
    assert len(batches) <= 2 * sum(sizes) / BATCH_TOKENS


def test_a_few_sentences_are_shared_out_among_the_cores() -> None:
    assert [len(batch) for batch in batched(tries(10, 10, 10, 10), 2)] == [2, 2]
    assert [len(batch) for batch in batched(tries(10, 10, 10, 10), 4)] == [1, 1, 1, 1]


def test_one_that_is_longer_than_a_batch_is_a_batch_of_its_own() -> None:
    assert [[one.at for one in batch] for batch in batched(tries(3, 2 * BATCH_TOKENS), 1)] == [[1], [0]]


def test_what_is_tried_in_another_way_is_decoded_apart_and_parts_stay_together() -> None:
    halves = [Try(7, [row(300), row(200)], IN_PARTS), Try(8, [row(5), row(5)], IN_PARTS)]
    found = list(batched([*tries(9, 9, way=STRICTLY), *halves], 1))
    assert [[(one.at, one.way) for one in batch] for batch in found] == [
        [(0, STRICTLY), (1, STRICTLY)],
        [(7, IN_PARTS)],
        [(8, IN_PARTS)],
    ]


def test_nothing_makes_no_batch() -> None:
    assert list(batched([], 2)) == []
