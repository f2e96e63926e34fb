"""What a moderator writes from the desk: a note to a writer, a reply, other words for a comment."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired, ValidationError

from board import text
from board.comments.drafting import Draft
from board.comments.forms import REFUSALS
from board.comments.revising import MAX_NOTE_CHARS
from board.moderation.doing import Said
from board.moderation.reading import Marks, marks_from


class StaffForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """`read`: what the comment was when the page was made (reading.as_sent)."""

    read = HiddenField()

    def what_was_read(self) -> Marks:
        return marks_from([self.read.data or ""])


class NoteForm(StaffForm):
    """A word to the writer of a comment that is returned to them."""

    source = TextAreaField(
        _l("Your note to the writer"),
        [InputRequired(_l("Please say in a word what should be different."))],
        render_kw={"rows": 4, "dir": "auto", "maxlength": MAX_NOTE_CHARS},
    )

    def validate_source(self, field: TextAreaField) -> None:
        try:
            self.note = text.normalise(field.data or "").strip()
        except text.TextRefused as refusal:
            raise ValidationError(REFUSALS.get(refusal.code, REFUSALS["empty"])) from None
        if len(self.note) > MAX_NOTE_CHARS:
            raise ValidationError(
                ngettext(
                    "At most %(num)d character, please.",
                    "At most %(num)d characters, please.",
                    MAX_NOTE_CHARS,
                )
            )

    def said(self) -> Said:
        """Only after the form was found valid."""
        return Said(self.note)


def text_field(label: str) -> TextAreaField:
    return TextAreaField(
        label,
        [InputRequired(REFUSALS["empty"])],
        render_kw={"rows": 6, "dir": "auto", "maxlength": text.MAX_SOURCE_CHARS},
    )


class TextForm(StaffForm):
    """Other words for a comment, rendered before the database is asked for anything."""

    source = text_field(_l("Text"))

    def validate_source(self, field: TextAreaField) -> None:
        try:
            self.rendered = text.render(field.data or "")
        except text.TextRefused as refusal:
            raise ValidationError(REFUSALS.get(refusal.code, REFUSALS["empty"])) from None
        if not text.plain(self.rendered.html).strip():
            raise ValidationError(REFUSALS["empty"])

    def said(self) -> Said:
        """Only after the form was found valid."""
        return Said(text.normalise(self.source.data or ""), self.rendered)


class ReplyForm(TextForm):
    """An answer, as readers write theirs."""

    source = text_field(_l("Your reply"))

    def draft(self, name: str) -> Draft:
        """What was written, as a comment by `name`. Only after the form was found valid."""
        said = self.said()
        return Draft(name=name, source=said.source, rendered=self.rendered)
