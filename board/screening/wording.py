"""The words of the pages about blocks and trust."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from board.comments.models import Block, BlockKind, BlockVerdict

KIND_LABELS = {
    BlockKind.WORD: _l("Word or phrase"),
    BlockKind.HOST: _l("Host"),
    BlockKind.ADDRESS: _l("Email address"),
    BlockKind.NETWORK: _l("Network"),
}
VERDICT_LABELS = {
    BlockVerdict.HOLD: _l("Hold it for a moderator"),
    BlockVerdict.SPAM: _l("Treat it as spam"),
    BlockVerdict.REFUSE: _l("Refuse it and say so"),
}
REFUSALS = {
    BlockKind.WORD: _l("A word or a few of them, with at least one letter or digit."),
    BlockKind.HOST: _l("Write the host as in shop.example."),
    BlockKind.ADDRESS: _l("Write the address as in name@mail.example."),
    BlockKind.NETWORK: _l("A network is blocked from one of its comments."),
}


def block_in_words(block: Block) -> str:
    """What it is about. Of a network nothing is kept that could be read."""
    return _("a network") if block.kind == BlockKind.NETWORK else block.value
