"""Files held in memory, served on this machine to a browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from observatoire.files import Memory
from observatoire.site.build import Planned
from observatoire.site.server import Server
from observatoire.site.shelf import Shelf


@contextmanager
def served(files: Mapping[str, bytes]) -> Iterator[str]:
    """The address of the files, without a slash at the end."""
    pages = {path: Planned(path, "", lambda c=content: c) for path, content in files.items()}
    with Server(0, lambda: Shelf(pages, Memory())) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        thread.join()
