"""What belongs together: which rooms have pages, who may ask, and when this happens, call these.

Every side effect of the program stands in `handlers`.
"""

from __future__ import annotations

from flask import Flask

from board import text
from board.accounts import own_account  # noqa: F401  # its routes join those of signing in
from board.accounts.presence import load_actor
from board.accounts.views import bp as accounts_bp
from board.comments.views import bp as comments_bp
from board.conversation import feeds  # noqa: F401  # its routes join the conversation's
from board.conversation.views import bp as conversation_bp
from board.embed.views import bp as embed_bp
from board.foundation.events import Events
from board.moderation.views import bp as moderation_bp


def wire(app: Flask) -> None:
    for blueprint in (accounts_bp, comments_bp, moderation_bp, conversation_bp, embed_bp):
        app.register_blueprint(blueprint)
    app.jinja_env.filters.update(comment_html=text.safe, comment_excerpt=text.excerpt)

    app.extensions["board_actor"] = load_actor

    events = Events()
    handlers(events)
    app.extensions["board_events"] = events


def handlers(events: Events) -> None:
    """When this happens, call these: in this order, in the same transaction."""
