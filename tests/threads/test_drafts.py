"""What an author's yes and no do to threads, and that each can be taken back."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from board.comments.models import Comment, Status
from board.foundation import clock
from board.threads.drafts import (
    HasComments,
    SaidAnew,
    Words,
    accept,
    arrange,
    digest_of,
    dismiss,
    open_thread,
    take_back,
)
from board.threads.models import Draft, Post, Thread, ThreadStatus
from tests.support.makers import Makers, ago


def loaded(session: Session, draft: Draft) -> Draft:
    """The draft as the database has it, with its thread."""
    return session.scalars(select(Draft).where(Draft.id == draft.id).options(joinedload(Draft.thread))).one()


def threads_of(session: Session, post: Post) -> list[Thread]:
    query = select(Thread).where(Thread.post_id == post.id).order_by(Thread.position)
    return list(session.scalars(query))


def said(thread: Thread) -> tuple[str, str, str]:
    return thread.heading, thread.prompt, thread.kind


def yes(session: Session, draft: Draft, words: Words | None = None, **options: Any) -> Thread:
    thread = accept(loaded(session, draft), words, now=options.pop("now", None) or clock.now(), **options)
    session.commit()
    return thread


def back(session: Session, draft: Draft) -> None:
    take_back(loaded(session, draft), now=clock.now())
    session.commit()


def test_a_yes_opens_a_thread_with_the_words_of_the_post(session: Session, makers: Makers) -> None:
    account = makers.account()
    draft = makers.draft(heading="Your turn", prompt="What would you keep?", kind="question_call")
    thread = yes(session, draft, account_id=account.id)
    assert said(thread) == ("Your turn", "What would you keep?", "question_call")
    assert (thread.confidence, thread.status, thread.position) == (0.7, "open", 0)
    draft = loaded(session, draft)
    assert (draft.state, draft.thread_id, draft.decided_by) == ("accepted", thread.id, account.id)
    assert draft.decided_at is not None
    assert not draft.is_renewal


def test_a_yes_with_other_words_keeps_what_the_post_says_in_the_draft(
    session: Session, makers: Makers
) -> None:
    draft = makers.draft(prompt="What would you keep?")
    thread = yes(session, draft, Words("Your turn", "What would you keep, and why?", "question_call"))
    assert said(thread) == ("Your turn", "What would you keep, and why?", "question_call")
    draft = loaded(session, draft)
    assert draft.prompt == "What would you keep?"
    assert draft.digest == digest_of("what would  you KEEP?")


def test_a_second_yes_changes_nothing(session: Session, makers: Makers) -> None:
    """A double click made the draft look like a renewal, so that taking it back left its thread behind."""
    draft = makers.draft()
    thread = yes(session, draft)
    assert yes(session, draft, Words("", "Something else?", "reaction")).id == thread.id
    draft = loaded(session, draft)
    assert draft.thread is not None
    assert (draft.thread.prompt, draft.is_renewal) == (draft.prompt, False)
    back(session, draft)
    assert session.scalars(select(Thread)).all() == []


def test_each_yes_opens_its_thread_after_the_others(session: Session, makers: Makers) -> None:
    post = makers.post()
    makers.thread(post=post, position=4, status=ThreadStatus.HIDDEN.value)
    threads = [yes(session, makers.draft(post)) for _ in range(2)]
    assert [thread.position for thread in threads] == [5, 6]


def test_a_new_thread_shows_on_the_pages_of_the_others(session: Session, makers: Makers) -> None:
    """Each of them names the other threads of the post, so its readers see a change."""
    makers.thread()  # of another post
    post = makers.post()
    makers.thread(post=post)
    opened = open_thread(post.id, post.site_id, Words("", "And you?", "reaction"), now=clock.now())
    session.commit()
    query = select(Thread.revision).where(Thread.id != opened.id).order_by(Thread.id)
    assert list(session.scalars(query)) == [0, 1]


def test_a_no_opens_nothing_and_is_remembered(session: Session, makers: Makers) -> None:
    account, draft = makers.account(), makers.draft()
    dismiss(loaded(session, draft), now=clock.now(), account_id=account.id)
    session.commit()
    draft = loaded(session, draft)
    assert (draft.state, draft.thread_id, draft.decided_by) == ("dismissed", None, account.id)
    assert session.scalars(select(Thread)).all() == []
    back(session, draft)
    draft = loaded(session, draft)
    assert (draft.state, draft.decided_at, draft.decided_by) == ("waiting", None, None)


def test_a_yes_that_is_taken_back_leaves_no_thread(session: Session, makers: Makers) -> None:
    post = makers.post()
    other, draft = makers.thread(post=post), makers.draft(post)
    yes(session, draft)
    back(session, draft)
    draft = loaded(session, draft)
    assert (draft.state, draft.thread_id, draft.decided_at) == ("waiting", None, None)
    assert [thread.id for thread in threads_of(session, post)] == [other.id]
    assert threads_of(session, post)[0].revision == 2
    assert yes(session, draft).prompt == draft.prompt


@pytest.mark.parametrize("status", Status)
def test_a_thread_in_which_somebody_wrote_is_never_taken_back(
    session: Session, makers: Makers, status: Status
) -> None:
    draft = makers.draft()
    thread = yes(session, draft)
    comment = makers.comment(thread, status=status)
    with pytest.raises(HasComments):
        take_back(loaded(session, draft), now=clock.now())
    session.commit()
    draft = loaded(session, draft)
    assert (draft.state, draft.thread_id) == ("accepted", thread.id)
    assert session.scalars(select(Comment.id)).all() == [comment.id]


def renewal(makers: Makers, thread: Thread, **fields: Any) -> Draft:
    """A draft that waits to give `thread` new words."""
    post = makers.session.get_one(Post, thread.post_id)
    return makers.draft(post, thread_id=thread.id, **fields)


def test_a_renewal_changes_the_words_and_keeps_the_thread(session: Session, makers: Makers) -> None:
    comment = makers.comment(makers.thread(heading="Old", prompt="Old words?"))
    thread = session.get_one(Thread, comment.thread_id)
    revision = thread.revision
    draft = renewal(makers, thread, heading="New", prompt="New words?", kind="question_call")
    assert loaded(session, draft).is_renewal
    assert yes(session, draft).id == thread.id
    thread = session.scalars(select(Thread)).one()
    assert said(thread) == ("New", "New words?", "question_call")
    assert thread.revision == revision + 1
    assert loaded(session, draft).is_renewal


def test_a_renewal_that_is_taken_back_restores_words_and_kind(session: Session, makers: Makers) -> None:
    """Only the words came back: the thread kept the kind of the words that were taken back."""
    comment = makers.comment(makers.thread(heading="Old", prompt="Old words?", kind="reaction"))
    thread = session.get_one(Thread, comment.thread_id)
    draft = renewal(makers, thread, heading="", prompt="New words?", kind="question_call")
    yes(session, draft)
    back(session, draft)
    thread = session.scalars(select(Thread)).one()
    assert (said(thread), thread.stands_in) == (("Old", "Old words?", "reaction"), False)
    draft = loaded(session, draft)
    assert (draft.state, draft.thread_id, draft.is_renewal) == ("waiting", thread.id, True)
    assert (draft.former_heading, draft.former_prompt, draft.former_kind) == (None, None, None)


def test_a_thread_that_stood_in_stands_in_again(session: Session, makers: Makers) -> None:
    thread = makers.thread(heading="", prompt="What is your reaction?", stands_in=True)
    draft = renewal(makers, thread)
    assert not yes(session, draft).stands_in
    back(session, draft)
    thread = session.scalars(select(Thread)).one()
    assert (thread.prompt, thread.stands_in) == ("What is your reaction?", True)


def test_old_words_that_are_kept_stay_as_they_are(session: Session, makers: Makers) -> None:
    thread = makers.thread(prompt="Old words?")
    draft = renewal(makers, thread)
    dismiss(loaded(session, draft), now=clock.now())
    session.commit()
    thread = session.scalars(select(Thread)).one()
    assert (thread.prompt, thread.revision) == ("Old words?", 0)
    assert loaded(session, draft).is_renewal


def test_newer_words_are_taken_back_first(session: Session, makers: Makers) -> None:
    """Taking back the first yes removed an empty thread under the words that were accepted last."""
    first = makers.draft(prompt="First words?")
    thread = yes(session, first, now=ago(hours=2))
    second = renewal(makers, thread, prompt="Second words?")
    yes(session, second, now=ago(hours=1))
    third = renewal(makers, thread, prompt="Third words?")
    yes(session, third)
    for early in (first, second):
        with pytest.raises(SaidAnew):
            take_back(loaded(session, early), now=clock.now())
        session.rollback()
    for draft, left in ((third, ["Second words?"]), (second, ["First words?"]), (first, [])):
        back(session, draft)
        assert list(session.scalars(select(Thread.prompt))) == left


def test_words_of_one_moment_are_taken_back_in_their_order(session: Session, makers: Makers) -> None:
    now, first = ago(hours=1), makers.draft(prompt="First words?")
    second = renewal(makers, yes(session, first, now=now), prompt="Second words?")
    yes(session, second, now=now)
    with pytest.raises(SaidAnew):
        take_back(loaded(session, first), now=clock.now())
    session.rollback()
    back(session, second)
    back(session, first)
    assert session.scalars(select(Thread)).all() == []


def test_a_draft_whose_thread_is_gone_opens_a_new_one(session: Session, makers: Makers) -> None:
    draft = renewal(makers, makers.thread())
    session.delete(session.scalars(select(Thread)).one())
    session.commit()
    thread = yes(session, draft)
    assert thread.prompt == draft.prompt
    assert not loaded(session, draft).is_renewal


def arranged(session: Session, post: Post, thread_ids: list[int]) -> list[int]:
    query = select(Post).where(Post.id == post.id).options(selectinload(Post.threads))
    arrange(session.scalars(query).one(), thread_ids)
    session.commit()
    return [thread.id for thread in threads_of(session, post)]


def test_threads_stand_in_the_order_one_gives_them(session: Session, makers: Makers) -> None:
    post = makers.post()
    one, two, three = (makers.thread(post=post, position=place).id for place in (0, 3, 7))
    assert arranged(session, post, [three, one, two]) == [three, one, two]
    assert arranged(session, post, [two]) == [two, three, one]
    assert arranged(session, post, []) == [two, three, one]
    assert [thread.position for thread in threads_of(session, post)] == [0, 1, 2]
    assert [thread.revision for thread in threads_of(session, post)] == [3, 3, 3]


def test_a_hidden_thread_keeps_a_place_of_its_own(session: Session, makers: Makers) -> None:
    post = makers.post()
    one = makers.thread(post=post, position=0).id
    hidden = makers.thread(post=post, position=1, status=ThreadStatus.HIDDEN.value).id
    two = makers.thread(post=post, position=2).id
    assert arranged(session, post, [two, one]) == [two, one, hidden]
    assert arranged(session, post, [one, hidden, two]) == [one, hidden, two]
