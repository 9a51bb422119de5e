"""What is refused, always with the place and the next step."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzpress.errors import ReleaseError
from kzpress.ingest import Limits, read, read_bytes

from .samples import patient

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.txt", "empty"),
        (b" \r\n\t ", "a.txt", "empty"),
        ("\u00a0\u200b\n".encode(), "a.txt", "no words"),
        (b"***\n---\n", "a.txt", "no words"),
        (b"\x00\x01\x02\x03" * 50, "a.txt", "binary"),
        (b"abc\x00def", "a.txt", "binary"),
        (b"%PDF-1.7 ...", "a.txt", "PDF"),
        (b"{\\rtf1 text}", "a.doc", "RTF"),
        (OLE + b"\0" * 600, "a.doc", r"old Word"),
        (OLE + b"\0" * 600, "a.msg", "Outlook"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "password"),
        (b"\x89PNG\r\n\x1a\n", "a.docx", "PNG"),
        (b"\xff\xd8\xff\xe0", "a.jpg", "JPEG"),
        (b"plain text", "a.docx", "not a Word document"),
        (b"plain text", "a.json", r"\.json"),
        (b"<?xml version='1.0'?><rss/>", "a.xml", "XML"),
        (b"-----BEGIN PGP MESSAGE-----\n", "a.txt", "encrypted"),
        (b"PK\x05\x06" + b"\0" * 18, "a.docx", "no Word document"),
        (b"PK\x03\x04garbage", "a.docx", "damaged"),
    ],
)
def test_a_bad_input_is_refused_with_place_and_hint(data: bytes, name: str, words: str) -> None:
    with pytest.raises(ReleaseError, match=words) as caught:
        read_bytes(data, name)
    assert caught.value.where == name
    assert caught.value.hint
    assert caught.value.message[:1].islower() or caught.value.message.startswith((".", "PDF"))


def test_too_much_text_is_refused() -> None:
    with pytest.raises(ReleaseError, match="more than 10 MB"):
        read_bytes(b"word " * 2_100_000, "a.txt")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04garbage", b"\x89PNG\r\n\x1a\n", b"***", b"word " * 1000])
def test_of_two_files_of_one_name_the_error_tells_which(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(ReleaseError) as caught:
        read(path, Limits(paragraph_characters=1000))
    assert str(caught.value.where).removesuffix(":1") == str(path)


def test_too_large_a_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"word " * 1000)
    with pytest.raises(ReleaseError, match="larger than"):
        read(path, Limits(file_bytes=1000))


def test_a_directory_a_missing_file_and_a_pipe_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="directory"):
        read(tmp_path)
    with pytest.raises(ReleaseError, match="no such file") as caught:
        read(tmp_path / "gone.txt")
    assert caught.value.where == str(tmp_path / "gone.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(ReleaseError, match="regular"):
        read(tmp_path / "pipe.txt")


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="cannot be opened"):
        read(tmp_path / ("x" * 300))
    with pytest.raises(ReleaseError, match="cannot be opened"):
        read(Path("a\0b.txt"))


def test_a_file_is_read_under_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "2024-02-06 хабарлама.txt"
    path.write_text("Министр елшіні қабылдады.", "utf-8")
    release = read(path)
    assert release.origin == "2024-02-06 хабарлама.txt"
    assert release.slug == "2024-02-06-ministr-elshini-qabyldady"


def test_a_name_with_a_full_stop_has_no_suffix() -> None:
    assert read_bytes("Министр принял посла.".encode(), "релиз 12.07").format == "txt"


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.md", "a.html", "a.eml", "a.docx", "a"]))
@settings(patient, max_examples=200)
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    try:
        release = read_bytes(data, name)
    except ReleaseError as error:
        assert error.hint
    else:
        assert release.blocks
        assert all(block.text == block.text.strip() != "" for block in release.blocks)


FRAGMENTS = st.sampled_from(
    [
        *(
            b"Subject: ",
            b"=?utf-8?b?",
            b"=?x?q?",
            b"?=",
            b"Date: ",
            b"Tue, 99 Foo 2023",
            b"(",
            b"=",
            b"text",
            b"\xd0",
            b"\xff",
        ),
        *(
            b"Content-Type: ",
            b"multipart/mixed; boundary=b",
            b"text/plain; charset=",
            b"message/rfc822",
            b"--b\n",
            b"--b--",
        ),
        *(b"Content-Disposition: attachment; ", b"filename*=utf-8''%ff", b"\n", b"\n\n", b'"', b";"),
        *(b"Content-Transfer-Encoding: ", b"base64", b"uuencode"),
    ]
)


@given(st.lists(FRAGMENTS, max_size=40).map(b"".join))
@settings(patient, max_examples=300)
def test_any_message_is_read_or_refused(data: bytes) -> None:
    try:
        release = read_bytes(b"From: a@example.kz\nMIME-Version: 1.0\n" + data, "a.eml")
    except ReleaseError as error:
        assert error.hint
    else:
        assert release.blocks
