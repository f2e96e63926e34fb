"""DKIM, DMARC and MX are judged as Gmail and its like do."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from board.mail.domain_records import above, are_aligned, dkim_judged, dmarc_judged, exchanges_judged
from board.mail.findings import Grade


def key(bits: int) -> str:
    public = rsa.generate_private_key(public_exponent=65537, key_size=bits).public_key()
    return base64.b64encode(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


@pytest.mark.parametrize(
    ("record", "grade", "said"),
    [
        (f"v=DKIM1; k=rsa; p={key(2048)}", Grade.GOOD, "2048 bits"),
        (f"v=DKIM1; p={key(1024)}", Grade.DOUBTFUL, "1024 bits"),
        ("v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", Grade.GOOD, "ed25519"),
        (f"v=DKIM1; t=y; p={key(2048)}", Grade.DOUBTFUL, "trial"),
        ("v=DKIM1; p=", Grade.BAD, "withdrawn"),
        (f"v=DKIM1; p={key(2048)[:200]}", Grade.BAD, "cannot be read"),
    ],
)
def test_a_key_is_judged_by_what_it_is(record: str, grade: Grade, said: str) -> None:
    [finding] = dkim_judged("blog.org", {"s1": [record], "s2": []}, is_named=False)
    assert finding.grade is grade
    assert said in finding.words


def test_a_key_that_is_not_there_is_bad_only_where_it_was_named() -> None:
    [named] = dkim_judged("blog.org", {"s1": []}, is_named=True)
    [guessed] = dkim_judged("blog.org", {"s1": [], "s2": ["something else"]}, is_named=False)
    assert (named.grade, guessed.grade) == (Grade.BAD, Grade.DOUBTFUL)
    assert "s1._domainkey.blog.org" in named.words
    assert "--selector" in guessed.words


@pytest.mark.parametrize("policy", ["none", "quarantine", "Reject"])
def test_any_policy_will_do(policy: str) -> None:
    finding = dmarc_judged("news.blog.org", "blog.org", [f"v=DMARC1; p={policy}; rua=mailto:a@blog.org"])
    assert finding.grade is Grade.GOOD


@pytest.mark.parametrize("records", [["v=DMARC1"], ["v=DMARC1; p=maybe"], ["v=DMARC1; p=none"] * 2])
def test_a_policy_that_is_none_is_bad(records: list[str]) -> None:
    assert dmarc_judged("blog.org", "blog.org", records).grade is Grade.BAD


def test_without_a_policy_the_one_to_add_is_told() -> None:
    finding = dmarc_judged("blog.org", "blog.org", [])
    assert finding.grade is Grade.BAD
    assert finding.record == ("_dmarc.blog.org", "v=DMARC1; p=none; rua=mailto:postmaster@blog.org")


@pytest.mark.parametrize(
    ("one", "other", "organisation", "expected"),
    [
        ("blog.org", "blog.org", "blog.org", True),
        ("blog.org", "bounces.blog.org", "blog.org", True),
        ("a.blog.org", "b.blog.org", "blog.org", True),
        ("blog.org", "provider.net", "blog.org", False),
        ("blog.org", "myblog.org", "blog.org", False),
        ("blog.org", "other.org", "org", False),
    ],
)
def test_domains_are_aligned_within_one_organisation(
    one: str, other: str, organisation: str, expected: bool
) -> None:
    assert are_aligned(one, other, organisation) is expected


def test_who_takes_mail_is_told() -> None:
    assert exchanges_judged("blog.org", ["mx.blog.org"], []).grade is Grade.GOOD
    assert exchanges_judged("blog.org", [], ["192.0.2.1"]).grade is Grade.DOUBTFUL
    assert exchanges_judged("blog.org", [], []).grade is Grade.BAD
    assert exchanges_judged("blog.org", [""], []).grade is Grade.BAD


def test_policies_may_stand_higher_up_but_not_at_the_top() -> None:
    assert above("mail.blog.co.org") == ["mail.blog.co.org", "blog.co.org", "co.org"]
    assert above("org") == ["org"]
