"""Moving, merging and undoing in a shell."""

from __future__ import annotations

import re
from collections.abc import Callable

from click.testing import Result
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.sites.models import Site
from board.threads.models import Post, Thread
from tests.authoring.remapping import address, keys, thread_of
from tests.support.makers import Makers

OLD, NEW = "https://old.test/blog/", "https://new.test/"
Run = Callable[..., Result]


def number_in(result: Result) -> str:
    """The number by which a move can be undone."""
    assert result.exit_code == 0, result.output
    [number] = re.findall(r"board post undo (\d+)", result.output)
    return str(number)


def test_a_post_moves_by_its_number_and_back(
    run_command: Run, session: Session, makers: Makers, site: Site
) -> None:
    post = makers.post(site, address=f"{OLD}a")
    moved = run_command("post", "move", str(post.id), f"{NEW}a")
    assert address(session, post) == f"{NEW}a"
    assert keys(session, post) == {f"{OLD}a", f"{NEW}a"}
    assert "Undone." in run_command("post", "undo", number_in(moved)).output
    assert (address(session, post), keys(session, post)) == (f"{OLD}a", {f"{OLD}a"})
    again = run_command("post", "undo", number_in(moved))
    assert (again.exit_code, again.output) == (0, "There was nothing left to undo.\n")


def test_a_post_gets_an_alias_by_its_address(
    run_command: Run, session: Session, makers: Makers, site: Site
) -> None:
    post = makers.post(site, address=f"{OLD}a")
    run_command("post", "move", "http://www.old.test/blog/a/index.html", f"{NEW}a", "--alias")
    assert address(session, post) == f"{OLD}a"
    assert len(keys(session, post)) == 2


def test_posts_become_one_with_or_without_their_discussions(
    run_command: Run, session: Session, makers: Makers, site: Site
) -> None:
    goes, stays = makers.post(site, address=f"{OLD}a"), makers.post(site, address=f"{NEW}a")
    comment = makers.comment(makers.thread(post=goes))
    home = comment.thread_id
    there = makers.thread(post=stays)
    merged = run_command("post", "merge", f"{OLD}a", f"{NEW}a")
    assert "1 addresses, 1 discussions, 1 of them merged" in merged.output
    assert thread_of(session, comment) == there.id
    run_command("post", "undo", number_in(merged))
    run_command("post", "merge", str(goes.id), str(stays.id), "--keep-apart")
    assert thread_of(session, comment) == home
    assert keys(session, stays) == {f"{OLD}a", f"{NEW}a"}


def test_discussions_become_one_and_two_again(
    run_command: Run, session: Session, makers: Makers, site: Site
) -> None:
    goes, stays = makers.thread(site), makers.thread(site)
    comment = makers.comment(goes)
    merged = run_command("thread", "merge", str(goes.id), str(stays.id))
    assert f"1 comments of thread {goes.id} are in thread {stays.id} now." in merged.output
    assert thread_of(session, comment) == stays.id
    run_command("post", "undo", number_in(merged))
    assert thread_of(session, comment) == goes.id


def test_a_rule_shows_what_it_would_do_and_does_it_only_when_told(
    run_command: Run, session: Session, makers: Makers, site: Site
) -> None:
    posts = [makers.post(site, address=f"{OLD}{name}") for name in ("a", "b")]
    there = makers.post(site, address=f"{NEW}b")
    seen = run_command("post", "remap", OLD, NEW)
    for told in (
        "1 posts would move.",
        f"{OLD}a\n    -> {NEW}a",
        f"-> {NEW}b   (post {there.id})",
        "Nothing was changed.",
    ):
        assert told in seen.output
    assert [address(session, post) for post in posts] == [f"{OLD}a", f"{OLD}b"]
    done = run_command("post", "remap", OLD, NEW, "--site", "blog", "--apply", "--merge")
    assert "1 posts moved, 1 merged, 0 left." in done.output
    assert keys(session, there) == {f"{OLD}b", f"{NEW}b"}
    run_command("post", "undo", number_in(done))
    assert [address(session, post) for post in posts] == [f"{OLD}a", f"{OLD}b"]
    assert keys(session, posts[1]) == {f"{OLD}b"}


def test_what_cannot_all_be_undone_is_said_before_anything_is(
    run_command: Run, session: Session, makers: Makers, site: Site
) -> None:
    stays, comes = makers.post(site, address=f"{OLD}a", title="Stays"), makers.post(site, address=f"{OLD}b")
    number = number_in(run_command("post", "remap", OLD, NEW, "--apply"))
    run_command("post", "move", str(stays.id), "https://third.test/a")
    refused = run_command("post", "undo", number)
    assert refused.exit_code == 1
    for told in ("Nothing was undone", "“Stays”", "--rest"):
        assert told in refused.output
    assert address(session, comes) == f"{NEW}b"
    assert "“Stays”" in run_command("post", "undo", number, "--rest").output
    assert address(session, comes) == f"{OLD}b"


def test_what_cannot_be_done_is_said_in_a_sentence(
    run_command: Run, session: Session, makers: Makers, site: Site
) -> None:
    one, other = makers.post(site, address=f"{OLD}a"), makers.post(site, address=f"{OLD}b")
    thread = makers.thread(post=one)
    makers.post(makers.site(slug="other"), address=f"{OLD}a")
    for arguments, said in [
        (["post", "move", str(one.id), f"{OLD}b"], f"board post merge {one.id} {other.id}"),
        (["post", "move", str(one.id), "nonsense"], "cannot be a post's address"),
        (["post", "move", "99999", f"{NEW}a"], "No post is known as 99999"),
        (["post", "move", "9" * 30, f"{NEW}a"], "No post is known as"),
        (["post", "move", "nonsense", f"{NEW}a"], "No post is known as nonsense"),
        (["post", "move", f"{OLD}a", f"{NEW}a"], "say which one with --site"),
        (["post", "merge", str(one.id), str(one.id)], "Nothing would change"),
        (["thread", "merge", str(thread.id), "99999"], "There is no thread 99999."),
        (["thread", "merge", str(thread.id), str(thread.id)], "Nothing would change"),
        (["post", "remap", OLD, NEW], "Say which blog this is"),
        (["post", "remap", OLD, NEW, "--site", "third"], "There is no site 'third'."),
        (["post", "remap", "old.test", NEW, "--site", "blog"], "is no address such as"),
        (["post", "remap", OLD, OLD, "--site", "blog"], "is the same as the first"),
        (["post", "remap", NEW, OLD, "--site", "blog", "--apply"], "Nothing would change"),
        (["post", "undo", "99999"], "There is no move 99999."),
    ]:
        answer = run_command(*arguments)
        assert answer.exit_code == 1, arguments
        assert said in answer.output
    assert session.scalars(select(Post.address).where(Post.id == one.id)).one() == f"{OLD}a"
    assert session.scalars(select(Thread.merged_into_id)).one() is None
