"""Mail that no person wrote: holiday notices, lists, and our own coming back. Never answered, never taken.

RFC 3834 asks for the first of these signs; the others are what programs really send. Pure.
"""

from __future__ import annotations

import re
from email.message import Message

from board.inbound import dsn
from board.inbound.opening import addresses, header

PRECEDENCES = frozenset({"bulk", "list", "junk", "auto_reply"})
SUPPRESSED = re.compile(r"\b(?:all|oof|autoreply)\b", re.IGNORECASE)
SURE = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply-From", "X-Vacation", "List-Id")
MACHINES = re.compile(
    r"^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)(?:[+@-])", re.IGNORECASE
)
AWAY = re.compile(
    r"out of (?:the )?office|auto(?:matic|mated)?[ -]?(?:reply|response)|on (?:vacation|holiday|leave)"
    r"|abwesen|automatische antwort|nicht im b.ro|absen[ct]|r.ponse automatique"
    r"|ausente|fuera de (?:la )?oficina"
    r"|respuesta autom|resposta autom|risposta automatica|fuori (?:sede|ufficio)|afwezig|automatisch antwoord"
    r"|不在|自動(?:返信|応答)",
    re.IGNORECASE,
)
WEAK = re.compile(r"^(?:x-auto|x-ooo|x-ms-exchange-inbox-rules-loop|x-mailer-auto|auto-)", re.IGNORECASE)
OUR_ID = r"<(?:c\d+\.\d+\.[0-9a-f]{8}|[a-z_]+\.[0-9a-f]{24})@{domain}>"


def is_automatic(message: Message, *, ours: frozenset[str], domain: str) -> bool:
    """ours: the addresses that the board sends from and reads. domain: of our own Message-IDs."""
    return (
        _says_so(message)
        or dsn.is_report(message)
        or _is_from_a_machine(message)
        or _is_our_own(message, ours, domain)
        or _is_away(message)
    )


def _says_so(message: Message) -> bool:
    submitted = header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    return (
        submitted not in {"", "no"}
        or header(message, "Precedence").strip().lower() in PRECEDENCES
        or bool(SUPPRESSED.search(header(message, "X-Auto-Response-Suppress")))
        or any(name in message for name in SURE)
    )


def _is_from_a_machine(message: Message) -> bool:
    no_way_back = "Return-Path" in message and header(message, "Return-Path").strip() in {"<>", ""}
    return no_way_back or any(MACHINES.search(address) for address in addresses(message, "From"))


def _is_our_own(message: Message, ours: frozenset[str], domain: str) -> bool:
    senders = {_without_tag(address) for address in addresses(message, "From", "Sender", "Return-Path")}
    own_id = re.compile(OUR_ID.replace("{domain}", re.escape(domain)), re.IGNORECASE)
    return bool(senders & {one.lower() for one in ours}) or bool(
        own_id.fullmatch(header(message, "Message-ID"))
    )


def _without_tag(address: str) -> str:
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _is_away(message: Message) -> bool:
    """Its subject says so, and something else hints at a program: people write about leave, too."""
    return bool(AWAY.search(header(message, "Subject"))) and any(WEAK.match(name) for name in message)
