"""A small name server on 127.0.0.1 with names of one's own."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

Zone = Mapping[str, Mapping[str, list[str]]]  # by name and type: {"blog.org": {"TXT": ['"v=spf1 -all"']}}
STOP = b""


@contextmanager
def name_server(zone: Zone, *, is_silent: bool = False) -> Iterator[str]:
    """Its address, as in 127.0.0.1:5300. Names that it does not have do not exist."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    listening.bind(("127.0.0.1", 0))
    server = threading.Thread(target=_serve, args=(listening, zone, is_silent))
    server.start()
    host, port = listening.getsockname()
    try:
        yield f"{host}:{port}"
    finally:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(STOP, (host, port))
        server.join()
        listening.close()


def _serve(listening: socket.socket, zone: Zone, is_silent: bool) -> None:
    while True:
        asked, client = listening.recvfrom(4096)
        if asked == STOP:
            return
        if not is_silent:
            listening.sendto(_answer(dns.message.from_wire(asked), zone).to_wire(max_size=65535), client)


def _answer(asked: dns.message.Message, zone: Zone) -> dns.message.Message:
    [question] = asked.question
    answer = dns.message.make_response(asked)
    answer.flags |= dns.flags.RA
    known = zone.get(question.name.to_text(omit_final_dot=True).lower())
    if known is None:
        answer.set_rcode(dns.rcode.NXDOMAIN)
    for record in (known or {}).get(dns.rdatatype.to_text(question.rdtype), []):
        answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", question.rdtype, record))
    return answer
