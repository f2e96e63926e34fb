"""Which lines of a mail its writer wrote, and which they only quoted. Pure.

Mail programs mark quoted words in many ways. What is marked for sure is left out; where nothing marks the
quotation there is nothing to see, and `replies.py` has a last look for words that must not be published.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

MAX_ATTRIBUTION_LINES = 4  # "On Sunday, 1 March 2026 at 12:30, Ann via Blog <...> wrote:", wrapped
MAX_ATTRIBUTION_CHARS = 400
HEADER_LINES = 8  # in which the labels of a quoted mail's head stand together

ADDRESS = r"<?[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+>?"
WROTE = re.compile(  # with "Name wrote" before or after the date, as mail programs have it in each language
    r"^(?:"
    r"on\b.{4,}\bwr(?:ote|ites)|.{2,}<[^<>]+@[^<>]+> wrote"
    r"|am\b.{4,}\bschrieb\b.*|am\b.{4,}\bhat\b.{2,}\bgeschrieben|.{2,}\bschrieb am\b.{4,}"
    r"|le\b.{4,}\ba écrit"
    r"|el\b.{4,}\bescribió|.{2,}\bescribió el\b.{4,}"
    r"|(?:em|no dia|a|às)\b.{4,}\bescreveu|.{2,}\bescreveu (?:no dia|em|a)\b.{4,}"
    r"|il\b.{4,}\bha scritto|.{2,}\bha scritto il\b.{4,}"
    r"|op\b.{4,}\bschreef\b.*|op\b.{4,}\bheeft\b.{2,}\bgeschreven|.{2,}\bschreef op\b.{4,}"
    r"|\d{4}[年/-]\d{1,2}[月/-]\d{1,2}.*|.{2,}(?:のメール|さんは書きました|は書きました)"
    r")\s*[:：]$",
    re.IGNORECASE,
)
OPENING = re.compile(r"^(?:on|am|le|el|em|no dia|il|op)\b.*\d|^\d{4}[年/-]\d", re.IGNORECASE)
SOMEBODY_AT_SOME_TIME = re.compile(rf"(?=.*{ADDRESS})(?=.*\d).*[:：]$")  # in whatever language
SURELY_A_MAIL = re.compile(rf"{ADDRESS}|\d{{1,2}}[:.h時]\s?\d{{2}}")
FORWARDED = re.compile(
    r"^-{2,}\s*(?:original message|original appointment|forwarded message|ursprüngliche nachricht"
    r"|originalnachricht|weitergeleitete nachricht|message d'origine|message original|message transféré"
    r"|mensaje original|mensaje reenviado|mensagem original|mensagem encaminhada|messaggio originale"
    r"|messaggio inoltrato|oorspronkelijk bericht|origineel bericht|doorgestuurd bericht|元のメッセージ"
    r"|original-nachricht|reply message)\s*-{2,}$"
    r"|^(?:begin forwarded message|anfang der weitergeleiteten nachricht|début du message réexpédié"
    r"|inicio del mensaje reenviado|início da mensagem encaminhada|inizio messaggio inoltrato"
    r"|begin doorgestuurd bericht|転送されたメッセージ)\s*:?$",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"^\*?(?:(?P<sender>from|von|de|expéditeur|da|van|差出人|送信者)"
    r"|(?P<other>sent|date|to|cc|subject|gesendet|datum|an|betreff|envoyé|date d'envoi|à|objet"
    r"|enviado(?: el)?|fecha|para|asunto|enviada em|data|assunto|inviato|a|oggetto|verzonden|aan|onderwerp"
    r"|送信日時|日付|宛先|件名))"
    r"\s?[:：]\*?(?:\s|$)",
    re.IGNORECASE,
)
RULE = re.compile(r"^[_\-—–=*]{5,}$")
SIGNATURE = re.compile(r"^--\s?$")
FROM_A_DEVICE = re.compile(
    r"^(?:sent from (?:my|mail for|yahoo|outlook|samsung|proton)\b.*"
    r"|sent (?:via|with|using) .{2,40}|get outlook for .*"
    r"|von meinem .{2,40} gesendet|gesendet (?:von|mit|über) .{2,60}"
    r"|envoyé (?:de|depuis|à partir de) .{2,60}|télécharger outlook pour .*"
    r"|enviado (?:desde|do|a partir d[eo]|de) .{2,60}|obtener outlook para .*|obter o? ?outlook para .*"
    r"|inviato (?:da|dal) .{2,60}|scarica outlook per .*"
    r"|verstuurd vanaf .{2,60}|verzonden (?:vanaf|met|vanuit) .{2,60}|outlook voor .* downloaden"
    r"|.{2,30}から送信|.{2,40}を使用して送信)[.。]?$",
    re.IGNORECASE,
)


def own_lines(lines: Sequence[str]) -> list[str]:
    """The lines that are its writer's, above, below or between what they quote. lines: without line ends."""
    kept: list[str] = []
    place = 0
    while place < len(lines):
        line = lines[place].strip()
        if line.startswith((">", "＞")):
            place += 1
        elif length := _attribution(lines, place):
            place += length
            if not _is_quoted(lines, place):
                break  # what follows is the other mail, and nothing marks its end
        elif FORWARDED.match(line) or _is_head_of_a_mail(lines, place) or SIGNATURE.match(line):
            break
        else:
            kept.append(lines[place].rstrip())
            place += 1
    return _without_ends(kept)


