"""Adjectives of places that do not begin like their place: турецкий, Dutch. Data alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kzpress.domain import Lang

if TYPE_CHECKING:
    from collections.abc import Mapping

# Folded name of a place, and how words made from it begin.
IRREGULAR: Final[Mapping[Lang, Mapping[str, tuple[str, ...]]]] = {
    Lang.EN: {
        "cyprus": ("cypriot",),
        "denmark": ("danish", "dane"),
        "finland": ("finnish", "finn"),
        "france": ("french",),
        "greece": ("greek", "hellenic"),
        "ireland": ("irish",),
        "netherlands": ("dutch",),
        "philippines": ("filipino", "philippine"),
        "poland": ("polish", "pole"),
        "spain": ("spanish", "spaniard"),
        "sweden": ("swedish", "swede"),
        "switzerland": ("swiss",),
        "turkiye": ("turkish", "turk"),
        "türkiye": ("turkish", "turk"),
        "united arab emirates": ("emirati",),
        "united kingdom": ("british", "briton"),
        "united states": ("american",),
        "united states of america": ("american",),
        "wales": ("welsh",),
    },
    Lang.RU: {
        "актобе": ("актюбинск",),
        "аральское море": ("приарал", "аральск"),
        "баку": ("бакинск",),
        "великобритания": ("британск", "британц"),
        "вена": ("венск",),
        "германия": ("немец", "немцы", "немцев"),
        "греция": ("греческ", "грек"),
        "дания": ("датск", "датчан"),
        "каспийское море": ("прикаспийск", "транскаспийск", "каспийск"),
        "куба": ("кубинск", "кубин"),
        "литва": ("литовск", "литов"),
        "нидерланды": ("голланд",),
        "объединенные арабские эмираты": ("эмиратск",),
        "прага": ("пражск",),
        "рига": ("рижск",),
        "россия": ("русск",),
        "соединенные штаты америки": ("американ",),
        "сша": ("американ",),
        "таиланд": ("тайск",),
        "турция": ("турецк", "турок", "турк"),
        "чехия": ("чешск", "чех"),
        "швеция": ("шведск", "швед"),
    },
    Lang.KK: {},
}
