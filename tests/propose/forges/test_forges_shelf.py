"""Versions on each forge: shown once, whole, never rewritten; a run cut anywhere is resumed."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable, Mapping, Sequence

import forges_stage as stages
import pytest
from forges_stage import Local, Online, Stage

from observatoire.demo.faces import Answer, Fault
from observatoire.demo.forge.faults import Trouble
from observatoire.demo.forge.records import File
from observatoire.model import Breakdown
from observatoire.propose.forges import ForgeError
from observatoire.propose.forges.shelf import Announcement, Posted, Shelf, shelf_of
from observatoire.publish.posting import post

KINDS = ("local", "gitlab", "github", "push")
WISH = Announcement("v1.0.0", "Version v1.0.0 du registre", "Première version publiée.\n")
FILES = {
    "registre.zip": b"PK\x03\x04 archive",
    "registre.xlsx": b"PK\x03\x04 workbook",
    "SHA256SUMS": b"0000  registre.zip\n",
}


def tag(stage: Stage) -> None:
    """The tag is on the forge before the release."""
    stage.bare.run("tag", WISH.tag, "refs/heads/main")


def shelf(stage: Stage) -> Shelf:
    found = shelf_of(stage.fresh().forge)
    assert found is not None
    return found


def shown(stage: Stage) -> dict[str, dict[str, bytes]]:
    """What readers see: the files by version."""
    if isinstance(stage, Local):
        folder = stage.forge.folder / "versions"
        return {
            p.parent.name: {f.name: f.read_bytes() for f in p.parent.iterdir() if f != p}
            for p in folder.glob("*/version.json")
        }
    assert isinstance(stage, Online)
    store = stage.fictive.store
    return {
        r.tag: {f.name: f.content or linked(stage, f) for f in r.files}
        for r in store.releases
        if not r.draft
    }


def linked(stage: Online, file: File) -> bytes:
    """Behind a link: only addresses of this very forge."""
    assert file.url.startswith(stage.fictive.url)
    with urllib.request.urlopen(file.url) as answer:
        content: bytes = answer.read()
    return content


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


every = pytest.mark.parametrize("kind", KINDS, indirect=True)


@every
def test_a_version_is_shown_with_its_files(stage: Stage) -> None:
    tag(stage)
    posted = post(shelf(stage), WISH, FILES)

    assert shown(stage) == {"v1.0.0": FILES}
    assert posted.place.endswith("v1.0.0")


@every
def test_posting_twice_is_posting_once(stage: Stage) -> None:
    tag(stage)
    first = post(shelf(stage), WISH, FILES)

    assert post(shelf(stage), WISH, FILES) == first
    assert shown(stage) == {"v1.0.0": FILES}


@every
def test_a_version_that_is_there_is_never_rewritten(stage: Stage) -> None:
    tag(stage)
    post(shelf(stage), WISH, FILES)

    with pytest.raises(Breakdown, match=r"un autre contenu sous ce nom : registre\.zip"):
        post(shelf(stage), WISH, FILES | {"registre.zip": b"other"})
    assert shown(stage) == {"v1.0.0": FILES}


@every
def test_the_words_of_a_version_that_is_shown_stay(stage: Stage) -> None:
    tag(stage)
    post(shelf(stage), WISH, FILES)
    other = Announcement(WISH.tag, "Un autre titre", "Un autre texte.\n")
    post(shelf(stage), other, FILES)

    if isinstance(stage, Online):
        assert [r.name for r in stage.fictive.store.releases] == [WISH.title]
    else:
        assert "Un autre" not in (
            stage.forge.folder / "versions/v1.0.0/version.json"  # type: ignore[attr-defined]
        ).read_text("utf-8")


class Cut(Exception):
    """The run dies here."""


class Dying:
    """A shelf whose ``nth`` call dies, before or after its work."""

    def __init__(self, shelf: Shelf, nth: int, *, after: bool) -> None:
        self.shelf, self.left, self.after = shelf, nth, after
        self.title = shelf.title

    def _step(self, work: Callable[[], object]) -> object:
        self.left -= 1
        if self.left == 0 and not self.after:
            raise Cut
        done = work()
        if self.left == 0:
            raise Cut
        return done

    def held(self, tag: str, names: Sequence[str]) -> Mapping[str, str]:
        return self._step(lambda: self.shelf.held(tag, names))  # type: ignore[return-value]

    def begin(self, wish: Announcement) -> None:
        self._step(lambda: self.shelf.begin(wish))

    def put(self, tag: str, name: str, content: bytes) -> None:
        self._step(lambda: self.shelf.put(tag, name, content))

    def finish(self, wish: Announcement, names: Sequence[str]) -> Posted:
        return self._step(lambda: self.shelf.finish(wish, names))  # type: ignore[return-value]


@every
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("nth", range(1, len(FILES) + 4))
def test_a_run_cut_at_any_step_is_resumed_as_one_version(
    stage: Stage, nth: int, after: bool
) -> None:
    tag(stage)
    with pytest.raises(Cut):
        post(Dying(shelf(stage), nth, after=after), WISH, FILES)
    seen = shown(stage)
    post(shelf(stage), WISH, FILES)

    assert seen in ({}, {"v1.0.0": FILES})
    assert shown(stage) == {"v1.0.0": FILES}
    if isinstance(stage, Online):
        assert len(stage.fictive.store.releases) == 1


def breaks(call: object, answer: Answer) -> Answer:
    return Answer(500, b"{}")


@pytest.mark.parametrize(
    ("kind", "method"),
    [
        ("gitlab", "PUT"),
        ("gitlab", "POST"),
        ("push", "PUT"),
        ("github", "POST"),
        ("github", "PATCH"),
    ],
    indirect=["kind"],
)
def test_an_answer_lost_after_the_work_is_made_up_for_by_the_next_run(
    stage: Online, method: str
) -> None:
    tag(stage)
    stage.fictive.troubles.append(Trouble(Fault(breaks), method))
    with pytest.raises(ForgeError):
        post(shelf(stage), WISH, FILES)
    stage.fictive.troubles.clear()
    post(shelf(stage), WISH, FILES)

    assert shown(stage) == {"v1.0.0": FILES}
    assert len(stage.fictive.store.releases) == 1


@pytest.mark.parametrize("kind", ["gitlab"], indirect=True)
def test_gitlab_gives_each_file_an_address_that_stays(stage: Online) -> None:
    tag(stage)
    posted = post(shelf(stage), WISH, FILES)
    links = {f.name: (f.path, f.kind) for f in stage.fictive.store.releases[0].files}
    address = (
        f"{stage.fictive.url}/api/v4/projects/{stages.PROJECT.replace('/', '%2F')}"
        "/releases/v1.0.0/downloads/registre.zip"
    )
    with urllib.request.urlopen(address) as answer:
        content = answer.read()

    assert links["registre.zip"] == ("/registre.zip", "package")
    assert content == FILES["registre.zip"]
    assert posted.latest.endswith("/-/releases/permalink/latest")


@pytest.mark.parametrize("kind", ["github"], indirect=True)
def test_github_s_readers_see_no_release_before_all_its_files(stage: Online) -> None:
    tag(stage)
    seen: list[int] = []
    real = shelf(stage)

    class Watched(Dying):
        def put(self, tag: str, name: str, content: bytes) -> None:
            real.put(tag, name, content)
            seen.append(len(shown(stage)))

    post(Watched(real, 0, after=True), WISH, FILES)

    assert seen == [0] * len(FILES)
    assert stage.fictive.store.releases[0].files[0].kind == "application/zip"


@pytest.mark.parametrize("kind", ["github"], indirect=True)
def test_a_file_that_github_got_in_part_is_sent_again(stage: Online) -> None:
    tag(stage)
    found = shelf(stage)
    found.begin(WISH)
    found.put(WISH.tag, "registre.zip", b"PK")
    stage.fictive.store.releases[0].files[0].state = "starter"
    post(shelf(stage), WISH, FILES)

    assert shown(stage) == {"v1.0.0": FILES}
