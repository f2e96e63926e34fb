"""What a discussion's status is called, what one does to give it, and what is said then."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from board.threads.models import ThreadStatus

STATUS_LABELS = {
    ThreadStatus.OPEN: _l("open"),
    ThreadStatus.READ_ONLY: _l("read only"),
    ThreadStatus.CLOSED: _l("closed"),
    ThreadStatus.HIDDEN: _l("hidden"),
}
STATUS_ACTS = {
    ThreadStatus.OPEN: _l("Open again"),
    ThreadStatus.READ_ONLY: _l("Pause"),
    ThreadStatus.CLOSED: _l("Close"),
    ThreadStatus.HIDDEN: _l("Hide"),
}
STATUS_SET = {
    ThreadStatus.OPEN: _l("The discussion is open again."),
    ThreadStatus.READ_ONLY: _l(
        "The discussion is paused: it can be read, and takes comments again when you open it."
    ),
    ThreadStatus.CLOSED: _l("The discussion is closed: it can be read, but takes no new comments."),
    ThreadStatus.HIDDEN: _l("The discussion is hidden: nobody sees it, and nothing of it is lost."),
}
