"""Which network addresses a request may reach: public ones, and those that the operator names."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from aiohttp.connector import AddrInfoType
from yarl import URL

NAT64 = IPv6Network("64:ff9b::/96")
"""Addresses that carry an IPv4 one in their last 32 bits (RFC 6052)."""

GLOBAL = IPv6Network("2000::/3")
"""The IPv6 addresses that anybody was ever given (IANA's registry): the others stand for IPv4 ones
(``::127.0.0.1``), for a site or for nobody."""


class Refused(OSError):
    """A connection to an address that is not public.

    An ``OSError``, because the connector gathers these and tries the host's next address.
    """

    def __init__(self) -> None:
        super().__init__("non-public address")


def is_public(text: str) -> bool:
    """Whether an IP address is reachable by everyone: not loopback, private, link-local, shared.

    An IPv6 address that stands for an IPv4 one is judged by the latter.
    """
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address):
        inner = _inner(address)
        if inner is not None:
            return is_public(str(inner))
        if address not in GLOBAL:
            return False
    return address.is_global and not address.is_multicast


def _inner(address: IPv6Address) -> IPv4Address | None:
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)


class Guard:
    """Makes the sockets of a session, and refuses those that would leave the public network.

    It judges the address that is about to be joined, after name resolution and at each
    redirection: a name that resolves elsewhere the second time gains nothing.
    """

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        self.allowed = tuple(allowed)
        self._open: set[tuple[str, int]] = set()

    async def prepare(self) -> None:
        """Resolve the base addresses that the operator allowed, once."""
        loop = asyncio.get_running_loop()
        for base in self.allowed:
            url = URL(base)
            try:
                found = await loop.getaddrinfo(url.host, url.port, type=socket.SOCK_STREAM)
            except (OSError, UnicodeError):
                continue  # The request to it will say so.
            self._open |= {(str(info[4][0]), int(info[4][1])) for info in found}

    def socket(self, info: AddrInfoType) -> socket.socket:
        """A socket for an address; raises Refused."""
        family, kind, protocol, _, address = info
        host, port = str(address[0]), int(address[1])
        if (host, port) not in self._open and not is_public(host):
            raise Refused
        return socket.socket(family=family, type=kind, proto=protocol)
