"""Every word of the author's pages can be translated."""

from __future__ import annotations

from sqlalchemy.orm import Session

from board.authoring.site_wording import LANGUAGES
from board.authoring.wording import SIGNS
from board.foundation import clock
from board.sources.following import follow
from tests.moderation.desk import signed_in
from tests.support.makers import Makers
from tests.test_translation import speaking, untranslated  # noqa: F401  # a fixture

OWN_WORDS = {
    "Blog",
    "Reflection Board",
    "On listening",
    "What would you keep? Question",
    "What is your reaction?",
    "https://blog.test/feed",
    "https://www.blog.example",
    "https://",
    *LANGUAGES.values(),
}


def test_every_word_of_the_authors_pages_is_translatable(
    speaking,  # noqa: F811
    session: Session,
    makers: Makers,
) -> None:
    client = signed_in(speaking("de"), makers.account())
    site, _ = makers.site(name="Blog", slug="blog"), makers.site(name="Blog")
    post = makers.post(site, published_at=clock.now())
    thread, _ = makers.thread(post=post), makers.thread(post=post, stands_in=True, status="closed")
    makers.comment(thread)
    for state in ("waiting", "accepted", "dismissed", "gone"):
        makers.draft(post, state=state, signs=[*SIGNS, "moon_phase"], decided_at=clock.now())
        draft = makers.draft(post, state=state, thread_id=thread.id, decided_at=clock.now())
    follow(site, "https://blog.test/feed", clock.now())
    session.commit()
    paths = [
        "/desk/prompts",
        "/desk/prompts?view=opened",
        "/desk/prompts?view=dismissed",
        "/desk/prompts/add",
        f"/desk/prompts/post/{post.id}",
        "/desk/sites",
        "/desk/sites/blog",
        f"/desk/prompts/{draft.id - 7}/edit",
    ]
    left = {path: untranslated(client.get(path).get_data(as_text=True), OWN_WORDS) for path in paths}
    assert {path: words for path, words in left.items() if words} == {}
