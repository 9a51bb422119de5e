"""Whatever bytes come in, a reader gives a result or refuses them in its own words, and writes nowhere else."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hostile.known import KNOWN, REFUSED
from tests.hostile.mutations import damaged, repacked
from tests.hostile.promises import judged
from tests.hostile.readers import READERS, Reader

# HYPOTHESIS_PROFILE=long looks for hours; the first is for every day.
settings.register_profile(
    "hostile", deadline=None, max_examples=40, suppress_health_check=list(HealthCheck), database=None
)
settings.register_profile("long", settings.get_profile("hostile"), max_examples=20_000)
PROFILE = settings.get_profile("long" if os.environ.get("HYPOTHESIS_PROFILE") == "long" else "hostile")
BY_NAME = {reader.name: reader for reader in READERS}


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_sound_files_are_read(reader: Reader) -> None:
    assert [judged(reader, seed) for seed in reader.seeds] == [None] * len(reader.seeds)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
@given(data=st.data())
@PROFILE
def test_a_damaged_file_is_read_or_refused_with_its_place(reader: Reader, data: st.DataObject) -> None:
    drawn = st.one_of(damaged(reader.seeds), repacked(reader.zips)) if reader.zips else damaged(reader.seeds)
    judged(reader, data.draw(drawn))


@pytest.mark.parametrize(("name", "kind", "data"), KNOWN, ids=[f"{name}: {kind}" for name, kind, _ in KNOWN])
def test_what_once_did_harm_does_none(name: str, kind: str, data: bytes) -> None:
    refusal = judged(BY_NAME[name], data)
    if kind in REFUSED:
        assert refusal
