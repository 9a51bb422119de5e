"""Releases written for the tests, and the short ways to read them."""

from __future__ import annotations

import io
import zipfile

from hypothesis import HealthCheck, settings

from kzpress.domain import BlockKind, Release
from kzpress.ingest import read_bytes

# A busy machine is slow; that is no finding about the code.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

ENGLISH = """Kazakhstan and Finland discuss cooperation in education

ASTANA. KAZINFORM - On March 14, 2023, the Deputy Minister of Science received the Ambassador of Finland.

The sides agreed to open a joint school of water management in Kyzylorda next autumn.

"We count on the experience of our Finnish partners."

Press service of the Ministry of Science
"""

RUSSIAN = """Казахстан и Финляндия обсудили сотрудничество в образовании

Астана, 14 марта 2023 года – Заместитель министра науки принял посла Финляндии.

Стороны договорились открыть осенью совместную школу управления водными ресурсами в Кызылорде.

«Мы рассчитываем на опыт наших финских партнёров».

Пресс-служба Министерства науки
"""

KAZAKH = """Қазақстан мен Финляндия білім саласындағы ынтымақтастықты талқылады

Астана, 2023 жылғы 14 наурыз – Ғылым министрінің орынбасары Финляндия елшісін қабылдады.

Тараптар күзде Қызылорда қаласында су шаруашылығын басқару жөніндегі бірлескен мектеп ашуға уағдаласты.

«Біз финляндиялық әріптестеріміздің тәжірибесіне сенеміз».

Ғылым министрлігінің баспасөз қызметі
"""


def of(text: str, name: str = "release.txt") -> Release:
    """Read ``text`` as a UTF-8 file."""
    return read_bytes(text.encode("utf-8"), name)


def shape(release: Release) -> list[tuple[str, str]]:
    """Return kind and text of each block."""
    return [(block.kind.value, block.text) for block in release.blocks]


def kinds(release: Release) -> list[str]:
    return [block.kind.value for block in release.blocks]


def texts(release: Release, kind: BlockKind) -> list[str]:
    return [block.text for block in release.blocks if block.kind is kind]


def codes(release: Release) -> set[str]:
    return {notice.code for notice in release.notices}


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """Return a zip archive of ``parts``."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()
