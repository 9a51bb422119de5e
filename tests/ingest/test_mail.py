"""E-mail messages."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage

import pytest

from kzpress.errors import ReleaseError
from kzpress.ingest import read_bytes

from .samples import KAZAKH, RUSSIAN, codes, kinds, shape

BODY = "АСТАНА. КАЗИНФОРМ – Министр принял посла Финляндии.\n\nСтороны обсудили торговлю.\n"


def message(
    subject: str = "Министр принял посла", body: str = BODY, charset: str = "utf-8", cte: str = "base64"
) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Пресс-служба <press@example.kz>"
    made["Subject"] = subject
    made["Date"] = "Tue, 14 Mar 2023 23:30:00 +0600"
    made["MIME-Version"] = "1.0"
    made.set_content(body, charset=charset, cte=cte)
    return made


@pytest.mark.parametrize(
    ("charset", "cte"),
    [
        ("utf-8", "base64"),
        ("utf-8", "quoted-printable"),
        ("utf-8", "8bit"),
        ("windows-1251", "base64"),
        ("koi8-r", "quoted-printable"),
    ],
)
def test_a_message_gives_subject_date_and_text(charset: str, cte: str) -> None:
    body = BODY if charset != "koi8-r" else BODY.replace("–", "-")
    release = read_bytes(message(body=body, charset=charset, cte=cte).as_bytes(), "mail.eml")
    assert kinds(release) == ["headline", "dateline", "lead", "body"]
    assert release.title == "Министр принял посла"
    assert release.blocks[2].text == "Министр принял посла Финляндии."
    assert release.date == dt.date(2023, 3, 14)
    assert release.notices == ()


def test_a_message_is_known_by_its_headers() -> None:
    assert read_bytes(message().as_bytes(), "release.txt").format == "eml"


@pytest.mark.parametrize("subject", ["Fwd: Министр принял посла", "RE: Министр", "Пересл: релиз", "FW[2]: релиз"])
def test_the_subject_of_a_forward_is_told_and_not_the_headline(subject: str) -> None:
    release = read_bytes(message(subject).as_bytes(), "mail.eml")
    assert kinds(release) == ["dateline", "lead", "body"]
    assert codes(release) == {"subject-not-used"}
    assert subject in release.notices[0].message


def test_a_message_without_subject_has_no_headline() -> None:
    assert kinds(read_bytes(message("").as_bytes(), "mail.eml")) == ["dateline", "lead", "body"]


def test_a_subject_that_the_text_repeats_stands_once() -> None:
    release = read_bytes(message(body="Министр принял посла\n\n" + BODY).as_bytes(), "mail.eml")
    assert kinds(release) == ["headline", "dateline", "lead", "body"]


def test_plain_text_is_preferred_and_html_read_where_it_is_empty() -> None:
    both = message()
    both.add_alternative("<p>Другой текст.</p>", subtype="html")
    assert "Другой" not in " ".join(text for _, text in shape(read_bytes(both.as_bytes(), "mail.eml")))
    empty = message(body=" \n")
    empty.add_alternative("<p>Только страница.</p>", subtype="html")
    assert shape(read_bytes(empty.as_bytes(), "mail.eml"))[1] == ("lead", "Только страница.")


def test_attachments_are_told() -> None:
    made = message()
    made.add_attachment(b"PK", maintype="application", subtype="octet-stream", filename="Релиз.docx")
    made.add_attachment(b"x", maintype="image", subtype="png", filename="photo.png")
    told = [notice.message for notice in read_bytes(made.as_bytes(), "mail.eml").notices]
    assert told == [
        "attachment not read: Релиз.docx; to have it translated, save it and give it on its own",
        "attachment not read: photo.png",
    ]


def test_a_message_with_only_an_attachment_is_refused_and_names_it() -> None:
    made = message(body="\n")
    made.add_attachment(b"PK", maintype="application", subtype="octet-stream", filename="release.docx")
    with pytest.raises(ReleaseError, match="without text") as caught:
        read_bytes(made.as_bytes(), "mail.eml")
    assert "release.docx" in (caught.value.hint or "")


@pytest.mark.parametrize(
    "kind", ['multipart/encrypted; boundary="b"', "application/pkcs7-mime; smime-type=enveloped-data"]
)
def test_an_encrypted_message_is_refused(kind: str) -> None:
    data = f"From: a@example.kz\nSubject: x\nMIME-Version: 1.0\nContent-Type: {kind}\n\n--b\n\nabc\n--b--\n".encode()
    with pytest.raises(ReleaseError, match="encrypted"):
        read_bytes(data, "mail.eml")


def test_a_pgp_block_in_the_text_is_refused() -> None:
    with pytest.raises(ReleaseError, match="encrypted"):
        read_bytes(message(body="-----BEGIN PGP MESSAGE-----\n\nabc\n", cte="8bit").as_bytes(), "mail.eml")


def test_unencoded_headers_and_an_undeclared_charset_are_guessed() -> None:
    head = "From: a@example.kz\nMessage-ID: <1@example.kz>\nSubject: Министр принял посла\n\n"
    release = read_bytes((head + BODY).encode("cp1251"), "mail.eml")
    assert kinds(release) == ["headline", "dateline", "lead", "body"]
    assert release.title == "Министр принял посла"
    assert codes(release) == {"encoding-guessed"}


def test_flowed_text_is_joined() -> None:
    text = "Министр принял посла \nФинляндии.\n\nСтороны обсудили \nторговлю.\n"
    head = "From: a@example.kz\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8; format=flowed\n\n"
    data = (head + text).encode()
    assert [text for _, text in shape(read_bytes(data, "mail.eml"))] == [
        "Министр принял посла Финляндии.",
        "Стороны обсудили торговлю.",
    ]


def test_an_impossible_date_header_is_told() -> None:
    data = message().as_bytes().replace(b"14 Mar", b"44 Mar")
    release = read_bytes(data, "mail.eml")
    assert release.date is None
    assert "date-impossible" in codes(release)


def test_an_unknown_charset_is_guessed_and_told() -> None:
    data = message(charset="windows-1251", cte="8bit").as_bytes().replace(b"windows-1251", b"x-kazwin")
    release = read_bytes(data, "mail.eml")
    assert release.encoding == "cp1251"
    assert codes(release) == {"encoding-mismatch"}


def test_an_endless_header_is_refused() -> None:
    data = b"From: a@example.kz\nMIME-Version: 1.0\nSubject: " + b"=?utf-8?q?a?= " * 2_000 + b"\n\ntext"
    with pytest.raises(ReleaseError, match="header"):
        read_bytes(data, "mail.eml")


def test_parts_within_parts_beyond_the_limit_are_refused() -> None:
    head = b"From: a@example.kz\nMIME-Version: 1.0\n"
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(3_000))
    with pytest.raises(ReleaseError, match="parts within parts"):
        read_bytes(head + deep + "Министр".encode(), "mail.eml")


def test_both_cyrillic_releases_come_through_mail_unchanged() -> None:
    for text in (RUSSIAN, KAZAKH):
        plain = read_bytes(text.encode(), "release.txt")
        mailed = read_bytes(message("", body=text).as_bytes(), "mail.eml")
        assert shape(mailed) == shape(plain)
