"""`board post import` and `board post add` for a folder: many posts, in one go, twice."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from board.sites.models import Site
from board.sources.models import Feed, Reading
from board.threads.models import Draft, Post, PostAddress, Thread
from tests.support.exports import address_of, page_html, post_html, rss, sitemap, sitemap_index, wxr, wxr_item
from tests.support.makers import Makers
from tests.support.web import Reply, WebServer

Run = Callable[..., Result]
XML = "application/xml"


def count(session: Session, model: type) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def export(folder: Path, site: Site, *numbers: int, extra: str = "") -> str:
    file = folder / "export.xml"
    file.write_text("".join(wxr(numbers, blog=site.base_url, extra=extra)), "utf-8")
    return str(file)


def test_an_export_is_imported_and_twice_is_the_same_as_once(
    run: Run, site: Site, session: Session, tmp_path: Path
) -> None:
    file = export(tmp_path, site, *range(98, 103))
    first = run("post", "import", file, "--site", "blog")
    assert first.exit_code == 0
    assert (
        "5 posts read, new or with new words.\n5 threads opened; 0 prompts waiting on the desk; 0 posts asking"
        in first.output
    )
    assert run("post", "import", file).output.splitlines()[1:] == ["5 posts known already, and unchanged."]
    assert (count(session, Post), count(session, Thread), count(session, Draft)) == (5, 5, 5)
    post = session.scalars(select(Post).order_by(Post.id)).first()
    assert post is not None
    assert (post.title, post.address) == ("Kettle 98", address_of(98, site.base_url))


def test_the_feed_finds_what_the_export_brought(
    run: Run, site: Site, session: Session, tmp_path: Path
) -> None:
    run("post", "import", export(tmp_path, site, 1, 2))
    (tmp_path / "feed").write_text(rss([3, 2], blog=site.base_url), "utf-8")
    run("post", "import", str(tmp_path / "feed"))
    assert (count(session, Post), count(session, Thread)) == (3, 3)


def test_prompts_may_wait_on_the_desk_instead(run: Run, site: Site, session: Session, tmp_path: Path) -> None:
    told = run("post", "import", export(tmp_path, site, 1), "--drafts").output
    assert "0 threads opened; 1 prompt waiting on the desk" in told
    assert (count(session, Thread), session.scalars(select(Draft.state)).all()) == (0, ["waiting"])


def test_what_is_wrong_with_some_posts_is_told_and_the_others_are_taken(
    run: Run, site: Site, session: Session, tmp_path: Path
) -> None:
    blog = site.base_url
    extra = (
        wxr_item(2, blog=blog, content="x" * 3_000_000)
        + wxr_item(3, blog=blog, address="")
        + wxr_item(4, blog="https://elsewhere.test")
        + wxr_item(5, blog=blog, content="<p>Nothing is asked here.</p>")
        + wxr_item(6, blog=blog, content="<b>" * 200_000 + post_html(6))
        + wxr_item(7, blog=blog)
    )
    told = run("post", "import", export(tmp_path, site, 1, extra=extra)).output
    assert "3 posts could not be taken." in told
    assert f"  {address_of(2, blog)}: it is larger than 2 MB" in told
    assert "  Kettle 3: it has no address" in told
    assert "  https://elsewhere.test/post-4/: elsewhere.test is no host of this blog" in told
    assert "2 posts asking nothing" in told
    assert {"Kettle 1", "Kettle 5", "Kettle 6", "Kettle 7"} == set(session.scalars(select(Post.title)))


def test_an_export_that_ends_in_the_middle_is_taken_as_far_as_it_goes(
    run: Run, site: Site, session: Session, tmp_path: Path
) -> None:
    (tmp_path / "cut.xml").write_text("".join(list(wxr([1, 2], blog=site.base_url))[:-1]), "utf-8")
    told = run("post", "import", str(tmp_path / "cut.xml")).output
    assert "2 posts read" in told
    assert "  the rest of the file: it is not well-formed XML" in told
    assert count(session, Post) == 2


def test_a_sitemap_lets_its_pages_wait_for_the_worker(
    run: Run, site: Site, session: Session, web_server: WebServer
) -> None:
    base = web_server.address
    pages = [f"{base}/", *(address_of(number, base) for number in (1, 2)), "https://elsewhere.test/a"]
    web_server.replies["/posts.xml.gz"] = Reply(gzip.compress(sitemap(pages).encode()), "application/gzip")
    web_server.replies["/sitemap.xml"] = Reply(
        sitemap_index([f"{base}/posts.xml.gz", f"{base}/lost.xml"]), XML
    )
    told = run("post", "import", f"{base}/sitemap.xml").output
    assert "2 posts wait for the worker to read their pages." in told
    assert f"  {base}/lost.xml: the server answered 404" in told
    assert "  https://elsewhere.test/a: elsewhere.test is no host of this blog" in told
    first, second = session.scalars(select(Reading).order_by(Reading.due_at))
    assert (first.address, second.address) == (address_of(1, base), address_of(2, base))
    assert (second.due_at - first.due_at).total_seconds() == 2
    assert "2 posts wait for the worker" in run("post", "import", f"{base}/sitemap.xml").output
    assert [one.due_at for one in session.scalars(select(Reading).order_by(Reading.id))] == [
        first.due_at,
        second.due_at,
    ]


def test_the_pages_of_a_sitemap_may_be_read_at_once(
    run: Run, site: Site, session: Session, web_server: WebServer, tmp_path: Path
) -> None:
    base = web_server.address
    web_server.page("/post-1/", page_html(1, base))
    web_server.replies["/post-2/"] = Reply(b"x" * 3_000_000)
    web_server.replies["/post-3/"] = Reply(status=302, headers={"Location": "http://169.254.169.254/"})
    (tmp_path / "sitemap.xml").write_text(sitemap(address_of(number, base) for number in (1, 2, 3)), "utf-8")
    told = run("post", "import", str(tmp_path / "sitemap.xml"), "--now").output
    assert f"  {address_of(2, base)}: it is larger than 2 MB" in told
    assert f"  {address_of(3, base)}: its host is not on the public internet" in told
    assert session.scalars(select(Post.title)).all() == ["Kettle 1"]
    web_server.asked.clear()
    assert "1 post known already" in run("post", "import", str(tmp_path / "sitemap.xml"), "--now").output
    assert "/post-1/" not in web_server.paths_asked()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<html></html>", "it is neither a WordPress export nor a feed nor a sitemap"),
        ("", "it is neither"),
        (b"\x1f\x8bnonsense", "it cannot be unpacked"),
        ("<!DOCTYPE rss [<!ENTITY a 'b'>]><rss><channel></channel></rss>", "never read"),
        ("<urlset><url>", "not well-formed"),
    ],
)  # fmt: skip
def test_what_is_nothing_of_the_kind_is_refused_in_a_sentence(
    run: Run, site: Site, tmp_path: Path, content: str | bytes, words: str
) -> None:
    (tmp_path / "file").write_bytes(content if isinstance(content, bytes) else content.encode())
    answer = run("post", "import", str(tmp_path / "file"))
    assert answer.exit_code == 1
    assert words in answer.output


def test_an_export_with_an_entity_bomb_is_refused(
    run: Run, site: Site, session: Session, tmp_path: Path
) -> None:
    bomb = "".join(wxr([1], blog=site.base_url)).replace(
        "<rss ", '<!DOCTYPE rss [<!ENTITY a "aaaa">]><rss ', 1
    )
    (tmp_path / "bomb.xml").write_text(bomb, "utf-8")
    assert (
        "the rest of the file: it brings a document type"
        in run("post", "import", str(tmp_path / "bomb.xml")).output
    )
    assert count(session, Post) == 0


def test_nothing_inside_the_house_is_asked_unless_the_owner_names_it(
    run_command: Run, makers: Makers, web_server: WebServer
) -> None:
    makers.site()
    for address in (f"{web_server.address}/feed", "http://169.254.169.254/latest/", "https://10.0.0.1/feed"):
        answer = run_command("post", "import", address)
        assert answer.exit_code == 1
        assert "only the usual ports" in answer.output or "not on the public internet" in answer.output
    assert web_server.asked == []


def test_a_folder_of_posts_is_taken(run: Run, site: Site, session: Session, tmp_path: Path) -> None:
    ask = "\n\n## Your turn\n\nWhat do you mend? Tell me in the comments below.\n"
    files = {
        "_posts/2014-01-02-kettles.md": f"---\ntitle: Kettles\n---\nText.{ask}",
        "posts/tea/index.md": f'+++\ntitle = "Tea"\ndate = 2015-03-04\n+++\nText.{ask}',
        "salt.md": f"Title: Salt\nDate: 2016-05-06\n\nText.{ask}",
        "soon.md": f"---\ntitle: Soon\ndate: 2014-01-01\ndraft: true\n---\nText.{ask}",
        "undated.md": f"Text.{ask}",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    pattern = site.base_url + "/{year}/{month}/{slug}/"
    told = run("post", "add", str(tmp_path), "--address-pattern", pattern).output
    assert "3 posts read, new or with new words." in told
    assert "1 post left out" in told
    assert "  undated.md: its year is not known, which the address needs" in told
    posts = session.execute(select(Post.title, Post.address).order_by(Post.address))
    assert [tuple(row) for row in posts] == [
        ("Kettles", f"{site.base_url}/2014/01/kettles/"),
        ("Tea", f"{site.base_url}/2015/03/tea/"),
        ("Salt", f"{site.base_url}/2016/05/salt/"),
    ]
    again = run("post", "add", str(tmp_path), "--address-pattern", pattern).output
    assert "3 posts known already" in again
    assert count(session, Thread) == 3


def test_a_folder_that_does_not_say_where_its_posts_stand_is_refused_with_a_hint(
    run: Run, site: Site, tmp_path: Path
) -> None:
    (tmp_path / "k.md").write_text("Text.", "utf-8")
    answer = run("post", "add", str(tmp_path))
    assert answer.exit_code == 1
    assert f"--address-pattern '{site.base_url}/{{year}}/{{month}}/{{slug}}/'" in answer.output
    assert "begins with https://" in run("post", "add", str(tmp_path), "--address-pattern", "{slug}").output
    assert "--dry-run shows one post" in run("post", "add", str(tmp_path), "--dry-run").output


def test_a_feed_is_found_shown_and_let_go(
    run: Run, site: Site, session: Session, web_server: WebServer
) -> None:
    web_server.page("/", '<link rel="alternate" type="application/rss+xml" href="/feed">')
    web_server.replies["/feed"] = Reply(rss([1], blog=web_server.address), "application/rss+xml")
    assert "No feed is read" in run("site", "feed", "blog").output
    assert "Found a feed with 1 post;" in run("site", "feed", "blog", "--find").output
    assert f"Feed:      {web_server.address}/feed\nLast read: not yet" in run("site", "feed", "blog").output
    assert run("worker", "--once").exit_code == 0
    assert "Last read: not yet" not in run("site", "feed", "blog").output
    assert count(session, Thread) == 1
    assert "No feed of this blog" in run("site", "feed", "blog", "--stop").output
    assert count(session, Feed) == 0


def test_a_feed_that_cannot_be_had_is_not_chosen(
    run: Run, site: Site, session: Session, web_server: WebServer
) -> None:
    web_server.page("/", "no feed")
    for arguments, words in [
        ([f"{web_server.address}/gone"], "the server answered 404"),
        (["http://169.254.169.254/"], "not on the public internet"),
        (["--find"], "No feed was found"),
    ]:
        answer = run("site", "feed", "blog", *arguments)
        assert answer.exit_code == 1
        assert words in answer.output
    assert count(session, Feed) == 0


def test_a_post_at_an_address_is_known_by_all_the_addresses_that_led_to_it(
    run: Run, site: Site, session: Session, web_server: WebServer
) -> None:
    web_server.page("/post-1/", page_html(1, web_server.address))
    web_server.replies["/?p=1"] = Reply(status=302, headers={"Location": "/post-1/"})
    assert "Opened thread" in run("post", "add", f"{web_server.address}/?p=1").output
    keys = session.scalars(select(PostAddress.address_key))
    assert sorted(key.rpartition("/")[2] for key in keys) == ["?p=1", "post-1"]


def test_one_post_may_wait_on_the_desk(run: Run, site: Site, session: Session, web_server: WebServer) -> None:
    address = web_server.page("/post-1/", page_html(1, web_server.address))
    assert "Waiting on the desk: 1" in run("post", "add", address, "--drafts").output
    assert (count(session, Thread), count(session, Draft)) == (0, 1)
