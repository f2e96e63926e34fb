"""SPF records are read as other people's mail servers read them."""

from __future__ import annotations

import pytest

from board.mail import spf
from board.mail.findings import Finding, Grade
from board.mail.nameservers import NameServers
from tests.support.dns import Zone, name_server

SERVER, AT = "mail.host.org", ["192.0.2.1"]


def text(words: str) -> dict[str, list[str]]:
    return {"TXT": [f'"{words}"']}


def examined(
    zone: Zone, *, server: str = SERVER, at: list[str] | None = None
) -> tuple[Finding, spf.Spf | None]:
    with name_server(zone) as address:
        host, port = address.split(":")
        names = NameServers((host, int(port)))
        records = spf.records_among(names.texts("blog.org"))
        read = spf.followed("blog.org", records[0], names) if len(records) == 1 else None
    return spf.judged("blog.org", records, read, server, ["9.9.9.9"] if at is None else at), read


@pytest.mark.parametrize(
    "record",
    [
        "v=spf1 ip4:9.9.9.0/24 -all",
        "v=spf1 a:mail.host.org ~all",
        "v=spf1 mx -all",
        "v=spf1 include:spf.host.org ~all",
        "v=spf1 redirect=spf.host.org",
        "V=SPF1 ip6:2001:db8::/32 ip4:9.9.9.9 -ALL",
        "v=spf1 exists:%{i}.check.host.org ip4:9.9.9.9 exp=why.blog.org -all",
    ],
)
def test_a_record_that_names_the_mail_server_is_good(record: str) -> None:
    zone = {
        "blog.org": {**text(record), "MX": ["10 mail.host.org."]},
        "mail.host.org": {"A": ["9.9.9.9"]},
        "spf.host.org": text("v=spf1 ip4:9.9.9.9 -all"),
    }
    finding, _ = examined(zone)
    assert finding.grade is Grade.GOOD, finding.words


def test_without_a_record_the_one_to_add_is_told() -> None:
    finding, _ = examined({"blog.org": text("google-site-verification=x")})
    assert (finding.grade, finding.record) == (Grade.BAD, ("blog.org", "v=spf1 a:mail.host.org ~all"))
    finding, _ = examined({}, server="email-smtp.eu-west-1.amazonaws.com")
    assert finding.record == ("blog.org", "v=spf1 include:amazonses.com ~all")


def test_a_record_that_lacks_the_mail_server_is_told_with_it() -> None:
    finding, _ = examined({"blog.org": text("v=spf1 ip4:8.8.8.8 -all")})
    assert finding.grade is Grade.DOUBTFUL
    assert finding.record == ("blog.org", "v=spf1 a:mail.host.org ip4:8.8.8.8 -all")
    finding, _ = examined({"blog.org": text("v=spf1 ip4:8.8.8.8 -all")}, server="smtp.eu.mailgun.org")
    assert finding.record == ("blog.org", "v=spf1 include:mailgun.org ip4:8.8.8.8 -all")


def test_what_a_mail_server_in_ones_own_network_sends_from_cannot_be_known() -> None:
    finding, _ = examined({"blog.org": text("v=spf1 ip4:8.8.8.8 -all")}, at=["10.0.0.5"])
    assert finding.grade is Grade.GOOD


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ("v=spf1 +all", "everybody"),
        ("v=spf1 all", "everybody"),
        ("v=spf1 ip4:999.1.1.1 -all", "ip4:999.1.1.1"),
        ("v=spf1 incldue:host.org -all", "incldue:host.org"),
        ("v=spf1 include:nowhere.org -all", "include:nowhere.org leads to no record"),
        ("v=spf1 redirect=nowhere.org", "redirect=nowhere.org leads to no record"),
    ],
)
def test_a_record_that_others_take_for_none_is_bad(record: str, said: str) -> None:
    finding, _ = examined({"blog.org": text(record)})
    assert finding.grade is Grade.BAD
    assert said in finding.words


def test_two_records_count_as_none() -> None:
    finding, _ = examined({"blog.org": {"TXT": ['"v=spf1 a -all"', '"v=spf1 mx -all"']}})
    assert finding.grade is Grade.BAD
    assert "v=spf1 a -all | v=spf1 mx -all" in finding.words


@pytest.mark.parametrize(("includes", "grade"), [(10, Grade.GOOD), (11, Grade.BAD)])
def test_ten_lookups_are_allowed_wherever_they_are_made(includes: int, grade: Grade) -> None:
    """One inside the other: each record includes the next."""
    zone = {f"s{n}.org": text(f"v=spf1 include:s{n + 1}.org -all") for n in range(1, includes)}
    zone[f"s{includes}.org"] = text("v=spf1 ip4:9.9.9.9 -all")
    finding, read = examined({"blog.org": text("v=spf1 include:s1.org -all"), **zone})
    assert read is not None
    assert (finding.grade, read.lookups) == (grade, includes)


def test_a_record_that_leads_in_a_circle_is_left() -> None:
    finding, _ = examined({"blog.org": text("v=spf1 include:blog.org include:blog.org -all")})
    assert finding.grade is Grade.BAD


@pytest.mark.parametrize(
    ("record", "better"),
    [
        ("v=spf1 ip4:9.9.9.9", "v=spf1 ip4:9.9.9.9 ~all"),
        ("v=spf1 ip4:9.9.9.9 ?all", "v=spf1 ip4:9.9.9.9 ~all"),
    ],
)
def test_a_record_that_says_nothing_of_the_others_is_made_better(record: str, better: str) -> None:
    finding, _ = examined({"blog.org": text(record)})
    assert (finding.grade, finding.record) == (Grade.DOUBTFUL, ("blog.org", better))
