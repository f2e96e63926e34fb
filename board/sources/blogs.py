"""What must be known of a site while no transaction is open, because something is fetched or read."""

from __future__ import annotations

from dataclasses import dataclass

from board.sites.models import Site
from board.threads.addresses import AddressRefused, host_of, is_front


class NotOurs(AddressRefused):
    """The address is on a host that is none of the site's own."""


@dataclass(frozen=True)
class Blog:
    """A site. `hosts`: those of its address and its origins. `opens_from`: as in Site."""

    site_id: int
    slug: str
    address: str
    hosts: frozenset[str]
    opens_from: float | None

    @classmethod
    def of(cls, site: Site) -> Blog:
        """`site` must have been loaded with its origins."""
        addresses = [site.base_url, *(one.origin for one in site.origins)]
        return cls(
            site_id=site.id,
            slug=site.slug,
            address=site.base_url,
            hosts=frozenset(host_of(one) for one in addresses),
            opens_from=site.opens_from,
        )

    def require_own(self, address: str) -> None:
        """Raise AddressRefused for what is no page, NotOurs for a page of somebody else."""
        host = host_of(address)
        if host not in self.hosts:
            raise NotOurs(f"{host} is no host of this blog")

    def is_front(self, address: str) -> bool:
        """Whether the blog's front page is at `address`, where no post stands."""
        return self.owns(address) and is_front(address, [self.address])

    def owns(self, address: str) -> bool:
        try:
            self.require_own(address)
        except AddressRefused:
            return False
        return True
