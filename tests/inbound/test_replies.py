"""Of an answer by mail, the new words are found and nothing that was quoted."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board.inbound.opening import opened
from board.inbound.replies import new_text, whole_text
from tests.inbound.layouts import HTML, OURS, PLAIN, html_mail, plain_mail


@pytest.mark.parametrize("name", PLAIN)
def test_of_a_text_the_new_words_are_found(name: str) -> None:
    text, expected = PLAIN[name]
    assert new_text(opened(plain_mail(text))) == expected
    assert new_text(opened(plain_mail(text).replace(b"\n", b"\r\n"))) == expected


@pytest.mark.parametrize("name", HTML)
def test_of_a_web_page_the_new_words_are_found(name: str) -> None:
    page, expected = HTML[name]
    assert new_text(opened(html_mail(page))) == expected


def test_the_text_is_preferred_and_attachments_are_dropped() -> None:
    mail = EmailMessage()
    mail.set_content("The text.")
    mail.add_alternative("<p>The page.</p>", subtype="html")
    mail.add_attachment("An attached text.", filename="notes.txt")
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="a.png")
    assert new_text(opened(bytes(mail))) == "The text."


def test_a_page_stands_in_for_an_empty_text() -> None:
    mail = EmailMessage()
    mail.set_content(" \n")
    mail.add_alternative("<p>The page.</p>", subtype="html")
    assert new_text(opened(bytes(mail))) == "The page."


def test_the_words_of_an_enclosed_mail_are_not_its_senders() -> None:
    inner = EmailMessage()
    inner.set_content("Somebody else's.")
    mail = EmailMessage()
    mail.set_content("See below.")
    mail.add_attachment(inner)
    assert new_text(opened(bytes(mail))) == "See below."


@pytest.mark.parametrize(
    ("parameters", "body", "expected"),
    [
        ("", "one line \nand more \nof it.\n\nNext.\n", "one line and more of it.\n\nNext."),
        ("; delsp=yes", "zusammen \ngesetzt\n", "zusammengesetzt"),
        ("", " From here on\n", "From here on"),
        ("", "> quoted \n> on\nMine.\n", "Mine."),
        ("", "Mine. \n-- \nAda\n", "Mine."),
    ],
)
def test_flowed_lines_are_joined(parameters: str, body: str, expected: str) -> None:
    raw = f"Content-Type: text/plain; charset=utf-8; format=flowed{parameters}\n\n{body}".encode()
    assert new_text(opened(raw)) == expected


@pytest.mark.parametrize(
    ("charset", "raw"),
    [
        ("utf-8", "Grüße".encode()),
        ("iso-8859-1", "Grüße".encode("latin-1")),
        ("windows-1252", "Grüße".encode("cp1252")),
        ("us-ascii", "Grüße".encode()),
        ("nonsense", "Grüße".encode()),
        ("punycode", "Grüße".encode()),
        ("zlib", "Grüße".encode()),
    ],
)
def test_a_wrong_or_unknown_charset_loses_no_words(charset: str, raw: bytes) -> None:
    head = f'Content-Type: text/plain; charset="{charset}"\nContent-Transfer-Encoding: 8bit\n\n'.encode()
    assert new_text(opened(head + raw)) == "Grüße"


@pytest.mark.parametrize("name", PLAIN)
def test_all_words_are_kept_to_be_given_back(name: str) -> None:
    text, _ = PLAIN[name]
    assert whole_text(opened(plain_mail(text))).split() == text.replace("\ufeff", "\ufeff").split()


@settings(max_examples=200, deadline=None)
@given(raw=st.binary(max_size=600) | st.text(max_size=600).map(lambda text: text.encode("utf-8", "replace")))
def test_anything_can_be_read(raw: bytes) -> None:
    new_text(opened(b"Content-Type: text/plain; format=flowed\n\n" + raw))
    new_text(opened(b"Content-Type: text/html\n\n" + raw))
    new_text(opened(raw))


WORD = st.text("abcdefghijklmnopqrstuvwxyzäéß", min_size=1, max_size=12)
LINES = st.lists(st.lists(WORD, min_size=1, max_size=8).map(" ".join), min_size=1, max_size=6)
ATTRIBUTIONS = [
    f"On Sun, Mar 1, 2026 at 12:30 PM Ben <{OURS}> wrote:",
    f"On Sun, Mar 1, 2026 at 12:30 PM Ben via On listening <\n{OURS}> wrote:",
    f"Am So., 1. März 2026 um 12:30 Uhr schrieb Ben <{OURS}>:",
    f"Le dim. 1 mars 2026 à 12:30, Ben <{OURS}> a écrit :",
    f"2026年3月1日(日) 12:30 Ben <{OURS}>:",
    "",
]


@settings(max_examples=200, deadline=None)
@given(
    own=LINES,
    quoted=LINES,
    attribution=st.sampled_from(ATTRIBUTIONS),
    below=st.booleans(),
    ends=st.booleans(),
)
def test_whatever_is_quoted_all_of_ones_own_words_are_found_and_no_others(
    own: list[str], quoted: list[str], attribution: str, below: bool, ends: bool
) -> None:
    theirs = "\n".join([attribution, *(f"> {line}" for line in quoted)])
    mine = "\n".join(own)
    body = f"{theirs}\n\n{mine}\n" if below else f"{mine}\n\n{theirs}\n"
    raw = body.replace("\n", "\r\n") if ends else body
    assert new_text(opened(b"Content-Type: text/plain; charset=utf-8\n\n" + raw.encode())) == mine
