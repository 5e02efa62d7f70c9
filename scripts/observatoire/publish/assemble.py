"""The content of ``publication/`` for a version: every export, described and checked."""

from __future__ import annotations

from collections.abc import Mapping

from observatoire.model import Malformed
from observatoire.publish import checksums, datapackage, exports
from observatoire.publish.datami import contract
from observatoire.publish.draft import FOLDER, Draft


def assemble(draft: Draft, notes: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a version, by path relative to the root; raises Malformed.

    ``notes`` are added as they are. The package and the fingerprints come last: they describe the
    others.
    """
    contents = dict(notes)
    for export in exports.discover():
        contents |= export.export(draft)
    # Hundreds of megabytes at 60,000 organisations, that the checks do not need.
    draft.forget()
    wrong = [
        found
        for found in contract.check(contents, draft.project, draft.tag)
        if found.severity == "erreur"
    ]
    if wrong:
        raise Malformed(*wrong)
    contents[datapackage.NAME] = datapackage.describe(draft, contents)
    contents[checksums.NAME] = checksums.sums(contents)
    return {f"{FOLDER}/{name}": contents[name] for name in sorted(contents)}
