"""Whether the server that received a mail says that it is not from whom it claims (RFC 8601). Pure."""

from __future__ import annotations

import re
from email.message import Message

from board.inbound.opening import headers

RESULT = re.compile(r"\b(dmarc|spf|dkim)\s*=\s*([a-z]+)", re.IGNORECASE)
COMMENT = re.compile(r"\([^()]*\)")
FAILS = frozenset({"fail", "softfail", "permerror", "policy"})


def is_doubtful(message: Message) -> bool:
    """Only the topmost server's word counts: it stands above whatever the sender put in. No word, no doubt.

    DMARC decides. Without it, a mail that passes neither by its signature nor by its way is doubtful.
    """
    said = _results(message)
    if "fail" in said["dmarc"]:
        return True
    if "pass" in said["dmarc"] | said["dkim"]:
        return False
    return bool(FAILS & (said["spf"] | said["dkim"])) and "pass" not in said["spf"]


def _results(message: Message) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {"dmarc": set(), "spf": set(), "dkim": set()}
    topmost = ""
    for value in headers(message, "Authentication-Results"):
        words = COMMENT.sub(" ", value)
        server = words.partition(";")[0].strip().lower()
        topmost = topmost or server
        if server != topmost:
            break
        for method, result in RESULT.findall(words):
            found[method.lower()].add(result.lower())
    return found
