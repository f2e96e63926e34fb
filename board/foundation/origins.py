"""Origins: the scheme, host and port of a web address, written in one way only.

They enter the header that says who may frame a page, so nothing but a parsed and re-made
origin ever leaves this module. Pure.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_HOST_CHARS = 253  # RFC 1035, 2.3.4
LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
UNWANTED = re.compile(r"[\x00-\x20\x7f\\]")  # browsers drop some of these and read others as slashes


class OriginRefused(ValueError):
    """The address names no web origin. The message says why, in plain words."""


def normal_origin(address: str) -> str:
    """The origin of an http or https address: lower case, host in ASCII, no default port, no path.

    Raises OriginRefused.
    """
    parts = _split(address.strip())
    host = _normal_host(parts.hostname or "")
    try:
        port = parts.port
    except ValueError:
        raise OriginRefused("its port is not a number from 1 to 65535") from None
    if port == 0:
        raise OriginRefused("its port is not a number from 1 to 65535")
    ending = "" if port in {None, DEFAULT_PORTS[parts.scheme]} else f":{port}"
    return f"{parts.scheme}://{host}{ending}"


def _split(address: str) -> SplitResult:
    if UNWANTED.search(address):
        raise OriginRefused("it holds a space or a character that no address has")
    try:
        parts = urlsplit(address)
    except ValueError:
        raise OriginRefused("it is not a web address such as https://blog.example") from None
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        raise OriginRefused("it must begin with http:// or https:// and name a host")
    if "@" in parts.netloc:
        raise OriginRefused("it must not hold a user name")
    return parts


def _normal_host(host: str) -> str:
    if ":" in host:
        try:
            return f"[{ipaddress.IPv6Address(host)}]"
        except ValueError:
            raise OriginRefused("its host is not an IPv6 address") from None
    try:
        ascii_host = host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise OriginRefused("its host is not a name that can be reached") from None
    name = ascii_host.removesuffix(".")
    if len(name) > MAX_HOST_CHARS or not all(LABEL.fullmatch(label) for label in name.split(".")):
        raise OriginRefused("its host is not a name that can be reached")
    return name
