"""The preview on this machine: what it answers, to whom, and that it stops cleanly."""

from __future__ import annotations

import io
import json
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_site import content, repository

from loopback import serving
from observatoire.git import Repo
from observatoire.screen import Screen
from observatoire.site import origin, server, shelf
from observatoire.site.current import Current
from observatoire.site.local import localised

LOCAL = "http://localhost:8123"


@pytest.fixture(scope="module")
def preview() -> shelf.Shelf:
    return shelf.of(localised(content(), LOCAL))


@pytest.fixture(scope="module")
def served(preview: shelf.Shelf) -> Iterator[server.Server]:
    with serving(server.Server(0, lambda: preview)) as opened:
        yield opened


def asked(opened: server.Server, raw: bytes) -> tuple[int, bytes]:
    """The status and the whole answer to a request written by hand."""
    with socket.create_connection(("127.0.0.1", opened.server_port), timeout=10) as line:
        line.sendall(raw)
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    return int(answer.split()[1]), answer


def request(path: str, host: str = "localhost", method: str = "GET") -> bytes:
    return f"{method} {path} HTTP/1.0\r\nHost: {host}\r\n\r\n".encode()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/explorer/?q=rennes", "text/html; charset=utf-8"),
        ("/explorer/index.js", "text/javascript; charset=utf-8"),
        ("/explorer/organismes.json", "application/json; charset=utf-8"),
        ("/publication%2Fvue-datami.csv", "text/csv; charset=utf-8"),
        ("/data%2Forganisations.csv", "text/csv; charset=utf-8"),
        ("/icone.svg", "image/svg+xml; charset=utf-8"),
    ],
)
def test_pages_and_what_datami_reads_are_served_to_any_page(
    served: server.Server, path: str, kind: str
) -> None:
    status, answer = asked(served, request(path))

    assert status == 200
    assert f"Content-Type: {kind}\r\n".encode() in answer
    assert b"Access-Control-Allow-Origin: *\r\n" in answer


def test_a_folder_is_led_to_its_page(served: server.Server) -> None:
    status, answer = asked(served, request("/explorer?q=a"))

    assert status == 301
    assert b"Location: /explorer/?q=a\r\n" in answer


@pytest.mark.parametrize(
    "path",
    [
        "/../pyproject.toml",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/publication/../../etc/passwd",
        "/data/..%2f..%2fetc/passwd",
        "//etc/passwd",
        "/.git/config",
        "/schemas/organisations.json",
        "/rien",
        "/%00",
        "/\xff",
    ],
)
def test_nothing_else_can_be_had(served: server.Server, path: str) -> None:
    status, answer = asked(served, request(path))

    assert status == 404
    assert b"<h1>Page introuvable</h1>" in answer
    assert b'href="/explorer/index.html"' in answer


@pytest.mark.parametrize("host", ["exemple.fr", "127.0.0.1.exemple.fr", "", "10.0.0.1"])
def test_another_name_is_refused(served: server.Server, host: str) -> None:
    assert asked(served, request("/", host))[0] == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_is_written(served: server.Server, method: str) -> None:
    assert asked(served, request("/", method=method))[0] == 501


def test_a_head_has_no_content(served: server.Server) -> None:
    answer = asked(served, request("/", method="HEAD"))[1]

    assert answer.endswith(b"\r\n\r\n")
    assert b"Content-Length: 0" not in answer


def test_only_this_machine_can_ask(served: server.Server) -> None:
    assert served.server_address[0] == "127.0.0.1"


def test_a_port_in_use_is_left_to_its_owner(preview: shelf.Shelf) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        taken = busy.getsockname()[1]
        with server.opened(taken, lambda: preview) as other:
            assert other.server_port != taken


def test_a_port_that_is_none_gives_a_free_one(preview: shelf.Shelf) -> None:
    with server.opened(99_999, lambda: preview) as other:
        assert other.server_port < 65_536


def test_the_widget_reads_this_machine(preview: shelf.Shelf) -> None:
    found = preview.find("/explorer/datami/")
    options = preview.find("/publication%2Fdatami%2Foptions.json")

    assert found is not None
    assert options is not None
    page = found[1].decode()
    assert f'gitfile="{LOCAL}/publication/vue-datami.csv"' in page
    assert f"connect-src {LOCAL} " in page
    settings = json.loads(options[1])
    assert settings["schema"]["file"] == f"{LOCAL}/publication/datami/schema.json"
    for name in ("schema", "fields-custom-properties", "datavizview"):
        assert preview.find(settings[name]["file"].removeprefix(LOCAL)) is not None


def test_links_to_the_repository_stay_those_of_the_project(preview: shelf.Shelf) -> None:
    found = preview.find("/organisations/213502388/")

    assert found is not None
    assert b"https://gitlab.com/groupe/observatoire/-/edit/main/data/" in found[1]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A register in its repository."""
    repository(tmp_path)
    return tmp_path


def test_the_preview_follows_the_tables_and_survives_a_broken_one(root: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    repo = Repo(root)
    current = Current(lambda: origin.unpublished(repo, root), root, Screen(out, err))
    current.address = LOCAL
    table = root / "data/organisations.csv"
    sound = table.read_bytes()
    before = current.now()

    assert current.now() is before
    table.write_bytes(sound.replace(b"Rennes,COM", b"Rennes la belle,COM"))
    found = current.now().find("/organisations/213502388/")
    assert found is not None
    assert "Rennes la belle" in found[1].decode()
    table.write_bytes(b"siren,nom\n1\n")
    assert current.now().find("/organisations/213502388/") == found
    assert "L'aperçu montre encore l'état d'avant." in err.getvalue()
    assert "Aperçu refait." in out.getvalue()


def test_the_command_says_where_to_look_and_stops_on_control_c(root: Path) -> None:
    command = [Path(sys.executable).with_name("observatoire"), "serve", "--depot", root]
    with subprocess.Popen(
        [*command, "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        told = list(iter(running.stdout.readline, "Ctrl+C pour arrêter.\n"))
        address = told[0].split()[-1]
        with urllib.request.urlopen(f"{address}explorer/", timeout=20) as answer:
            page = answer.read().decode()
        running.send_signal(signal.SIGINT)
        rest, errors = running.communicate(timeout=20)

    assert told[0].startswith("Le site")
    assert "Rennes Métropole" in page
    assert f"{address}publication/vue-datami.csv" in told[-1]
    assert rest == "\nAperçu arrêté.\n"
    assert errors == ""
    assert running.returncode == 0
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(address, timeout=5)
