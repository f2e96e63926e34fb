"""The shape of what the desk's pages send."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Generic, Never, TypeVar

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, StringField
from wtforms.validators import Regexp

from board.comments.models import Status
from board.comments.searching import MAX_QUERY_CHARS
from board.comments.tree import Order
from board.foundation.errors import BoardError
from board.foundation.forms import without_nul
from board.moderation.acts import SHOWN_IN, WITH_WORDS, Act, View
from board.moderation.reading import Marks, marks_from
from board.moderation.selection import Selection, usual_order
from board.threads.models import ThreadStatus

NUMBER = re.compile(r"[0-9]{1,18}")
ONE = re.compile(r"(?P<act>[a-z_]{1,20}):(?P<id>[0-9]{1,18})")
CODE = re.compile(r"[a-z_]{1,40}")
BATCH = r"\A[0-9a-f]{32}\Z"
MOST_AT_ONCE = 100  # a page has 30; locks on more would keep readers' submissions waiting
LARGEST_KEY = 2**31 - 1
MAX_NAME_CHARS = 80
ActT = TypeVar("ActT", bound=StrEnum)


class WishUnclear(BoardError):
    """The form says something that no page of ours sends."""

    words = _l("It was not clear what was meant. Nothing was changed; please go back and try again.")


@dataclass(frozen=True)
class Wish(Generic[ActT]):
    """What is to be done with which rows. `is_single`: a row's own button was pressed."""

    act: ActT
    ids: tuple[int, ...]
    is_single: bool


class DecisionForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """The one form around a list: a button of one row, or a button for all ticked ones."""

    one = StringField()
    bulk = StringField()
    selected = SelectMultipleField(validate_choice=False)
    read = SelectMultipleField(validate_choice=False)

    def what_was_read(self) -> Marks:
        """What each row of the page was when the page was made."""
        return marks_from(self.read.data or [])

    def wish(self, acts: type[ActT]) -> Wish[ActT]:
        """Which of `acts` the pressed button asks for, and on what. Raises WishUnclear."""
        if self.one.data and not self.bulk.data:
            match = ONE.fullmatch(self.one.data)
            if match is None:
                raise WishUnclear
            return Wish(_act(acts, match["act"]), (int(match["id"]),), True)
        ticked = self.selected.data or []
        if self.one.data or len(ticked) > MOST_AT_ONCE or not all(NUMBER.fullmatch(raw) for raw in ticked):
            raise WishUnclear
        return Wish(_act(acts, self.bulk.data or ""), tuple({int(raw) for raw in ticked}), False)


class StatusForm(FlaskForm):  # type: ignore[misc]
    """Which thread is to be opened, closed or hidden."""

    set = StringField()

    def wish(self) -> tuple[ThreadStatus, int]:
        """Raises WishUnclear."""
        match = ONE.fullmatch(self.set.data or "")
        if match is None or match["act"] not in set(ThreadStatus):
            raise WishUnclear
        return ThreadStatus(match["act"]), int(match["id"])


class UndoForm(FlaskForm):  # type: ignore[misc]
    """Which decisions to take back."""

    batch = StringField(validators=[Regexp(BATCH)])


class AllForm(FlaskForm):  # type: ignore[misc]
    """What to do with all that match, of those that were there when the page was made."""

    act = StringField()
    until = StringField()

    def wish(self) -> tuple[Act, datetime]:
        """Raises WishUnclear."""
        raw = self.act.data or ""
        if raw not in set(Act) or Act(raw) in WITH_WORDS:
            raise WishUnclear
        return Act(raw), moment_from(self.until.data)


def selection_from(args: Mapping[str, str]) -> Selection:
    """The part of the desk that an address names; nonsense counts as nothing."""
    raw_view, raw_order, raw_status = args.get("view"), args.get("order"), args.get("status")
    view = View(raw_view) if raw_view in set(View) else View.PENDING
    order = Order(raw_order) if raw_order in set(Order) else usual_order(view)
    return Selection(
        view,
        order,
        site_id=number_from(args.get("site")),
        thread_id=number_from(args.get("thread")),
        status=Status(raw_status) if raw_status in SHOWN_IN[view] else None,
        reason=_code_from(args.get("reason")),
        reader_id=number_from(args.get("reader")),
        name=_words_from(args.get("name"), MAX_NAME_CHARS),
        near_id=number_from(args.get("near")),
        words=_words_from(args.get("q"), MAX_QUERY_CHARS),
        from_id=number_from(args.get("from")),
    )


def _code_from(raw: str | None) -> str | None:
    return raw if raw and CODE.fullmatch(raw) else None


def _words_from(raw: str | None, limit: int) -> str | None:
    return (without_nul(raw) or "").strip()[:limit] or None


def moment_from(raw: str | None) -> datetime:
    """A moment as a page of ours wrote it. Raises WishUnclear."""
    try:
        moment = datetime.fromisoformat(raw or "")
        return moment.astimezone(UTC) if moment.tzinfo else _refuse()
    except (ValueError, OverflowError):
        return _refuse()


def _refuse() -> Never:
    raise WishUnclear


def number_from(raw: str | None) -> int | None:
    """A number that a key can be, or None."""
    if raw is None or NUMBER.fullmatch(raw) is None:
        return None
    return int(raw) if 0 < int(raw) <= LARGEST_KEY else None


def _act(acts: type[ActT], raw: str) -> ActT:
    if raw not in set(acts):
        raise WishUnclear
    return acts(raw)
