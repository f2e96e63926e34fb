"""Asking the domain name system, as the mail servers of others do when mail of ours reaches them."""

from __future__ import annotations

from typing import Any, Protocol

import dns.exception
import dns.resolver

ANSWER_SECONDS = 8.0  # for one question, with all its repetitions


class NoAnswer(Exception):
    """The name servers could not be asked: that says nothing about what they hold."""


class Names(Protocol):
    """What names lead to; [] where there is nothing. Raises NoAnswer."""

    def texts(self, name: str) -> list[str]:
        """Each TXT record as one piece."""

    def exchanges(self, name: str) -> list[str]:
        """Who takes mail for that name, the first choice first; "" is how a name says that nobody does."""

    def addresses(self, name: str) -> list[str]:
        """IPv4 and IPv6."""


class NameServers:
    """Those of this machine; or the one at `server`, an IP address, with its port."""

    def __init__(self, server: tuple[str, int] | None = None) -> None:
        self._resolver = dns.resolver.Resolver(configure=server is None)
        self._resolver.lifetime = ANSWER_SECONDS
        if server is not None:
            self._resolver.nameservers, self._resolver.port = [server[0]], server[1]

    def texts(self, name: str) -> list[str]:
        found = self._asked(name, "TXT")
        return [b"".join(record.strings).decode("utf-8", "replace") for record in found]

    def exchanges(self, name: str) -> list[str]:
        found = sorted(self._asked(name, "MX"), key=lambda record: int(record.preference))
        return [record.exchange.to_text(omit_final_dot=True).strip(".") for record in found]

    def addresses(self, name: str) -> list[str]:
        return [record.address for kind in ("A", "AAAA") for record in self._asked(name, kind)]

    def _asked(self, name: str, kind: str) -> list[Any]:
        try:
            return list(self._resolver.resolve(name, kind, search=False))
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError) as trouble:
            raise NoAnswer(f"{name} ({kind}): {type(trouble).__name__}") from trouble
