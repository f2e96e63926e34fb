"""What a domain says about mail in its name: DKIM, DMARC and who takes mail for it, judged."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from board.mail.findings import Finding, Grade

SELECTORS = (  # under which providers and mail servers keep their keys, as far as they have a habit
    *("default", "dkim", "mail", "smtp", "s1", "s2", "selector1", "selector2", "k1", "k2", "k3", "google"),
    *("fm1", "fm2", "fm3", "pm", "mailjet", "protonmail", "zoho", "key1", "dkim1", "20230601"),
)
SHORTEST_KEY, GOOD_KEY = 1024, 2048  # bits, RFC 8301
POLICIES = frozenset({"none", "quarantine", "reject"})


def tags_of(record: str) -> dict[str, str]:
    """`v=DMARC1; p=none` by name. What is said twice counts once, the first time."""
    tags: dict[str, str] = {}
    for piece in record.split(";"):
        name, is_one, value = piece.partition("=")
        if is_one:
            tags.setdefault(name.strip().lower(), value.strip())
    return tags


def dkim_judged(domain: str, found: Mapping[str, Sequence[str]], *, is_named: bool) -> list[Finding]:
    """found: the TXT records by selector. is_named: that selector was asked for, not guessed."""
    keys = {selector: texts[0] for selector, texts in found.items() if texts and "p=" in texts[0]}
    if keys:
        return [_key_judged(selector, tags_of(record)) for selector, record in keys.items()]
    if is_named:
        where = ", ".join(f"{selector}._domainkey.{domain}" for selector in found)
        words = (
            f"DKIM: there is no key at {where}. Your provider, or your own mail server's settings, tells the "
            "record to add there. Without a signature many servers take the mail for spam."
        )
        return [Finding(Grade.BAD, words)]
    words = (
        "DKIM: no key under any usual name; a domain's keys cannot be listed. Look into a mail that arrived, "
        "for s= in the line DKIM-Signature, and ask again with --selector. If there is no such line, your "
        "provider has to sign your mail, and tells the record to add."
    )
    return [Finding(Grade.DOUBTFUL, words)]


def _key_judged(selector: str, tags: Mapping[str, str]) -> Finding:
    key = "".join(tags.get("p", "").split())
    if not key:
        return Finding(Grade.BAD, f"DKIM: the key {selector} was withdrawn: its record has an empty p=.")
    if "y" in tags.get("t", "").split(":"):
        words = f"DKIM: the key {selector} is marked as a trial (t=y), so servers need not heed it."
        return Finding(Grade.DOUBTFUL, words)
    if tags.get("k", "rsa").lower() != "rsa":
        return Finding(Grade.GOOD, f"DKIM: the key {selector} is there ({tags['k']}).")
    return _length_judged(selector, _bits(key))


def _length_judged(selector: str, bits: int | None) -> Finding:
    if bits is None:
        words = f"DKIM: the key {selector} cannot be read. Was a part of it lost when it was copied?"
        return Finding(Grade.BAD, words)
    if bits < SHORTEST_KEY:
        return Finding(Grade.BAD, f"DKIM: the key {selector} has {bits} bits, too few for most servers.")
    if bits < GOOD_KEY:
        words = f"DKIM: the key {selector} is there. It has {bits} bits; {GOOD_KEY} are usual today."
        return Finding(Grade.DOUBTFUL, words)
    return Finding(Grade.GOOD, f"DKIM: the key {selector} is there ({bits} bits).")


def _bits(key: str) -> int | None:
    try:
        public = load_der_public_key(base64.b64decode(key, validate=True))
    except (ValueError, binascii.Error):
        return None
    return public.key_size if isinstance(public, RSAPublicKey) else None


def dmarc_judged(domain: str, at: str, records: Sequence[str]) -> Finding:
    """at: the domain under whose `_dmarc` the records are; `domain` itself or one above it."""
    if not records:
        advice = f"v=DMARC1; p=none; rua=mailto:postmaster@{domain}"
        words = (
            "DMARC: there is no policy. Gmail and Yahoo want one from everybody who sends much. Add this "
            "record, with an address of yours for the reports:"
        )
        return Finding(Grade.BAD, words, (f"_dmarc.{domain}", advice))
    if len(records) > 1:
        return Finding(Grade.BAD, f"DMARC: there are several records at _dmarc.{at}; leave one of them.")
    policy = tags_of(records[0]).get("p", "").lower()
    if policy not in POLICIES:
        words = f"DMARC: the record at _dmarc.{at} has no valid p=. Make it none, quarantine or reject."
        return Finding(Grade.BAD, words)
    return Finding(Grade.GOOD, f"DMARC: the policy of {at} is {policy}.")


def are_aligned(one: str, other: str, organisation: str) -> bool:
    """Whether DMARC takes both domains for one owner's; `organisation` is where the policy was found."""
    return one == other or all(_is_within(domain, organisation) for domain in (one, other))


def _is_within(domain: str, organisation: str) -> bool:
    return "." in organisation and (domain == organisation or domain.endswith(f".{organisation}"))


def exchanges_judged(domain: str, exchanges: Sequence[str], addresses: Sequence[str]) -> Finding:
    """addresses: of the domain itself, which take its mail where it names nobody."""
    if exchanges == [""]:
        words = f"MX: {domain} says that it takes no mail, and many servers take none from such a domain."
        return Finding(Grade.BAD, words)
    if exchanges:
        return Finding(Grade.GOOD, f"MX: mail to {domain} goes to {exchanges[0]}.")
    if addresses:
        words = f"MX: {domain} does not say who takes its mail. Add an MX record, so that answers arrive."
        return Finding(Grade.DOUBTFUL, words)
    words = (
        f"MX: nobody takes mail for {domain}, so what comes back is lost, and many servers take none from it."
    )
    return Finding(Grade.BAD, words)


def above(domain: str) -> list[str]:
    """The domain and those above it, down to two labels: where a DMARC policy may stand."""
    labels = domain.split(".")
    return [".".join(labels[start:]) for start in range(max(len(labels) - 1, 1))]
