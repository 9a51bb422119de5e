"""Where no name is recognised, the likest are offered."""

from __future__ import annotations

import pytest

from kzpress.domain import Lang
from kzpress.glossary import Glossary
from kzpress.glossary.near import near


@pytest.mark.parametrize(
    ("text", "lang", "entry"),
    [
        ("Министерство инстранных дел", Lang.RU, "mfa"),
        ("Organisation for Security and Cooperation in Europe", Lang.EN, "osce"),
        ("Біріккен Улттар Уйымы", Lang.KK, "un"),
        ("Состоялась встреча с Эльвирай Азимовой в столице", Lang.RU, "azimova"),
    ],
)
def test_a_misspelt_name_is_found(glossary: Glossary, text: str, lang: Lang, entry: str) -> None:
    assert near(glossary, text, lang)[0].entry == entry


@pytest.mark.parametrize("text", ["погода", "ОББ", "", "The talks were held in a warm atmosphere."])
def test_what_is_like_nothing_has_no_near_name(glossary: Glossary, text: str) -> None:
    assert [found for lang in Lang for found in near(glossary, text, lang)] == []
