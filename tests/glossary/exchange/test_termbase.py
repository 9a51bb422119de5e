"""A termbase is TBX-Basic as the standard has it; foreign ones are read in any version and trusted in nothing."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from kzpress.domain import Lang
from kzpress.errors import GlossaryError
from kzpress.glossary import load
from kzpress.glossary.exchange import Loss, import_file, to_tbx
from kzpress.glossary.exchange.model import Imported
from tests.glossary.exchange.samples import ENTRIES, OWN, glossary_in, written

# The part of TBX-Basic (ISO 30042:2019, DCA) that we write: what may stand where, and the closed lists of values.
GRAMMAR = """
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="urn:iso:std:iso:30042:ed-2"
         datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <start><element name="tbx">
    <attribute name="type"><value>TBX-Basic</value></attribute>
    <attribute name="style"><value>dca</value></attribute>
    <attribute name="xml:lang"><text/></attribute>
    <element name="tbxHeader"><element name="fileDesc"><element name="sourceDesc">
      <element name="p"><text/></element></element></element></element>
    <element name="text"><element name="body"><oneOrMore><ref name="concept"/></oneOrMore></element></element>
  </element></start>
  <define name="concept"><element name="conceptEntry">
    <attribute name="id"><data type="ID"/></attribute>
    <zeroOrMore><choice>
      <element name="descrip"><attribute name="type"><value>subjectField</value></attribute><text/></element>
      <element name="admin"><attribute name="type"><value>source</value></attribute><text/></element>
      <element name="note"><text/></element>
    </choice></zeroOrMore>
    <oneOrMore><element name="langSec">
      <attribute name="xml:lang"><data type="language"/></attribute>
      <oneOrMore><ref name="term"/></oneOrMore>
    </element></oneOrMore>
  </element></define>
  <define name="term"><element name="termSec">
    <element name="term"><text/></element>
    <zeroOrMore><element name="termNote"><choice>
      <group><attribute name="type"><value>partOfSpeech</value></attribute>
        <choice><value>noun</value><value>verb</value><value>adjective</value><value>adverb</value><value>other</value>
        </choice></group>
      <group><attribute name="type"><value>grammaticalGender</value></attribute>
        <choice><value>masculine</value><value>feminine</value><value>neuter</value><value>other</value></choice></group>
      <group><attribute name="type"><value>administrativeStatus</value></attribute>
        <choice><value>preferredTerm-admn-sts</value><value>admittedTerm-admn-sts</value>
          <value>deprecatedTerm-admn-sts</value><value>supersededTerm-admn-sts</value></choice></group>
      <group><attribute name="type"><value>termType</value></attribute>
        <choice><value>fullForm</value><value>acronym</value><value>abbreviation</value><value>shortForm</value>
          <value>variant</value><value>phrase</value></choice></group>
    </choice></element></zeroOrMore>
  </element></define>
</grammar>
"""

OMEGAT = Path("/usr/share/omegat/OmegaT.jar")  # where Debian puts it
FOREIGN = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><martifHeader><fileDesc><sourceDesc><p>Termbase</p></sourceDesc></fileDesc>
</martifHeader><text><body>
<termEntry id="c12"><descrip type="subjectField">institution</descrip><admin type="source">parlam.kz</admin>
<langSet xml:lang="en-GB"><tig><term>Senate of the Parliament</term></tig>
<tig><term>Upper House</term><termNote type="administrativeStatus">deprecated</termNote></tig></langSet>
<langSet xml:lang="ru-RU"><ntig><termGrp><term>Сенат Парламента</term>
<termNote type="partOfSpeech">noun</termNote></termGrp></ntig></langSet>
<langSet xml:lang="kk"><tig><term>Парламент Сенаты</term></tig><tig><term>Сенат</term>
<termNote type="termType">shortForm</termNote></tig></langSet>
<langSet xml:lang="fr"><tig><term>Sénat</term></tig></langSet>
</termEntry></body></text></martif>
"""


def took(folder: Path, data: str | bytes, **options: dict[str, str]) -> Imported:
    return import_file(glossary_in(folder, OWN), written(folder, "terms.tbx", data), **options)  # type: ignore[arg-type]


def test_version_3_is_valid_tbx_basic(tmp_path: Path) -> None:
    made = to_tbx(glossary_in(tmp_path))
    grammar = etree.RelaxNG(etree.fromstring(GRAMMAR))
    tree = etree.fromstring(made.data)
    assert grammar.validate(tree), grammar.error_log


