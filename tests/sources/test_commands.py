"""`board post add`: from a file to threads, with words for everything that can go wrong."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from board.threads.models import Post, Thread
from tests.support.makers import Makers

PAGE = """<!doctype html><html lang="en"><head><meta charset="{charset}"><title>On kettles | The Desk</title>
<link rel="canonical" href="https://blog.test/kettles/"></head><body><article><h1>On kettles</h1>
<p>Ask me your questions about kettles in the comments, and I will take them to the smith in Genève.</p>{filler}
<h2>What is your reaction?</h2><p>What have you mended in Genève more than once? Share your story below.</p>
</article></body></html>"""
FILLER = (
    "<p>The kettle has been mended three times, and nobody remembers which part of it was bought.</p>" * 9
)


def page(charset: str = "utf-8") -> bytes:
    return PAGE.format(charset=charset, filler=FILLER).encode(charset)


def prompts(session: Session) -> list[tuple[str, str, str]]:
    threads = session.scalars(select(Thread).order_by(Thread.position))
    return [(thread.heading, thread.prompt, thread.kind) for thread in threads]


def test_a_post_opens_a_thread_for_each_prompt_the_closing_one_last(
    run_command, session: Session, makers: Makers, tmp_path: Path
) -> None:
    makers.site(slug="blog")
    (tmp_path / "kettles.html").write_bytes(page())
    told = run_command("post", "add", str(tmp_path / "kettles.html"), "--site", "blog").output
    assert "What is your reaction?" in told
    assert "asks for a reaction" in told
    [early, closing] = prompts(session)
    assert early[2] == "question_call"
    assert closing == (
        "What is your reaction?",
        "What have you mended in Genève more than once? Share your story below.",
        "reaction",
    )
    assert session.scalars(select(Post)).one().title == "On kettles"


def test_doing_it_twice_changes_nothing(
    run_command, session: Session, makers: Makers, tmp_path: Path
) -> None:
    makers.site()
    (tmp_path / "kettles.html").write_bytes(page())
    run_command("post", "add", str(tmp_path / "kettles.html"))
    assert "nothing changed" in run_command("post", "add", str(tmp_path / "kettles.html")).output
    assert len(prompts(session)) == 2


def test_a_file_in_another_charset_is_read_as_it_says(
    run_command, session: Session, makers: Makers, tmp_path: Path
) -> None:
    makers.site()
    (tmp_path / "kettles.html").write_bytes(page("iso-8859-1"))
    run_command("post", "add", str(tmp_path / "kettles.html"))
    assert "Genève" in prompts(session)[1][1]


def test_markdown_says_where_it_is_published(
    run_command, session: Session, makers: Makers, tmp_path: Path
) -> None:
    makers.site()
    (tmp_path / "k.md").write_text(
        "---\ntitle: Kettles\n---\nText.\n\n## Your turn\n\nWhat do you mend? Tell me below.\n", "utf-8"
    )
    assert "--address" in run_command("post", "add", str(tmp_path / "k.md")).output
    run_command("post", "add", str(tmp_path / "k.md"), "--address", "https://blog.test/k")
    assert [prompt[0] for prompt in prompts(session)] == ["Your turn"]


def test_a_dry_run_stores_nothing(run_command, session: Session, makers: Makers, tmp_path: Path) -> None:
    makers.site()
    (tmp_path / "kettles.html").write_bytes(page())
    assert (
        "Share your story below."
        in run_command("post", "add", str(tmp_path / "kettles.html"), "--dry-run").output
    )
    assert prompts(session) == []


def test_what_cannot_be_done_is_said_in_a_sentence(run_command, makers: Makers, tmp_path: Path) -> None:
    makers.site(slug="one")
    makers.site(slug="two")
    (tmp_path / "quiet.html").write_text(
        '<link rel="canonical" href="https://blog.test/q"><p>Nothing is asked.</p>', "utf-8"
    )
    quiet = str(tmp_path / "quiet.html")
    for arguments, words in [
        (["x.html", "--site", "one"], "No such file"),
        ([quiet], "Say which blog this is"),
        ([quiet, "--site", "three"], "There is no site"),
        ([quiet, "--site", "one"], "No closing prompt was found"),
        (["http://127.0.0.1/", "--site", "one"], "not on the public internet"),
    ]:
        answer = run_command("post", "add", *arguments)
        assert answer.exit_code == 1
        assert words in answer.output
