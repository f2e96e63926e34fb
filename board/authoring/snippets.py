"""What an owner pastes into a blog so that its posts show their discussions. Pure."""

from __future__ import annotations

from dataclasses import dataclass

SNIPPET = """<a data-reflection-board href="{board}/d/{slug}{address}">{words}</a>
<script async src="{board}/embed.js"></script>"""


@dataclass(frozen=True)
class Snippet:
    """`system`: which kind of blog it is for. `places`: files of a theme; the first that is there is meant.

    `code`: HTML with that system's own way to write a post's address, where it has one.
    """

    system: str
    places: tuple[str, ...]
    code: str


ADDRESSES = {  # how each system writes the address of the present post into a link
    "html": "ADDRESS",
    "wordpress": "<?php echo rawurlencode( get_permalink() ); ?>",
    "wordpress_blocks": None,  # its blocks know no address; the script takes the page's own
    "ghost": '{{url absolute="true"}}',
    "hugo": "{{ .Permalink }}",  # Hugo escapes it as a part of a query
    "jekyll": "{{ page.url | absolute_url | cgi_escape }}",
}
PLACES = {
    "wordpress": ("single.php", "singular.php", "the_content()"),
    "ghost": ("post.hbs", "{{content}}"),
    "hugo": ("layouts/_default/single.html", "{{ .Content }}"),
    "jekyll": ("_layouts/post.html", "{{ content }}"),
}


def snippets(board: str, slug: str, words: str) -> dict[str, Snippet]:
    """By system, plain HTML first. words: what readers without script see, the link to the discussion."""
    return {
        system: Snippet(system, PLACES.get(system, ()), _code(board, slug, words, address))
        for system, address in ADDRESSES.items()
    }


def _code(board: str, slug: str, words: str, address: str | None) -> str:
    return SNIPPET.format(board=board, slug=slug, words=words, address=f"?url={address}" if address else "")
