"""Akismet is spoken to as its documentation says, and whatever else it answers is told in plain words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from board.config import Settings
from board.moderation.akismet import Akismet, KeyRefused, Opinion, Silent, akismet_of, is_on_trial
from tests.support.akismet import KEY, SPAMMER, SURE_SPAMMER, AkismetServer, Said


def speaker(akismet: AkismetServer, **fields: Any) -> Akismet:
    return Akismet(akismet.origin, "A test/1.0", allow=lambda _: True, **{"seconds": 2.0, **fields})


FIELDS = {
    "api_key": KEY,
    "blog": "https://blog.test",
    "user_ip": "192.0.2.1",
    "comment_content": "Ünï & co=?",
}


def test_a_key_is_tried_before_it_is_used(akismet: AkismetServer) -> None:
    assert speaker(akismet).takes_key(KEY, "https://blog.test") is True
    assert speaker(akismet).takes_key("another", "https://blog.test") is False
    assert akismet.calls[0].fields["key"] == akismet.calls[0].fields["api_key"] == KEY


@pytest.mark.parametrize(
    ("author", "opinion"), [("Ada", Opinion.HAM), (SPAMMER, Opinion.SPAM), (SURE_SPAMMER, Opinion.DISCARD)]
)
def test_a_comment_is_ham_spam_or_surely_spam(akismet: AkismetServer, author: str, opinion: Opinion) -> None:
    assert speaker(akismet).opinion({**FIELDS, "comment_author": author}) == (opinion, None)
    [call] = akismet.calls
    assert call.fields["comment_content"] == "Ünï & co=?"
    assert call.headers["User-Agent"] == "A test/1.0"
    assert "is_test" not in call.fields


def test_on_trial_nothing_is_to_be_learnt(akismet: AkismetServer) -> None:
    speaker(akismet, is_test=True).tell("submit-spam", FIELDS)
    assert akismet.called("submit-spam") == [{**FIELDS, "is_test": "1"}]


@pytest.mark.parametrize(
    ("host", "on_trial"),
    [
        ("board.test", True),
        ("localhost", True),
        ("127.0.0.1", True),
        ("192.168.1.2", True),
        ("8.8.8.8", False),
        ("board.blog.net", False),
    ],
)
def test_a_board_that_nobody_else_reaches_is_on_trial(host: str, on_trial: bool) -> None:
    assert is_on_trial(host) is on_trial


@pytest.mark.parametrize(
    ("mood", "words"),
    [
        (Said("", 500), "the status 500"),
        (Said("Service unavailable", 503), "the status 503"),
        (Said("true", 302, {"Location": "http://127.0.0.1:9/"}), "the status 302"),
        (Said("maybe"), "no answer: maybe"),
        (Said(""), "no answer: nothing"),
        (Said("x" * 100_000), "no answer: xxx"),
        (Said("\x00\x1b[31mtrue\n"), "no answer"),
        (Said(hangs_up=True), "could not be reached"),
        (Said(dribbles=True), "longer than 0.3 seconds"),
        (
            Said("", 429, {"X-akismet-alert-code": "10505", "X-akismet-alert-msg": "Over the limit"}),
            "the status 429 (Over the limit 10505)",
        ),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_whatever_is_no_answer_is_said_in_plain_words(akismet: AkismetServer, mood: Said, words: str) -> None:
    akismet.mood = lambda _: mood
    asking = speaker(akismet, seconds=0.3 if mood.dribbles else 5.0)
    for ask in (
        lambda: asking.opinion(FIELDS),
        lambda: asking.takes_key(KEY, "https://blog.test"),
        lambda: asking.tell("submit-ham", FIELDS),
    ):
        with pytest.raises(Silent) as silence:
            ask()
        assert words in str(silence.value)
        assert len(str(silence.value)) < 300
        assert str(silence.value).isprintable()


def test_a_key_that_is_not_taken_any_more_is_told_with_akismets_own_help(akismet: AkismetServer) -> None:
    akismet.keys.clear()
    with pytest.raises(KeyRefused, match="The API key was not recognized"):
        speaker(akismet).opinion(FIELDS)


def test_a_server_that_is_not_there_is_no_answer(akismet: AkismetServer) -> None:
    with pytest.raises(Silent, match="could not be reached"):
        replace(speaker(akismet), origin="http://127.0.0.1:1").opinion(FIELDS)


def test_akismet_is_a_host_of_the_open_internet_unless_the_owner_names_another(
    akismet: AkismetServer,
) -> None:
    with pytest.raises(Silent, match="not on the public internet"):
        Akismet(akismet.origin, "A test/1.0").opinion(FIELDS)
    usual = akismet_of(Settings.from_environ({"BOARD_SECRET": "x" * 64}))
    assert usual.origin == "https://rest.akismet.com"
    assert not usual.allow("127.0.0.1")
