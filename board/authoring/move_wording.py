"""What the pages of moves say: each act in a sentence, what came of it, and what could not be undone."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from board.authoring.models import ChangeKind, Move, Remapping
from board.authoring.post_queries import Progress
from board.authoring.undoing import Kept, Undone

SENTENCES = {
    Move.NAME: _l("%(who)s gave the post “%(post)s” another address: %(address)s"),
    Move.UNNAME: _l("%(who)s took an address from the post “%(post)s”: %(address)s"),
    Move.MOVE_THREAD: _l("%(who)s moved the discussion “%(source)s” from “%(former)s” to “%(target)s”."),
    Move.MERGE_THREADS: _l("%(who)s merged the discussion “%(source)s” into “%(target)s”."),
    Move.MERGE_POSTS: _l("%(who)s merged the post “%(source)s” into “%(target)s”."),
    Move.RULE: _l("%(who)s moved all posts below %(old)s to %(new)s"),
}
STOOD = _l("%(who)s moved the post “%(post)s” to %(address)s")
REFUSALS = {  # see prefixes.RuleRefused
    "address": _l("This is no address such as https://blog.example/journal"),
    "query": _l("Please leave out what follows a ? or #."),
    "long": _l("This address is too long."),
    "same": _l("Both addresses are the same."),
}


def move_in_words(move: Remapping) -> str:
    """One sentence for the log."""
    stood = move.move == Move.NAME and move.details.get("stands")
    sentence = STOOD if stood else SENTENCES[Move(move.move)]
    return str(sentence) % {**move.details, "who": move.actor_name}


def numbers_in_words(move: Remapping) -> list[str]:
    """What came of it, each with its number."""
    numbers = {name: value for name, value in move.details.items() if isinstance(value, int) and value}
    words = []
    if moved := numbers.get("moved"):
        words.append(ngettext("%(num)d post moved", "%(num)d posts moved", moved))
    if merged := numbers.get("merged"):
        words.append(
            ngettext("%(num)d merged into the post there", "%(num)d merged into the posts there", merged)
        )
    if left := numbers.get("left"):
        words.append(ngettext("%(num)d left where it is", "%(num)d left where they are", left))
    if move.move in {Move.MERGE_POSTS, Move.RULE}:
        words += _of_merged_posts(numbers)
    if comments := numbers.get("comments"):
        words.append(ngettext("%(num)d comment", "%(num)d comments", comments))
    return words


def state_in_words(move: Remapping, progress: Progress) -> str:
    """How far it is, or is undone; empty when it is done and stands."""
    if move.goes_on_after is not None:
        return str(_("not finished yet"))
    if progress.undone and progress.undone < progress.changes:
        return str(_("partly undone"))
    return str(_("undone")) if progress.undone else ""


def undone_in_words(undone: Undone) -> list[str]:
    """Sentences for the notice after an undo."""
    if not undone.returned and not undone.kept:
        return [_("That was undone before.")]
    said = [_("Undone: everything is back where it was.")]
    if undone.kept:
        said = [_("Undone, as far as it was still where it had been put.")]
    return said + kept_in_words(undone)


def kept_in_words(undone: Undone) -> list[str]:
    """What stays where it is, and what has to be undone before it."""
    return [_stays(kept) for kept in undone.kept]


def _of_merged_posts(numbers: dict[str, int]) -> list[str]:
    words = []
    if addresses := numbers.get("addresses"):
        words.append(ngettext("%(num)d address", "%(num)d addresses", addresses))
    if threads := numbers.get("threads"):
        words.append(ngettext("%(num)d discussion", "%(num)d discussions", threads))
    if joined := numbers.get("joined"):
        words.append(
            ngettext("%(num)d of them merged into another", "%(num)d of them merged into others", joined)
        )
    return words


def _stays(kept: Kept) -> str:
    sentence = _what_stays(kept)
    if kept.names:
        more = kept.count - len(kept.names)
        names = ", ".join(f"“{name}”" for name in kept.names) + (" …" if more > 0 else "")
        sentence = _("%(sentence)s %(names)s.", sentence=sentence, names=names)
    if kept.by is not None:
        sentence += " " + _("Move %(number)d took it on; undo that one first.", number=kept.by)
    return sentence


def _what_stays(kept: Kept) -> str:
    words: str
    match kept.kind:
        case ChangeKind.ROOT_MOVED:
            words = ngettext(
                "%(num)d comment, with its replies, was moved on since, and stays.",
                "%(num)d comments, with their replies, were moved on since, and stay.",
                kept.count,
            )
        case ChangeKind.THREAD_MOVED:
            words = ngettext(
                "%(num)d discussion was moved on since, and stays:",
                "%(num)d discussions were moved on since, and stay:",
                kept.count,
            )
        case ChangeKind.STANDS:
            words = ngettext(
                "%(num)d post stands elsewhere by now, and stays there:",
                "%(num)d posts stand elsewhere by now, and stay there:",
                kept.count,
            )
        case _:
            words = ngettext(
                "%(num)d address is needed where it is, and stays:",
                "%(num)d addresses are needed where they are, and stay:",
                kept.count,
            )
    return words
