"""What the cache keeps on the disk: whole bodies, once, in bounds; damage costs a question."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from cache_bench import Cached, Number, counts
from web_bench import BIG

from observatoire.demo import faces
from observatoire.demo.simulator import Portal
from observatoire.model import Breakdown
from observatoire.web import Shelf, WebError
from observatoire.web.bodies import PARTIAL
from observatoire.web.shelf import NAME


def test_a_big_file_is_kept_beside(cached: Cached) -> None:
    assert cached.read() == BIG
    assert counts(cached.meter) == (1, 0, len(BIG))
    assert [p.stat().st_size for p in (cached.folder / "corps").iterdir()] == [len(BIG)]
    assert cached.read() == BIG
    assert counts(cached.meter) == (1, 1, 0)


def test_the_same_content_is_kept_once(cached: Cached) -> None:
    cached.read("/file?a=1")
    cached.read("/file?a=2")
    assert len(list((cached.folder / "corps").iterdir())) == 1


def test_a_file_that_was_left_early_is_not_kept(cached: Cached) -> None:
    cached.read(pieces=1)
    assert list((cached.folder / "corps").iterdir()) == []
    assert cached.read() == BIG
    assert cached.meter.unchanged == 0


def test_a_transfer_that_broke_is_whole_but_not_kept(cached: Cached, portal: Portal) -> None:
    portal.faults = [faces.cut(times=1)]
    with pytest.raises(WebError):
        cached.read()
    assert list((cached.folder / "corps").iterdir()) == []


@pytest.mark.parametrize("path", ["/", "/file"])
def test_a_damaged_body_is_asked_again(cached: Cached, path: str) -> None:
    cached.read(path)
    for body in (cached.folder / "corps").iterdir():
        body.write_bytes(b"x" * len(BIG))
    with sqlite3.connect(cached.folder / NAME) as base:
        base.execute("update corps set contenu = x'39' where contenu is not null")
    base.close()
    assert cached.read(path) == (BIG if path == "/file" else b"1")
    assert cached.meter.requests == 2
    assert cached.meter.unchanged == 0


def test_a_lost_body_is_asked_again(cached: Cached) -> None:
    cached.read()
    for body in (cached.folder / "corps").iterdir():
        body.unlink()
    assert cached.read() == BIG


def test_a_damaged_cache_starts_anew(cached: Cached) -> None:
    cached.get()
    (cached.folder / NAME).write_bytes(b"not a database" * 1000)
    assert cached.get() == 1
    assert cached.get() == 1
    assert cached.meter.unchanged == 1


def test_an_unusable_folder_is_told(cached: Cached, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("un fichier")
    with pytest.raises(Breakdown, match="où garder les réponses, est inutilisable"):
        cached.get()


def test_the_cache_is_bounded_and_the_least_used_go_first(cached: Cached, face: Number) -> None:
    cached.most = len(BIG) + 2
    for face.value, path in enumerate(("/?old", "/?useful", "/?other", "/?useful")):
        cached.get(path)
        cached.now += 1
    cached.read()
    seen = {}
    for path in ("/?useful", "/?old"):
        cached.get(path)
        seen[path] = cached.meter.unchanged
    assert seen == {"/?useful": 1, "/?old": 0}
    assert size(cached.folder) <= cached.most


def test_what_nothing_names_any_more_leaves_the_disk(cached: Cached) -> None:
    cached.read()
    cached.now += 1
    cached.most = 10
    cached.get()
    assert list((cached.folder / "corps").iterdir()) == []
    assert size(cached.folder) == 1


def test_what_a_dead_process_left_is_swept(cached: Cached) -> None:
    cached.get()
    old, young = (cached.folder / "corps" / f"{PARTIAL}{name}" for name in ("old", "young"))
    old.write_bytes(b"x")
    young.write_bytes(b"x")
    os.utime(old, (1e9, 1e9))
    cached.get()
    assert (old.exists(), young.exists()) == (False, True)


def test_two_harvests_share_a_cache(cached: Cached, portal: Portal) -> None:
    with Shelf(cached.folder):
        assert cached.get() == 1
        assert cached.get() == 1
    assert cached.meter.unchanged == 1


def size(folder: Path) -> int:
    with sqlite3.connect(folder / NAME) as base:
        [total] = base.execute("select sum(taille) from corps").fetchone()
    base.close()
    return int(total)