def _attribution(lines: Sequence[str], place: int) -> int:
    """How many lines from `place` on say who wrote what follows; 0 where they do not."""
    words = ""
    for length, line in enumerate(lines[place : place + MAX_ATTRIBUTION_LINES], 1):
        if not line.strip():
            return 0
        words = f"{words} {line.strip()}".strip()
        if len(words) > MAX_ATTRIBUTION_CHARS:
            return 0
        if words.endswith((":", "：")):
            is_one = _begins(lines, place, length) and _is_attribution(words, lines, place + length)
            return length if is_one else 0
    return 0


def _begins(lines: Sequence[str], place: int, length: int) -> bool:
    """Whether it begins in that line and not further down: some programs leave no empty line before it."""
    first, *later = (line.strip() for line in lines[place : place + length])
    if not later or OPENING.match(first):
        return True
    return bool(re.search(r"\d|<", first)) and not any(OPENING.match(line) for line in later)


def _is_attribution(words: str, lines: Sequence[str], after: int) -> bool:
    """A person may write "On Monday Kant wrote:", too: then neither address, hour nor quotation is there."""
    if SOMEBODY_AT_SOME_TIME.match(words):
        return True
    return bool(WROTE.match(words)) and (bool(SURELY_A_MAIL.search(words)) or _is_quoted(lines, after))


def _is_quoted(lines: Sequence[str], place: int) -> bool:
    """Whether the next line with something in it is marked as quoted."""
    following = next((line.strip() for line in lines[place:] if line.strip()), "")
    return following.startswith((">", "＞"))


def _is_head_of_a_mail(lines: Sequence[str], place: int) -> bool:
    """From, Sent, To, Subject, as Outlook puts them above what it quotes; perhaps below a rule."""
    block = [line.strip() for line in lines[place : place + HEADER_LINES]]
    if block and RULE.match(block[0]):
        block = [line for line in block[1:] if line][:HEADER_LINES]
    first = LABEL.match(block[0]) if block else None
    if first is None or first["sender"] is None:
        return False
    return sum(1 for line in block[1:] if (label := LABEL.match(line)) and label["other"]) >= 2


def _without_ends(kept: list[str]) -> list[str]:
    """Without empty lines around, and without what a device says of itself below."""
    while kept and (
        not kept[-1].strip() or RULE.match(kept[-1].strip()) or FROM_A_DEVICE.match(kept[-1].strip())
    ):
        kept.pop()
    while kept and not kept[0].strip():
        kept.pop(0)
    return kept
