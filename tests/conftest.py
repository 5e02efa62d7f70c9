"""What every test shares: the network is closed except loopback."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from hypothesis import settings

# A test that is slow on a busy machine is no failure.
settings.register_profile("observatoire", deadline=None)
settings.load_profile("observatoire")

ROOT = Path(__file__).parent.parent
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture(autouse=True)
def closed_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection to anything but this machine is a bug in the test."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            raise AssertionError(f"un test veut joindre {address[0]}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def root() -> Path:
    """The root of this repository."""
    return ROOT