def test_what_a_termbase_cannot_hold_is_told(tmp_path: Path) -> None:
    made = to_tbx(glossary_in(tmp_path))
    assert made.lost == (
        Loss(entry="mfa-kz", fields=("forms.kk",)),
        Loss(entry="kazakhstan", fields=("iso",)),
        Loss(entry="france", fields=("iso",)),
        Loss(entry="mongolia", fields=("iso",)),
        Loss(entry="embassy-kz-in", fields=("each", "except")),
    )
    assert made.notes == ("the pattern embassy-kz-in is written out as 1 concept",)
    assert made.concepts == 8


@pytest.mark.parametrize("version", [2, 3])
def test_out_and_into_an_empty_glossary_loses_only_what_was_told(tmp_path: Path, version: int) -> None:
    held = re.sub(r"(?m)^(?:forms|iso|each|except).*\n", "", ENTRIES.partition("[embassy-kz-in]")[0])
    embassy = (
        '[embassy-kz-in-france]\nkind = "institution"\nnames.en = "Embassy of the Republic of Kazakhstan in France"\n'
        'names.ru = "Посольство Республики Казахстан во Франции"\n'
        'names.kk = "Қазақстан Республикасының Франциядағы Елшілігі"\nsource = "a"\n'
    )
    path = written(tmp_path, "terms.tbx", to_tbx(glossary_in(tmp_path / "from"), version=version).data)
    empty = glossary_in(tmp_path / "to", OWN)
    done = import_file(empty, path)
    assert done.refused == ()
    (empty / "all.toml").unlink()
    there, here = load(empty), load(glossary_in(tmp_path / "held", held + embassy))
    assert there.digest == here.digest
    assert {name: (e.source, e.note) for name, e in there.entries.items()} == {
        name: (e.source, e.note) for name, e in here.entries.items()
    }


@pytest.mark.parametrize("version", [2, 3])
def test_our_own_termbase_says_nothing_new(tmp_path: Path, version: int) -> None:
    folder = glossary_in(tmp_path)
    path = written(tmp_path, "terms.tbx", to_tbx(folder, version=version).data)
    done = import_file(folder, path)
    assert (done.unchanged, done.new, done.differences, done.files) == (8, (), (), ())


def test_version_2_is_what_omegat_and_weblate_look_for(tmp_path: Path) -> None:
    tree = etree.fromstring(to_tbx(glossary_in(tmp_path), version=2).data)
    assert tree.tag == "martif"
    entry = tree.find("text/body/termEntry[@id='mfa-kz']")
    assert entry is not None
    terms = {tig.findtext("term"): tig.findtext("termNote[@type='administrativeStatus']") for tig in entry.iter("tig")}
    assert terms["Ministry of Foreign Affairs of the Republic of Kazakhstan"] == "preferredTerm-admn-sts"
    assert terms["МИД"] == "admittedTerm-admn-sts"
    assert terms["МИД Казахстана"] == terms["Министерство внешних сношений"] == "deprecatedTerm-admn-sts"


