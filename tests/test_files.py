"""Files from a folder, from memory, and with changes laid over."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from observatoire import files
from observatoire.files import Folder, Memory, Overlay
from observatoire.model import Malformed


def test_a_folder_reads_and_lists_its_files(tmp_path: Path) -> None:
    (tmp_path / "data" / "b").mkdir(parents=True)
    (tmp_path / "data" / "b" / "x.csv").write_bytes(b"1")
    (tmp_path / "data" / "a.csv").write_bytes(b"2")
    folder = Folder(tmp_path)
    assert folder.names("data") == ["data/a.csv", "data/b/x.csv"]
    assert folder.read("data/a.csv") == b"2"
    assert folder.read("data/none.csv") is None
    assert folder.read("data/a.csv/under") is None
    assert folder.names("nowhere") == []


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.csv").open("wb") as out:
        out.truncate(1 << 30)
    with pytest.raises(Malformed, match="dépasse 512 Mo"):
        Folder(tmp_path).read("huge.csv")
    stream = Folder(tmp_path).open("huge.csv")
    assert stream is not None
    with stream:
        assert stream.read(1) == b"\0"


def test_memory_lists_only_what_is_under_the_folder() -> None:
    memory = Memory({"data/a.csv": b"", "database/b.csv": b"", "data/c/d.csv": b""})
    assert memory.names("data") == ["data/a.csv", "data/c/d.csv"]
    assert memory.read("nothing") is None


def test_every_kind_of_files_lists_its_root_whole(tmp_path: Path) -> None:
    held = Memory({"a.csv": b"1", "data/b.csv": b"2"})
    files.write(tmp_path, held)
    over = Overlay(Memory({"a.csv": b"1"}), {"data/b.csv": b"2"})

    assert held.names("") == over.names("") == Folder(tmp_path).names("") == [*held]


def test_an_overlay_shows_changed_added_and_deleted_files() -> None:
    below = Memory({"data/a.csv": b"1", "data/b.csv": b"2"})
    over = Overlay(below, {"data/a.csv": None, "data/b.csv": b"3", "data/c.csv": b"4", "x": b"5"})
    assert over.names("data") == ["data/b.csv", "data/c.csv"]
    assert (over.read("data/a.csv"), over.read("data/b.csv")) == (None, b"3")
    assert over.read("x") == b"5"


def test_only_what_changes_a_byte_is_written(tmp_path: Path) -> None:
    (tmp_path / "same").write_bytes(b"1")
    (tmp_path / "gone").write_bytes(b"2")
    before = (tmp_path / "same").stat().st_mtime_ns
    changes = {"same": b"1", "gone": None, "new/deep": b"3", "never": None}
    assert files.write(tmp_path, changes) == ["gone", "new/deep"]
    assert not (tmp_path / "gone").exists()
    assert (tmp_path / "new" / "deep").read_bytes() == b"3"
    assert (tmp_path / "same").stat().st_mtime_ns == before


def test_writing_keeps_the_mode_of_a_file_and_leaves_no_trace(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_bytes(b"1")
    target.chmod(0o640)
    files.write(tmp_path, {"a": b"2"})
    assert target.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.write(tmp_path, {"a": b"new"})
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a", b"old")]


def test_walking_gives_the_content_of_matching_files() -> None:
    memory = Memory({"d/a.csv": b"1", "d/b.json": b"2"})
    assert list(files.walk(memory, "d", ".csv")) == [("d/a.csv", b"1")]


def test_walking_leaves_out_a_file_that_went_meanwhile() -> None:
    class Leaving(Memory):
        def read(self, path: str) -> bytes | None:
            return None if path == "d/a.csv" else super().read(path)

    memory = Leaving({"d/a.csv": b"1", "d/b.csv": b"2"})
    assert list(files.walk(memory, "d", ".csv")) == [("d/b.csv", b"2")]


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "le disque est plein"),
        (FileNotFoundError(errno.ENOENT, "No such file"), "ce fichier n'existe pas"),
        (OSError(errno.ELOOP, "Too many levels"), "Too many levels"),
        (OSError(), ""),
    ],
)
def test_what_the_system_refuses_is_said_in_french_where_it_is_usual(
    problem: OSError, said: str
) -> None:
    assert files.why(problem) == said


def test_the_names_are_those_that_a_walk_finds(tmp_path: Path) -> None:
    for name in ("b/c.csv", "b/d/e.csv", "a.csv", "b-a.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "b" / "nowhere").symlink_to(tmp_path / "none")
    (tmp_path / "b" / "link.csv").symlink_to(tmp_path / "a.csv")
    (tmp_path / "again").symlink_to(tmp_path / "b")
    for folder in ("", "b", "b/", "b/d", "none", "a.csv"):
        walked = (tmp_path / folder).rglob("*")
        found = sorted(p.relative_to(tmp_path).as_posix() for p in walked if p.is_file())
        assert Folder(tmp_path).names(folder) == found
