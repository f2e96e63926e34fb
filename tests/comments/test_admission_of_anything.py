"""What holds of admission whatever arrives: more doubt is never milder, and no text breaks it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from board import text
from board.comments.admission import CODES, Arrival, Reason, Verdict, judge
from board.comments.drafting import Draft
from board.comments.judging import CommentRefused, judgement_of
from board.comments.letters import CONFUSABLE
from board.comments.lookalikes import imitated
from board.comments.models import BlockKind, BlockVerdict
from board.comments.traces import addresses_of, hosts_of, normal_words, words_of
from board.extensions import db
from board.foundation import clock
from board.sites.models import Policy, Site
from board.text.names import clean_name
from tests.comments.arrivals import ARRIVALS
from tests.support.makers import Makers

WORSE: tuple[Mapping[str, Any], ...] = (  # each casts doubt on a comment, or takes away what speaks for it
    {"policy": Policy.HOLD},
    {"approvals_needed": 10},
    {"accepts_comments": False},
    {"char_count": 0},
    {"char_count": text.MAX_SOURCE_CHARS + 1},
    {"link_count": 50},
    {"link_count": 1, "letters_beside_links": 0},
    {"honeypot_filled": True},
    {"seconds_open": 0.0},
    {"times_sent": 10},
    {"imitates": "Ada"},
    {"approved": 0},
    {"trusted": False},
    {"address_unproven": True},
    {"was_admitted": False},
    {"asks_akismet": True},
)
LETTERS = "abcdefghijklmnopqrstuvwxyz"
DISGUISES = {
    letter: [
        letter,
        letter.upper(),
        *(chr(other) for other in CONFUSABLE if CONFUSABLE[other] == ord(letter)),
    ]
    for letter in LETTERS
}
HOSTS = st.from_regex(r"[a-z]{1,9}(\.[a-z]{1,9})?\.example", fullmatch=True)
TEXTS = st.text(max_size=200) | st.lists(
    st.sampled_from(["viagra ", "https://shop.example/", "[x](javascript:y)", "*", "\n", "\u202e", "﷽", "🧵", "a."])
).map("".join)  # fmt: skip


@given(ARRIVALS, st.lists(st.sampled_from(WORSE), max_size=4))
def test_more_doubt_never_makes_it_milder(arrival: Arrival, worse: list[Mapping[str, Any]]) -> None:
    better = replace(arrival, by_staff=False)
    if any("link_count" in one for one in worse):
        better = replace(better, link_count=0)
    if any("char_count" in one for one in worse):
        better = replace(better, char_count=1)
    doubtful = better
    for one in worse:
        doubtful = replace(doubtful, **one)
    assume(doubtful.link_count >= better.link_count)
    assert judge(doubtful)[0] >= judge(better)[0]


@given(ARRIVALS)
def test_reasons_stand_in_the_order_of_the_checks_and_each_once(arrival: Arrival) -> None:
    said = [CODES.index(reason.code) for reason in judge(arrival)[1]]
    assert said == sorted(set(said))


@given(ARRIVALS)
def test_who_falls_into_the_trap_is_never_published_or_held(arrival: Arrival) -> None:
    assert judge(replace(arrival, by_staff=False, honeypot_filled=True))[0] >= Verdict.SPAM


@given(ARRIVALS)
def test_the_same_facts_always_have_the_same_verdict(arrival: Arrival) -> None:
    assert judge(arrival) == judge(replace(arrival))


@given(st.text(max_size=80), st.text(alphabet=LETTERS, min_size=2, max_size=12), st.text(max_size=80))
def test_a_blocked_word_is_met_wherever_it_stands_by_itself(before: str, word: str, after: str) -> None:
    assume(not unicodedata.combining(after[:1] or "x"))
    assert words_of(f"{before} {word} {after}").met([normal_words(word)]) == [word]


@given(HOSTS, st.sampled_from(["https://{}/a", "www.{}", "<https://{}>", "[x](http://{}?q=1)", "{}"]))
def test_a_blocked_host_is_met_however_it_is_named(host: str, form: str) -> None:
    source = f"I saw {form.format(f'sub.{host}')} today"
    assert host in hosts_of(text.render(source).html, source)


@given(
    HOSTS, st.from_regex(r"[a-z0-9]{1,9}", fullmatch=True), st.from_regex(r"[a-z0-9]{0,9}", fullmatch=True)
)
def test_a_blocked_address_is_met_with_every_tag(host: str, mailbox: str, tag: str) -> None:
    assert f"{mailbox}@{host}" in addresses_of(f"{mailbox}+{tag}@{host}")


@given(st.data())
def test_a_staff_members_name_is_known_in_letters_of_any_alphabet(data: st.DataObject) -> None:
    name = "Mia Moderna Okafor"
    drawn = "".join(
        data.draw(st.sampled_from(DISGUISES[letter])) if letter in DISGUISES else letter
        for letter in name.lower()
    )
    assert imitated(drawn, [name]) == name


@pytest.fixture
def site_id(app: Flask, makers: Makers) -> int:
    site = makers.site(policy=Policy.PUBLISH.value)
    makers.block(BlockKind.WORD, "viagra", site, verdict=BlockVerdict.SPAM.value)
    makers.block(BlockKind.WORD, "two words", site)
    makers.block(BlockKind.HOST, "shop.example", site, verdict=BlockVerdict.REFUSE.value)
    return site.id


def judged(site_id: int, draft: Draft) -> tuple[Verdict, list[Reason]]:
    try:
        judgement = judgement_of(db.session.get_one(Site, site_id), draft.looked_through(), clock.now())
    except CommentRefused as refusal:
        return Verdict.REFUSE, refusal.reasons
    finally:
        db.session.rollback()
    return judgement.verdict, judgement.reasons


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=TEXTS, source=TEXTS, mailbox=st.from_regex(r"[a-z0-9]{1,9}", fullmatch=True))
def test_whatever_is_written_gets_a_verdict(
    app: Flask, site_id: int, name: str, source: str, mailbox: str
) -> None:
    try:
        source, rendered = text.normalise(source), text.render(source)
    except text.TextRefused:
        return  # the form has said so
    draft = Draft(clean_name(name), source, rendered, address=f"{mailbox}@mail.example")
    with app.app_context():
        verdict, reasons = judged(site_id, draft)
    assert verdict == max((reason.verdict for reason in reasons), default=Verdict.PUBLISH)
    if "shop.example" in source:
        assert verdict is Verdict.REFUSE
