"""Notes for reviewers exist in every language, with the same facts, and nothing else does."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest

from kzpress import messages
from kzpress.domain import Lang

CATALOGUES = Path(messages.__file__).parent / "data" / "messages"


@pytest.mark.parametrize("lang", [Lang.KK, Lang.RU])
def test_every_message_is_translated_and_no_other(lang: Lang) -> None:
    catalogue = polib.pofile(str(CATALOGUES / lang / "LC_MESSAGES" / "kzpress.po"), encoding="utf-8")
    assert sorted(entry.msgid for entry in catalogue) == sorted(messages.EVERY)
    for entry in catalogue:
        assert entry.msgstr and not entry.fuzzy
        assert set(re.findall(r"{\w+}", entry.msgstr)) == set(re.findall(r"{\w+}", entry.msgid))
        assert "kzpress: draft " not in entry.msgstr  # by that line an edit is recognised


def test_every_message_of_the_module_is_listed() -> None:
    named = {value for name, value in vars(messages).items() if name.isupper() and isinstance(value, str)}
    assert named == set(messages.EVERY)


def test_braces_in_a_name_are_left_alone() -> None:
    assert messages.say(Lang.RU, messages.MISSING, required="{x}") == "НЕТ В ПЕРЕВОДЕ: {x}"


@pytest.mark.parametrize("lang", list(Lang))
def test_every_note_is_understood_again_in_every_language(lang: Lang) -> None:
    for message in messages.EVERY:
        facts = {name: f"<{name} 1>" for name in re.findall(r"{(\w+)}", message)}
        assert messages.heard(messages.say(lang, message, **facts)) == (message, facts)
    assert messages.heard("kzpress: draft 4a3b21b0") is None
