"""The guard lets requests out to public addresses only."""

from __future__ import annotations

import asyncio
import socket
from ipaddress import IPv4Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatoire.web.guard import Guard, Refused, is_public

PRIVATE = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.3.4",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "192.0.2.1",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "2002:7f00:1::",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b::7f00:1",
    "::127.0.0.1",
    "::169.254.169.254",
    "::ffff:0:127.0.0.1",
    "64:ff9b:1::7f00:1",
    "fe80::5efe:127.0.0.1",
    "fec0::1",
    "5f00::1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_not_everyone_can_reach_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "37.59.183.73", "2001:41d0::1", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_an_ipv4_address_is_judged_the_same_when_ipv6_carries_it(address: IPv4Address) -> None:
    expected = is_public(str(address))
    assert is_public(f"::ffff:{address}") == expected
    assert is_public(f"64:ff9b::{address}") == expected


def test_only_the_allowed_address_and_port_escape_the_rule() -> None:
    guard = Guard(["http://127.0.0.1:8000"])
    asyncio.run(guard.prepare())
    kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
    guard.socket((*kind, ("127.0.0.1", 8000))).close()
    with pytest.raises(Refused):
        guard.socket((*kind, ("127.0.0.1", 22)))
    with pytest.raises(Refused):
        guard.socket((*kind, ("127.0.0.2", 8000)))


def test_an_allowed_name_that_does_not_resolve_allows_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    guard = Guard(["http://simulateur.invalid"])
    asyncio.run(guard.prepare())
    with pytest.raises(Refused):
        guard.socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80)))
