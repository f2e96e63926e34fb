"""Names that read as somebody else's: a staff member's, the site's, or that of an office here. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from board.comments.letters import CONFUSABLE, LIKE_LETTERS, fold, tokens

# What somebody is called who decides here, in the languages whose prompts are understood.
OFFICES = [
    *("admin", "administrator", "administrateur", "administrador", "amministratore", "beheerder"),
    *("moderator", "moderateur", "moderador", "moderatore", "moderatorin", "moderation", "mod", "mods"),
    *("staff", "team", "support", "official", "sysadmin", "webmaster", "equipe", "equipo"),
    *("owner", "editor", "author", "autor", "autorin", "auteur", "autore", "redakteur", "eigenaar"),
    *("redaktion", "redactie", "redaccion", "redaction", "redazione"),
    *("администратор", "админ", "модератор", "редакция", "автор"),
    *("管理人", "管理員", "管理者", "管理员", "版主", "編集部", "スタッフ", "モデレーター"),
]
AROUND = "!|.,;:-_*~ "
DRAWN_ALIKE = str.maketrans({**LIKE_LETTERS, **dict.fromkeys("ij1!|", "l")})  # i as well: I passes for l
DRAWN_TOGETHER = (("rn", "m"), ("vv", "w"))

Shape = tuple[str, ...]


def imitated(name: str, protected: Iterable[str]) -> str:
    """Whom `name` passes for: one of the `protected` names, or an office; empty when nobody.

    A protected name of one word is met by the whole name alone, for many people are called Ada; one of
    several words, and an office, also among other words: "Ada Lovelace (real)", "the Moderator".
    """
    shape = shape_of(name)
    for other in protected:
        theirs = shape_of(other)
        if theirs and (_whole(shape) == _whole(theirs) or (len(theirs) > 1 and _holds(shape, theirs))):
            return other
    return next((office for office, theirs in OFFICE_SHAPES if _passes_for(shape, theirs)), "")


def shape_of(name: str) -> Shape:
    """The words of a name with letters that look alike made one. Only ever compared with another's."""
    drawn = fold(name.strip(AROUND)).translate(CONFUSABLE).translate(DRAWN_ALIKE)
    for apart, together in DRAWN_TOGETHER:
        drawn = drawn.replace(apart, together)
    return tuple(tokens(drawn))


def _passes_for(shape: Shape, office: Shape) -> bool:
    return _holds(shape, office) or _whole(shape) == _whole(office)


def _whole(shape: Sequence[str]) -> str:
    """Without spaces, which a name can be written with between all letters."""
    return "".join(shape)


def _holds(shape: Shape, other: Shape) -> bool:
    return any(shape[start : start + len(other)] == other for start in range(len(shape) - len(other) + 1))


OFFICE_SHAPES = tuple((office, shape_of(office)) for office in OFFICES)
