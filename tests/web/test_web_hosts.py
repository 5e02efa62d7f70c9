"""What is owed to a host is owed to the machine, whatever the scheme and the platform that asks."""

from __future__ import annotations

from yarl import URL

from observatoire.web import Clock, Patience
from observatoire.web.hosts import Hosts


def test_one_machine_is_one_host_under_http_and_https() -> None:
    hosts = Hosts(2, Patience(), Clock())
    known = hosts.of(URL("https://data.sncf.com/explore"))
    assert hosts.of(URL("http://data.sncf.com/api?q=1")) is known
    assert hosts.of(URL("HTTPS://DATA.SNCF.COM:443/")) is known


def test_another_name_or_port_is_another_host() -> None:
    hosts = Hosts(2, Patience(), Clock())
    found = {
        hosts.of(URL(url))
        for url in ("https://a.fr", "https://b.fr", "https://a.fr:8443", "http://a.fr:8080")
    }
    assert len(found) == 4
