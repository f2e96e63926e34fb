"""What belongs together: which rooms have pages, who may ask, and when this happens, call these.

Every side effect of the program stands in `handlers`.
"""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from board import text
from board.accounts import deeds, invitations, own_factors, requirement, second_step  # noqa: F401  # their routes and tables join
from board.accounts.presence import load_actor
from board.accounts.views import bp as accounts_bp
from board.authoring import (  # noqa: F401  # their routes join those of moves and of prompts
    merges,
    move_rules,
    post_prompts,
    writing,
)
from board.authoring.moves import bp as moves_bp
from board.authoring.posts import bp as posts_bp
from board.authoring.prompts_found import bp as prompts_bp
from board.authoring.rules import go_on_with_rules
from board.authoring.site_settings import bp as sites_bp
from board.authoring.start import bp as start_bp
from board.comments.events import (
    CommentEdited,
    CommentHighlighted,
    CommentReturned,
    CommentsPublished,
    CommentSubmitted,
    CommentWithdrawn,
)
from board.comments.views import bp as comments_bp
from board.conversation import feeds  # noqa: F401  # its routes join the conversation's
from board.conversation.views import bp as conversation_bp
from board.embed import first_comment  # noqa: F401  # its routes join the frame's
from board.embed.views import bp as embed_bp
from board.foundation import ratelimits
from board.foundation.events import Events
from board.inbound import reading, receiving, refusing
from board.inbound.views import bp as inbound_bp
from board.mail import retention, suppression
from board.mail.duties import Chore, Duties, install
from board.mail.views import bp as mail_bp
from board.moderation import (
    act_views,  # noqa: F401  # its routes join those of the queue, as do the next two's
    akismet,
    akismet_keys,
    answering,
    bulk_views,  # noqa: F401
    desk_failures,
    desk_mail,
    desk_reports,
    desk_summary,
    log_views,  # noqa: F401
    mail_links,
    spam_checks,
    spam_checks_asking,
    spam_checks_rows,
    thread_views,  # noqa: F401
)
from board.moderation.desk_mail_views import bp as desk_mail_bp
from board.moderation.desk_mail_views import links_bp as mail_links_bp
from board.moderation.events import CommentsJudged
from board.moderation.figures_views import bp as figures_bp
from board.moderation.report_views import bp as reports_bp
from board.moderation.views import bp as moderation_bp
from board.people import accepting, inviting  # noqa: F401  # its routes join those of people
from board.people.views import bp as people_bp
from board.private import erasing_views, links  # noqa: F401  # their routes join those of the private page
from board.private.asking import bp as private_bp
from board.private.following import bp as following_bp
from board.samples.views import bp as samples_bp
from board.screening import (
    comment_views,  # noqa: F401  # their routes join those of the page of blocks
    trial_views,  # noqa: F401
)
from board.screening.views import bp as screening_bp
from board.sources import means, models, polling, waiting  # noqa: F401  # its tables join the others
from board.subscriptions import confirming, consent, forgetting, gathering, letters, news, spreading
from board.subscriptions.views import bp as subscriptions_bp
from board.subscriptions.why_views import bp as audience_bp
from board.threads import closing
from board.threads.events import ThreadOpened


def wire(app: Flask) -> None:
    rooms = (
        accounts_bp,
        comments_bp,
        reports_bp,
        screening_bp,
        moderation_bp,
        figures_bp,
        desk_mail_bp,
        mail_links_bp,
        people_bp,
        mail_bp,
        inbound_bp,
        samples_bp,
        prompts_bp,
        posts_bp,
        moves_bp,
        sites_bp,
        start_bp,
        subscriptions_bp,
        audience_bp,
        following_bp,
        private_bp,
        conversation_bp,
        embed_bp,
    )
    for blueprint in rooms:
        app.register_blueprint(blueprint)
    app.jinja_env.filters.update(comment_html=text.safe, comment_excerpt=text.excerpt)

    app.extensions["board_actor"] = load_actor
    requirement.install(app)

    events = Events()
    handlers(events)
    app.extensions["board_events"] = events
    install(app, Duties(CHECKS, CHORES, JOINT_CHECKS, PREPARATIONS))
    means.install(app, means.web_of(app.config["BOARD"]))
    akismet.install(app, akismet.akismet_of(app.config["BOARD"]))


def handlers(events: Events) -> None:
    """When this happens, call these: in this order, in the same transaction."""
    events.on(CommentSubmitted, consent.on_submitted, spam_checks.on_submitted)
    events.on(CommentEdited, spam_checks.on_edited)
    events.on(CommentsJudged, spam_checks.on_judged, news.on_judged)
    events.on(CommentsPublished, news.on_published)
    events.on(CommentWithdrawn, answering.on_withdrawn)
    events.on(CommentReturned, news.on_returned)
    events.on(CommentHighlighted, news.on_highlighted)
    events.on(ThreadOpened, news.on_opened)


CHECKS = {  # is this mail still wanted?
    confirming.KIND: confirming.is_wanted,
    links.KIND: links.is_wanted,
    refusing.KIND: refusing.is_wanted,
    inviting.KIND: inviting.is_wanted,
    desk_mail.KIND: desk_mail.is_wanted,
    desk_reports.KIND: desk_reports.is_wanted,
    desk_failures.KIND: desk_failures.is_wanted,
    desk_summary.KIND: desk_summary.is_wanted,
}
JOINT_CHECKS = dict.fromkeys(letters.KINDS, gathering.reasons_against)
PREPARATIONS = (
    spreading.spread_news,
    gathering.gather_mail,
)  # from news to mail, before each round of sending
CHORES = (  # what the worker does besides sending mail
    Chore("forget unconfirmed addresses", timedelta(hours=1), consent.forget_unconfirmed),
    Chore("forget what was told long ago", timedelta(hours=6), forgetting.forget_old),
    Chore("forget old invitations", timedelta(hours=1), invitations.forget_old),
    Chore("read the mailbox", timedelta(minutes=1), reading.read_mailbox),
    Chore("forget mail that was read", timedelta(hours=1), receiving.forget_old),
    Chore("forget old mail", timedelta(hours=1), retention.forget_old),
    Chore("forget mail that came back", timedelta(hours=1), suppression.forget_soft),
    Chore("sweep rate limits", timedelta(hours=1), ratelimits.sweep),
    Chore("tell moderators what waits", timedelta(seconds=30), desk_mail.tell_staff),
    Chore("tell owners of mail that failed", timedelta(minutes=1), desk_failures.tell_of_failures),
    Chore("tell staff of the week", timedelta(minutes=10), desk_summary.tell_of_the_week),
    Chore("forget used links", timedelta(hours=1), mail_links.forget_used),
    Chore("ask Akismet", timedelta(seconds=5), spam_checks_asking.ask_akismet),
    Chore("try keys to Akismet", timedelta(seconds=30), akismet_keys.try_keys),
    Chore("forget what Akismet said", timedelta(hours=1), spam_checks_rows.forget),
    Chore("read feeds", timedelta(seconds=5), polling.read_feeds),
    Chore("read pages", timedelta(seconds=5), polling.read_pages),
    Chore("go on with rules for addresses", timedelta(seconds=2), go_on_with_rules),
    Chore("forget what was read", timedelta(hours=1), waiting.forget),
    Chore("close discussions that are over", timedelta(minutes=10), closing.close_over),
)
