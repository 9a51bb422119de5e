"""Word documents, made by python-docx or by hand."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from kzpress.errors import ReleaseError
from kzpress.ingest import Limits, read_bytes

from .samples import codes, kinds, shape, zipped

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = f'<Types xmlns="{PACKAGE}/content-types"/>'


def relationships(*pairs: tuple[str, str]) -> str:
    items = "".join(f'<Relationship Id="r{i}" Type="{R}/{t}" Target="{name}"/>' for i, (t, name) in enumerate(pairs))
    return f'<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'


def document(body: str, extra: dict[str, str] | None = None, *related: tuple[str, str], head: str = "") -> bytes:
    """Return a .docx whose body is the given WordprocessingML."""
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relationships(("officeDocument", "word/document.xml")),
            "word/_rels/document.xml.rels": relationships(*related),
            "word/document.xml": f'{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
            **(extra or {}),
        }
    )


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def saved(made: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_a_document_keeps_paragraphs_tables_and_margins_in_order() -> None:
    made = docx.Document()
    made.add_heading("Жаңа мектеп Қызылордада ашылады", 0)
    made.add_paragraph("АСТАНА. ҚАЗАҚПАРАТ – Министр елшіні қабылдады.")
    table = made.add_table(2, 2)
    for cell, text in zip(table._cells, ("Жыл", "Студент", "2023", "42"), strict=True):
        cell.text = text
    made.add_heading("Шешімдер", 2)
    made.add_paragraph("Мектеп күзде ашылады.")
    made.sections[0].header.paragraphs[0].text = "Ғылым министрлігі"
    made.sections[0].footer.paragraphs[0].text = "Астана қаласы"
    release = read_bytes(saved(made), "release.docx")
    assert shape(release) == [
        ("headline", "Жаңа мектеп Қызылордада ашылады"),
        ("dateline", "АСТАНА. ҚАЗАҚПАРАТ –"),
        ("lead", "Министр елшіні қабылдады."),
        ("table", "Жыл"),
        ("table", "Студент"),
        ("table", "2023"),
        ("table", "42"),
        ("body", "Шешімдер"),
        ("body", "Мектеп күзде ашылады."),
        ("margin", "Ғылым министрлігі"),
        ("margin", "Астана қаласы"),
    ]
    assert release.format == "docx"
    assert release.encoding is None
    assert [block.line for block in release.blocks[:4]] == [1, 2, 2, 3]


def test_footnotes_and_endnotes_are_notes() -> None:
    note = f'<w:footnote w:type="separator"/><w:footnote>{paragraph("По данным министерства.")}</w:footnote>'
    end = f"<w:endnote>{paragraph('Источник назван.')}</w:endnote>"
    data = document(
        paragraph("Министр принял посла."),
        {
            "word/footnotes.xml": f'<w:footnotes xmlns:w="{W}">{note}</w:footnotes>',
            "word/endnotes.xml": f'<w:endnotes xmlns:w="{W}">{end}</w:endnotes>',
        },
        ("footnotes", "footnotes.xml"),
        ("endnotes", "endnotes.xml"),
    )
    assert shape(read_bytes(data, "a.docx")) == [
        ("lead", "Министр принял посла."),
        ("note", "По данным министерства."),
        ("note", "Источник назван."),
    ]


def test_text_boxes_content_controls_and_links_are_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('В рамке.')}</w:txbxContent>"
    choice = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    alternate = f"<w:r><mc:AlternateContent xmlns:mc='m'>{choice}</mc:AlternateContent></w:r>"
    control = f"<w:sdt><w:sdtContent>{paragraph('В поле.')}</w:sdtContent></w:sdt>"
    link = "<w:p><w:hyperlink><w:r><w:t>По ссылке.</w:t></w:r></w:hyperlink></w:p>"
    data = document(f"<w:p><w:r><w:t>Министр принял посла.</w:t></w:r>{alternate}</w:p>{control}{link}")
    assert [text for _, text in shape(read_bytes(data, "a.docx"))] == [
        "Министр принял посла.",
        "В рамке.",
        "В поле.",
        "По ссылке.",
    ]


def test_tracked_changes_and_hidden_text_are_told() -> None:
    deleted = "<w:del><w:r><w:delText>старый </w:delText></w:r></w:del>"
    inserted = "<w:ins><w:r><w:t>новый посол.</w:t></w:r></w:ins>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>черновик</w:t></w:r>"
    release = read_bytes(
        document(f"<w:p><w:r><w:t xml:space='preserve'>Прибыл </w:t></w:r>{deleted}{inserted}{hidden}</w:p>"), "a.docx"
    )
    assert shape(release) == [("lead", "Прибыл новый посол.")]
    assert codes(release) == {"tracked-changes", "hidden-text"}


def test_tabs_breaks_and_symbols_are_spaces_or_characters() -> None:
    run = (
        "<w:r><w:t>Ставка</w:t><w:tab/><w:t>5</w:t><w:noBreakHyphen/><w:t>6</w:t><w:br/><w:t>процентов</w:t>"
        '<w:sym w:char="2026"/><w:sym w:char="F0B7"/></w:r>'
    )
    release = read_bytes(document(f"<w:p>{run}</w:p>"), "a.docx")
    assert release.blocks[0].text == "Ставка 5-6 процентов…"
    assert codes(release) == {"symbols-left-out"}


def test_nested_tables_keep_a_cell_a_block() -> None:
    made = docx.Document()
    made.add_paragraph("Министр принял посла.")
    outer = made.add_table(1, 2)
    outer.cell(0, 0).text = "Снаружи"
    inner = outer.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Слева", "Справа"
    assert [text for kind, text in shape(read_bytes(saved(made), "a.docx")) if kind == "table"] == [
        "Снаружи",
        "Слева",
        "Справа",
    ]


def test_a_document_in_capital_suffix_or_none_is_known_by_its_content() -> None:
    data = document(paragraph("Министр принял посла."))
    assert read_bytes(data, "RELEASE").format == "docx"
    assert kinds(read_bytes(data, "release.txt")) == ["lead"]


@pytest.mark.parametrize("keep", [0.02, 0.3, 0.7, 0.99])
def test_a_truncated_document_is_refused(keep: float) -> None:
    made = docx.Document()
    made.add_paragraph("Министр принял посла.")
    data = saved(made)
    with pytest.raises(ReleaseError) as caught:
        read_bytes(data[: int(len(data) * keep)], "a.docx")
    assert caught.value.where == "a.docx"
    assert caught.value.hint


def test_damage_anywhere_in_a_document_is_an_error_of_ours_or_none() -> None:
    data = bytearray(document(paragraph("Министр принял посла Финляндии.") * 20))
    for at in range(0, len(data), 7):
        damaged = data.copy()
        damaged[at] ^= 0xFF
        try:
            read_bytes(bytes(damaged), "a.docx")
        except ReleaseError as error:
            assert error.hint


def test_a_zip_bomb_is_refused() -> None:
    bomb = document(paragraph("Министр."), {"word/media/zero.bin": "\0" * 30_000_000})
    assert len(bomb) < 50_000
    with pytest.raises(ReleaseError, match="unpacks to"):
        read_bytes(bomb, "a.docx")


def test_a_part_larger_than_the_archive_says_is_refused() -> None:
    data = bytearray(document(paragraph("Министр принял посла. " * 20_000)))
    size = zipfile.ZipFile(io.BytesIO(data)).getinfo("word/document.xml").file_size
    honest = size.to_bytes(4, "little")
    assert data.count(honest) >= 1
    with pytest.raises(ReleaseError):
        read_bytes(bytes(data.replace(honest, (100).to_bytes(4, "little"))), "a.docx")


def test_a_short_document_that_repeats_itself_is_no_bomb() -> None:
    assert kinds(read_bytes(document(paragraph("Министр принял посла. " * 4_500)), "a.docx")) == ["lead"]


def test_more_text_than_a_release_has_is_refused() -> None:
    with pytest.raises(ReleaseError, match="characters of text"):
        read_bytes(document(paragraph("Министр принял посла.")), "a.docx", Limits(text_bytes=10))


def test_too_many_entries_are_refused() -> None:
    data = document(paragraph("Министр."), {f"word/media/{i}.bin": "" for i in range(30)})
    with pytest.raises(ReleaseError, match="34 entries"):
        read_bytes(data, "a.docx", Limits(entries=20))


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE x [<!ENTITY a "хахаха"><!ENTITY b "&a;&a;&a;&a;">]>',
    ],
)
def test_entities_in_a_part_are_refused(doctype: str) -> None:
    with pytest.raises(ReleaseError, match="entities"):
        read_bytes(document(paragraph("Министр &amp; посол."), head=doctype), "a.docx")


def test_deep_nesting_in_a_part_is_refused() -> None:
    with pytest.raises(ReleaseError, match="damaged"):
        read_bytes(document("<w:sdt>" * 5_000 + paragraph("Министр.") + "</w:sdt>" * 5_000), "a.docx")


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"xl/workbook.xml": "<a/>"}, "Excel"),
        ({"ppt/presentation.xml": "<a/>"}, "PowerPoint"),
        ({"META-INF/manifest.xml": "<a/>", "content.xml": "<a/>"}, "OpenDocument"),
        ({"photo.jpg": "x"}, "no Word document"),
    ],
)
def test_other_archives_are_refused_by_name(parts: dict[str, str | bytes], words: str) -> None:
    with pytest.raises(ReleaseError, match=words):
        read_bytes(zipped(parts), "a.docx")


def test_a_document_of_pictures_only_is_refused() -> None:
    with pytest.raises(ReleaseError, match="no words"):
        read_bytes(document("<w:p/>"), "a.docx")
