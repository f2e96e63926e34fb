"""SPF: which machines may send for a domain (RFC 7208), as far as its owner needs to know."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from board.mail.findings import Finding, Grade
from board.mail.nameservers import Names

MOST_LOOKUPS = 10  # RFC 7208, 4.6.4: beyond it servers take the record for broken
ENOUGH = 30  # lookups after which we stop following what leads in circles
TERM = re.compile(
    r"([+?~-]?)(all|include|a|mx|ptr|exists|ip4|ip6)(?::([^/]\S*?))?(/\d+(?://\d+)?)?", re.IGNORECASE
)
ASKING = frozenset({"include", "a", "mx", "ptr", "exists"})
PROVIDERS = {  # the end of their mail server's name, and what they ask their customers to include
    "gmail.com": "_spf.google.com",
    "amazonaws.com": "amazonses.com",
    "mailgun.org": "mailgun.org",
    "sendgrid.net": "sendgrid.net",
    "postmarkapp.com": "spf.mtasv.net",
    "office365.com": "spf.protection.outlook.com",
    "fastmail.com": "spf.messagingengine.com",
    "mailjet.com": "spf.mailjet.com",
}
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass
class Spf:
    """What a record comes to. `ending`: the sign before `all`, or "" where nothing is said of the others."""

    record: str
    ending: str = ""
    lookups: int = 0
    networks: list[Network] = field(default_factory=list)
    includes: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def records_among(texts: Sequence[str]) -> list[str]:
    return [text for text in texts if text.lower().split(" ")[0] == "v=spf1"]


def followed(domain: str, record: str, names: Names) -> Spf:
    """The record with all that it includes and where it leads. Raises NoAnswer."""
    spf = Spf(record)
    spf.ending = _follow(spf, domain, record, names)
    return spf


def judged(domain: str, records: Sequence[str], spf: Spf | None, server: str, at: Sequence[str]) -> Finding:
    """spf: of the one record. server, at: the mail server that the board uses, and its addresses."""
    if spf is None or len(records) != 1:
        return _none_or_many(domain, records, server)
    if fault := _fault(spf):
        return Finding(Grade.BAD, f"SPF: {fault}")
    if not _covers(spf, server, at):
        return Finding(
            Grade.DOUBTFUL,
            f"SPF: the record does not name the mail server that the board uses, {server}. If your provider "
            "sends from addresses of its own that the record has, all is well; otherwise change it to this:",
            (domain, _with(spf.record, server)),
        )
    if spf.ending in {"", "?"}:
        better = re.sub(r"\s*\?all\b", "", spf.record, flags=re.IGNORECASE) + " ~all"
        return Finding(
            Grade.DOUBTFUL, "SPF: the record says nothing of other machines. Better:", (domain, better)
        )
    return Finding(Grade.GOOD, f"SPF: {spf.record} (read with {spf.lookups} of {MOST_LOOKUPS} lookups).")


def _fault(spf: Spf) -> str:
    """Why servers take the record for none, or should."""
    if spf.broken:
        return f"the record is broken, so it counts as none: {', '.join(spf.broken)}."
    if spf.lookups > MOST_LOOKUPS:
        return (
            f"reading the record takes {spf.lookups} lookups; servers stop at {MOST_LOOKUPS} and take it for "
            "broken. Remove what you do not use any more, or name addresses instead of includes."
        )
    return "the record ends in +all, which lets everybody send in your name." if spf.ending == "+" else ""


def _none_or_many(domain: str, records: Sequence[str], server: str) -> Finding:
    if records:
        words = "SPF: there are several records, so they count as none. Make one of them: " + " | ".join(
            records
        )
        return Finding(Grade.BAD, words)
    words = "SPF: nothing says which machines may send for this domain. Add this record:"
    return Finding(Grade.BAD, words, (domain, f"v=spf1 {_mechanism(server)} ~all"))


def _follow(spf: Spf, domain: str, record: str, names: Names) -> str:
    """Take in what `record` says; the sign before its `all`."""
    ending, elsewhere = "", ""
    for term in record.split()[1:]:
        name, _, value = term.partition("=")
        if name.lower() == "redirect":
            elsewhere = value
        elif found := TERM.fullmatch(term):
            sign = found[1] or "+"
            if found[2].lower() == "all":
                return sign  # what follows it is not read (RFC 7208, 5.1)
            _take_in(spf, domain, found, names)
        elif not re.fullmatch(r"[A-Za-z][\w.-]*=\S*", term):
            spf.broken.append(term)
    if elsewhere:
        ending = _lead_on(spf, elsewhere, names, term=f"redirect={elsewhere}")
    return ending


def _take_in(spf: Spf, domain: str, found: re.Match[str], names: Names) -> None:
    sign, kind, target, length = found[1] or "+", found[2].lower(), found[3] or "", found[4] or ""
    if kind in ASKING:
        spf.lookups += kind != "include"  # which counts where it is followed
    if "%" in target or spf.lookups > ENOUGH:
        return  # a macro means something for one mail only
    if kind == "include":
        spf.includes.append(target.lower())
        _lead_on(spf, target, names, term=f"include:{target}")
    elif kind in {"ip4", "ip6"} and sign == "+":
        _add(spf, target + length, term=found[0])
    elif kind in {"a", "mx"} and sign == "+":
        hosts = [target or domain] if kind == "a" else names.exchanges(target or domain)
        for host in filter(None, hosts[:MOST_LOOKUPS]):
            for address in names.addresses(host):
                _add(spf, address, term=found[0])


def _lead_on(spf: Spf, target: str, names: Names, *, term: str) -> str:
    spf.lookups += 1
    if "%" in target or spf.lookups > ENOUGH:
        return ""
    records = records_among(names.texts(target))
    if len(records) != 1:
        spf.broken.append(f"{term} leads to {len(records) or 'no'} record{'s' if len(records) > 1 else ''}")
        return ""
    return _follow(spf, target, records[0], names)


def _add(spf: Spf, network: str, *, term: str) -> None:
    try:
        spf.networks.append(ipaddress.ip_network(network, strict=False))
    except ValueError:
        spf.broken.append(term)


def _covers(spf: Spf, server: str, at: Sequence[str]) -> bool:
    if (included := _provider(server)) is not None:
        return included in spf.includes
    addresses = [ipaddress.ip_address(one.partition("%")[0]) for one in at]
    is_inside = not any(address.is_global for address in addresses)  # what it sends from, we cannot know
    return is_inside or any(address in network for address in addresses for network in spf.networks)


def _with(record: str, server: str) -> str:
    first, *others = record.split()
    return " ".join([first, _mechanism(server), *others])


def _mechanism(server: str) -> str:
    if (included := _provider(server)) is not None:
        return f"include:{included}"
    try:
        return f"ip{ipaddress.ip_address(server).version}:{server}"
    except ValueError:
        return f"a:{server}"


def _provider(server: str) -> str | None:
    ends = (name for name in PROVIDERS if server == name or server.endswith(f".{name}"))
    return next((PROVIDERS[name] for name in ends), None)
