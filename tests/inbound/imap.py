"""A small IMAP4rev1 server over TLS on 127.0.0.1: one user, one folder, and the commands that the board uses.

Source: RFC 3501. It answers what it does not know with BAD, as a real one does.
"""

from __future__ import annotations

import re
import socketserver
import ssl
import threading
from dataclasses import dataclass, field
from pathlib import Path

CERTIFICATES = Path(__file__).resolve().parents[1] / "mail"
USER, PASSWORD = "board@mail.example", 'long "and" secret'


@dataclass
class Kept:
    """A mail in the mailbox. flags as the server would tell them."""

    raw: bytes
    flags: set[str] = field(default_factory=set)


class ImapServer(socketserver.ThreadingTCPServer):
    """`mails` by their UID. `hang_up_before` cuts the line when that command comes, once."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.mails: dict[int, Kept] = {}
        self.said: list[str] = []
        self.hang_up_before = ""
        self._context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._context.load_cert_chain(CERTIFICATES / "localhost.pem", CERTIFICATES / "localhost-key.pem")

    def put(self, *mails: bytes) -> None:
        for raw in mails:
            self.mails[len(self.mails) + 1] = Kept(raw)

    def seen(self) -> list[bool]:
        return [r"\Seen" in mail.flags for mail in self.mails.values()]

    @property
    def environ(self) -> dict[str, str]:
        return {
            "BOARD_MAIL_INBOX": f"imaps://board%40mail.example@localhost:{self.server_address[1]}/INBOX",
            "BOARD_MAIL_INBOX_PASSWORD": PASSWORD,
        }

    def get_request(self):
        line, address = super().get_request()
        return self._context.wrap_socket(line, server_side=True), address

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that mistrusts the certificate hangs up: that is what a test wants to see."""

    def start(self) -> None:
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        self.shutdown()
        self.server_close()


class Conversation(socketserver.StreamRequestHandler):
    server: ImapServer

    def handle(self) -> None:
        self._say("* OK ready")
        while line := self.rfile.readline().decode().rstrip("\r\n"):
            tag, _, rest = line.partition(" ")
            name = " ".join(rest.split()[: 2 if rest.upper().startswith("UID") else 1]).upper()
            self.server.said.append(name)
            if self.server.hang_up_before == name:
                self.server.hang_up_before = ""
                return
            self._say(f"{tag} {self._answer(name, rest)}")
            if name == "LOGOUT":
                return

    def _answer(self, name: str, rest: str) -> str:
        if name == "CAPABILITY":
            self._say("* CAPABILITY IMAP4rev1")
        elif name == "LOGIN":
            escaped = PASSWORD.replace('"', r"\"")
            if rest != f'LOGIN {USER} "{escaped}"':
                return "NO [AUTHENTICATIONFAILED] no"
        elif name == "SELECT":
            if rest != 'SELECT "INBOX"':
                return "NO no such folder"
            self._say(f"* {len(self.server.mails)} EXISTS")
        elif name == "UID SEARCH":
            unseen = [str(uid) for uid, mail in self.server.mails.items() if r"\Seen" not in mail.flags]
            self._say(f"* SEARCH {' '.join(unseen)}".rstrip())
        elif name == "UID FETCH":
            return self._fetched(rest)
        elif name == "UID STORE":
            uid = int(rest.split()[2])
            self.server.mails[uid].flags |= set(re.findall(r"\\\w+", rest))
        elif name == "LOGOUT":
            self._say("* BYE")
        else:
            return "BAD unknown"
        return "OK done"

    def _fetched(self, rest: str) -> str:
        found = re.fullmatch(r"UID FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", rest)
        if found is None:
            return "BAD what?"
        raw = self.server.mails[int(found[1])].raw[: int(found[2])]
        self.wfile.write(f"* 1 FETCH (UID {found[1]} BODY[]<0> {{{len(raw)}}}\r\n".encode() + raw + b")\r\n")
        return "OK done"

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())
