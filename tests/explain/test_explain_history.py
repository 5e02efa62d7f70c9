"""Who wrote which cell: each change goes to the commit that made it, through merges."""

from __future__ import annotations

from pathlib import Path

import pytest

from observatoire import git
from observatoire.explain.history import Sheet, read
from observatoire.explain.model import Touch
from observatoire.git import Person, Repo

ANNE = Person("Anne", "anne@example.org")
ROBOT = Person("Robot", "robot@example.org")
PATH = "data/t.csv"
SHEET = Sheet(PATH, ("siren", "compte"), "1")
KEY = ("1", "a")


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return git.init_bare(tmp_path / "depot.git")


class Story:
    """Commits on main and beside it."""

    def __init__(self, repo: Repo) -> None:
        self.repo = repo
        self.day = 0

    def commit(
        self, content: str | None, *parents: str, who: Person = ANNE, said: str = "à la main"
    ) -> str:
        self.day += 1
        data = None if content is None else f"siren,compte,nb\n{content}".encode()
        tree = self.repo.write_tree(parents[0] if parents else "", {PATH: data})
        return self.repo.commit(tree, parents, said, who, f"2026-01-{self.day:02}")

    def main(self, sha: str) -> None:
        self.repo.update_ref("refs/heads/main", sha, self.repo.resolve("main") or "")


@pytest.fixture
def story(repo: Repo) -> Story:
    return Story(repo)


def told(touches: list[Touch], champ: str = "nb") -> list[tuple[str, str, str, str]]:
    return [(t.avant, t.apres, t.auteur, t.date) for t in touches if t.champ == champ]


def touches(repo: Repo, here: str | None = None, sheet: Sheet = SHEET) -> list[Touch]:
    found = read(repo, sheet)
    now = dict(found.steps)[found.steps[0][0]] if found.steps else {}
    if here is not None:
        now = sheet.rows(f"siren,compte,nb\n{here}".encode())
    return found.touches(KEY, now)


def test_each_change_of_a_cell_has_its_commit(repo: Repo, story: Story) -> None:
    first = story.commit("0,z,9\n1,a,5\n2,b,6\n")
    second = story.commit("0,z,9\n1,a,5\n2,b,7\n", first)
    third = story.commit("1,a,8\n2,b,7\n", second, who=ROBOT)
    story.main(story.commit("1,a,5\n2,b,7\n", third))
    found = touches(repo)
    assert told(found) == [
        ("8", "5", "Anne", "2026-01-04"),
        ("5", "8", "Robot", "2026-01-03"),
        ("", "5", "Anne", "2026-01-01"),
    ]
    assert [(t.acte, t.commit) for t in found if not t.champ] == [("ajout", first)]


def test_a_merge_leads_to_the_commit_inside_and_to_its_request(repo: Repo, story: Story) -> None:
    start = story.commit("1,a,5\n")
    bot = story.commit("1,a,6\n", start, who=ROBOT, said="moisson(x) : 1 correction")
    hand = story.commit("1,a,7\n", bot, who=ANNE, said="non, 7")
    story.main(start)
    beside = story.commit("1,a,5\n2,b,1\n", start)
    said = "Merge branch 'bot'\n\nSee merge request odf/registre!12\n"
    story.main(story.commit("1,a,7\n2,b,1\n", beside, hand, said=said))
    [last, added] = [t for t in touches(repo) if t.champ == "nb"]
    assert (last.avant, last.apres, last.commit, last.message) == ("5", "7", hand, "non, 7")
    assert (last.demande, last.fusion) == ("!12", "Anne, 2026-01-05")
    assert (added.demande, added.fusion) == ("", "")


def test_what_only_the_merge_wrote_is_the_merge_s(repo: Repo, story: Story) -> None:
    start = story.commit("1,a,5\n")
    bot = story.commit("1,a,6\n", start, who=ROBOT)
    main = story.commit("1,a,4\n", start)
    merge = story.commit("1,a,10\n", main, bot, said="Merge pull request #3 from x/y")
    story.main(merge)
    last = touches(repo)[0]
    assert (last.avant, last.apres, last.commit) == ("4", "10", merge)
    assert (last.demande, last.fusion) == ("#3", "")


def test_a_line_is_followed_before_its_account_was_known(repo: Repo, story: Story) -> None:
    first = story.commit("1,,5\n1,b,1\n")
    second = story.commit("1,a,5\n1,b,1\n", first, who=ROBOT)
    story.main(second)
    found = touches(repo)
    assert told(found, "compte") == [("", "a", "Robot", "2026-01-02")]
    assert told(found) == [("", "5", "Anne", "2026-01-01")]


def test_another_account_of_the_same_body_is_another_line(repo: Repo, story: Story) -> None:
    story.main(story.commit("1,a,5\n1,b,1\n", story.commit("1,b,1\n")))
    assert [(t.acte, t.date) for t in touches(repo) if not t.champ] == [("ajout", "2026-01-02")]


def test_a_line_that_left_and_came_back_says_so(repo: Repo, story: Story) -> None:
    one = story.commit("1,a,5\n")
    gone = story.commit("2,b,5\n", one)
    nothing = story.commit(None, gone)
    story.main(story.commit("1,a,6\n", nothing))
    acts = [(t.acte, t.date) for t in touches(repo) if not t.champ]
    assert acts == [("ajout", "2026-01-04"), ("retrait", "2026-01-02"), ("ajout", "2026-01-01")]


def test_a_column_that_an_old_version_lacks_was_empty(repo: Repo, story: Story) -> None:
    tree = repo.write_tree("", {PATH: b"siren,compte\n1,a\n"})
    old = repo.commit(tree, [], "ancien", ANNE, "2025-01-01")
    story.main(story.commit("1,a,\n", old))
    assert told(touches(repo)) == []
    story.main(story.commit("1,a,3\n", repo.resolve("main") or ""))
    assert told(touches(repo)) == [("", "3", "Anne", "2026-01-02")]


def test_a_change_that_git_has_not_is_told_first(repo: Repo, story: Story) -> None:
    story.main(story.commit("1,a,5\n"))
    [now, _] = [t for t in touches(repo, "1,a,9\n") if t.champ == "nb"]
    assert (now.avant, now.apres, now.commit, now.auteur) == ("5", "9", "", "")
    assert now.message == "modification que Git n'a pas encore enregistrée"


def test_without_any_commit_there_is_no_past(tmp_path: Path) -> None:
    assert read(Repo(tmp_path), SHEET).steps == []