@pytest.mark.slow
@pytest.mark.skipif(not (OMEGAT.exists() and shutil.which("javac")), reason="needs OmegaT and a Java compiler")
def test_omegat_reads_the_right_names_and_no_others(tmp_path: Path) -> None:
    path = written(tmp_path, "terms.tbx", to_tbx(glossary_in(tmp_path), version=2, approved=True).data)
    reader = Path(__file__).with_name("OmegaTReads.java")
    command = ["java", "-Dfile.encoding=UTF-8", "-cp", str(OMEGAT), str(reader), str(path), "en", "ru"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    pairs = {tuple(line.split("\t")) for line in said.splitlines()}
    assert ("MFA", "МИД") in pairs
    ministry = "Ministry of Foreign Affairs of the Republic of Kazakhstan"
    assert (ministry, "Министерство иностранных дел Республики Казахстан") in pairs
    assert not {target for _, target in pairs} & {"МИД Казахстана", "Министерство внешних сношений"}


def test_right_names_alone_say_nothing_new_and_take_nothing_away(tmp_path: Path) -> None:
    folder = glossary_in(tmp_path)
    path = written(tmp_path, "terms.tbx", to_tbx(folder, approved=True).data)
    assert "МИД Казахстана" not in path.read_text("utf-8")
    done = import_file(folder, path, update=True)
    assert (done.unchanged, done.new, done.differences, done.files) == (8, (), (), ())


def test_a_foreign_termbase_is_read(tmp_path: Path) -> None:
    done = took(tmp_path, FOREIGN)
    assert done.new == ("senate-of-the-parliament",)
    assert "passed over terms in fr: 1" in done.notes
    entry = load(tmp_path / "glossary").entries["senate-of-the-parliament"]
    assert dict(entry.names) == {"en": "Senate of the Parliament", "ru": "Сенат Парламента", "kk": "Парламент Сенаты"}
    assert dict(entry.short) == {"kk": ("Сенат",)}
    assert dict(entry.forbidden) == {"en": ("Upper House",)}
    assert entry.source == "parlam.kz"


def test_a_termbase_in_tag_style_is_read(tmp_path: Path) -> None:
    data = """<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
    xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
    <tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader><text><body><conceptEntry id="c1">
    <min:subjectField>place</min:subjectField><basic:source>stat.gov.kz</basic:source>
    <langSec xml:lang="en"><termSec><term>Abai Region</term></termSec></langSec>
    <langSec xml:lang="ru"><termSec><term>Абайская область</term>
    <min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec>
    <termSec><term>область Абай</term></termSec></langSec>
    <langSec xml:lang="kk"><termSec><term>Абай облысы</term></termSec></langSec>
    </conceptEntry></body></text></tbx>"""
    assert took(tmp_path, data).new == ("abai-region",)
    entry = load(tmp_path / "glossary").entries["abai-region"]
    assert (entry.names[Lang.RU], entry.forbidden[Lang.RU]) == ("область Абай", ("Абайская область",))


def test_a_bilingual_termbase_is_refused_concept_by_concept(tmp_path: Path) -> None:
    done = took(tmp_path, re.sub(r'<langSet xml:lang="kk">.*?</langSet>', "", FOREIGN, flags=re.DOTALL))
    (refusal,) = done.refused
    assert (refusal.reason, refusal.hint) == ("has no Kazakh name", "add names.kk")
    assert done.files == ()


def test_kind_and_source_are_given_to_those_that_have_none(tmp_path: Path) -> None:
    bare = re.sub(r"<descrip.*</admin>", "", FOREIGN)
    (refusal,) = took(tmp_path / "without", bare).refused
    assert refusal.reason == "has no kind"
    done = took(tmp_path / "with", bare, defaults={"kind": "institution", "source": "termbase of the Senate, 2024"})
    assert done.new == ("senate-of-the-parliament",)


def test_a_concept_of_a_pattern_is_changed_in_the_pattern_only(tmp_path: Path) -> None:
    folder = glossary_in(tmp_path)
    data = to_tbx(folder).data.replace("Посольство".encode(), "Консульство".encode())
    done = import_file(folder, written(tmp_path, "terms.tbx", data), update=True)
    (refusal,) = done.refused
    assert (refusal.reason, refusal.hint) == ("is made by the pattern embassy-kz-in", "change the pattern")
    assert (folder / "all.toml").read_text("utf-8") == ENTRIES


BOMB = '<!DOCTYPE martif [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
READS = '<!DOCTYPE martif [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
DOCTYPE = '<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">'


@pytest.mark.parametrize("declaration", [BOMB, READS])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_before_the_xml_is_read(tmp_path: Path, declaration: str, encoding: str) -> None:
    data = FOREIGN.replace(DOCTYPE, declaration).replace("Upper House", "&a;").encode(encoding)
    with pytest.raises(GlossaryError, match="declares XML entities"):
        took(tmp_path, data)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (FOREIGN[:-20], "is damaged"),
        ("<html/>", "is XML, but no TBX"),
        ("<martif/>", "has no concepts"),
        ("not XML", "is damaged"),
        (FOREIGN.replace("Upper House", "<x>" * 5_000 + "</x>" * 5_000), "is damaged"),
    ],
)
def test_what_is_no_termbase_is_refused(tmp_path: Path, data: str, message: str) -> None:
    with pytest.raises(GlossaryError, match=message):
        took(tmp_path, data)


def test_an_id_of_ours_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    data = to_tbx(glossary_in(tmp_path / "from")).data.replace(b'id="astana"', b'id="...etc.passwd"')
    done = took(tmp_path / "to", data)
    assert [refusal.reason for refusal in done.refused] == ["has an id that is not lower-case words with hyphens"]
