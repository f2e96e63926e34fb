"""In which letters a page is written, as browsers tell it. Pure."""

from __future__ import annotations

import codecs
import re

META = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
META_WITHIN_BYTES = 2048  # browsers look for it in the first 1,024 (HTML, 13.2.3.2); some pages are later

# What pages are written in, by the names of Python's codecs. Its other codecs are no charsets: some raise
# whatever they are asked to do, and "punycode" takes time that grows with the square of the page.
OF_PAGES = re.compile(
    r"utf-8|utf-16(-[lb]e)?|iso8859-\d+|cp125\d|cp866|cp874|koi8-[ru]|mac-\w+|gbk|gb18030|gb2312|"
    r"big5(hkscs)?|cp950|euc_(jp|kr)|iso2022_jp|shift_jis|cp932|cp949"
)
MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252"}  # WHATWG Encoding, 4.2


def charset_of(body: bytes, said: str | None) -> str:
    """The codec that reads `body`: told by its first bytes, else by the header (`said`), else by the page.

    Any bytes can be decoded with it when errors are replaced. UTF-8 where nothing known is told.
    """
    if body.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    meta = META.search(body[:META_WITHIN_BYTES])
    told = said or (meta.group(1).decode("ascii") if meta else "utf-8")
    return usable_charset(told) or "utf-8"


def usable_charset(told: str) -> str | None:
    """The codec for a charset of that name, as browsers mean it; None for what is no charset of pages."""
    try:
        name = codecs.lookup(told).name
    except (LookupError, ValueError):
        return None
    name = MEANT.get(name, name)
    return name if OF_PAGES.fullmatch(name) else None
