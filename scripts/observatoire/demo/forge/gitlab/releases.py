"""Releases, their links, and generic packages on GitLab's face."""

from __future__ import annotations

import hashlib
from typing import Any

from observatoire.demo.faces import Answer
from observatoire.demo.forge.calls import Refusal, Routes, reply
from observatoire.demo.forge.gitlab import shapes
from observatoire.demo.forge.gitlab.repository import TAGS, make_tag
from observatoire.demo.forge.records import File, Release
from observatoire.demo.forge.visit import Visit

ROUTES = Routes()
MANY = "/projects/{project}/releases"
PACKAGE = "/projects/{project}/packages/generic/{name}/{version}/{file*}"


@ROUTES.on("GET", MANY)
def list_releases(visit: Visit) -> Answer:
    """The releases, newest first."""
    return shapes.listed(visit, [shapes.release(visit, r) for r in reversed(visit.store.releases)])


@ROUTES.on("POST", MANY)
def create_release(visit: Visit) -> Answer:
    """A new release; it makes its tag if it is told where."""
    (tag,) = visit.required("tag_name")
    store, fields = visit.store, visit.fields
    if any(r.tag == tag for r in store.releases):
        raise Refusal(409, {"message": "Release already exists"})
    if store.repo.resolve(TAGS + tag) is None:
        if not fields.get("ref"):
            raise Refusal(422, {"message": "Ref is not specified"})
        make_tag(visit, tag, fields["ref"], fields.get("tag_message") or "")
    made = Release(
        id=store.number(),
        tag=tag,
        name=fields.get("name") or tag,
        body=fields.get("description") or "",
        author=visit.who,
        created=fields.get("released_at") or store.moment(),
        target=fields.get("ref") or "",
    )
    for link in (fields.get("assets") or {}).get("links") or ():
        _link(visit, made, link)
    store.releases.append(made)
    return reply(201, shapes.release(visit, made))


def _link(visit: Visit, release: Release, link: dict[str, Any]) -> File:
    if any(f.name == link["name"] or f.url == link["url"] for f in release.files):
        raise Refusal(400, {"message": {"name": ["has already been taken"]}})
    path = link.get("direct_asset_path") or link.get("filepath") or ""
    kind = link.get("link_type") or "other"
    made = File(visit.store.number(), link["name"], url=link["url"], path=path, kind=kind)
    release.files.append(made)
    return made


@ROUTES.on("GET", MANY + "/permalink/latest")
def latest_release(visit: Visit) -> Answer:
    """The last release, where it is."""
    if not visit.store.releases:
        raise Refusal(404, {"message": "404 Not found"})
    place = visit.call.path.replace("permalink/latest", visit.store.releases[-1].tag)
    return reply(302, Location=visit.call.base + place)


@ROUTES.on("GET", MANY + "/{tag}")
def get_release(visit: Visit, tag: str) -> Answer:
    """A release."""
    return reply(200, shapes.release(visit, visit.found(visit.store.releases, tag=tag)))


@ROUTES.on("PUT", MANY + "/{tag}")
def update_release(visit: Visit, tag: str) -> Answer:
    """A release, changed."""
    release = visit.found(visit.store.releases, tag=tag)
    release.name = visit.fields.get("name", release.name)
    release.body = visit.fields.get("description", release.body)
    return reply(200, shapes.release(visit, release))


@ROUTES.on("DELETE", MANY + "/{tag}")
def delete_release(visit: Visit, tag: str) -> Answer:
    """A release, gone; its tag stays."""
    release = visit.found(visit.store.releases, tag=tag)
    visit.store.releases.remove(release)
    return reply(200, shapes.release(visit, release))


@ROUTES.on("GET", MANY + "/{tag}/downloads/{path*}")
def download(visit: Visit, tag: str, path: str) -> Answer:
    """Where an asset is."""
    release = visit.found(visit.store.releases, tag=tag)
    return reply(302, Location=visit.found(release.files, path=f"/{path}").url)


@ROUTES.on("GET", MANY + "/{tag}/assets/links")
def list_links(visit: Visit, tag: str) -> Answer:
    """The links of a release."""
    release = visit.found(visit.store.releases, tag=tag)
    return shapes.listed(visit, shapes.release(visit, release)["assets"]["links"])


@ROUTES.on("POST", MANY + "/{tag}/assets/links")
def create_link(visit: Visit, tag: str) -> Answer:
    """A new link of a release."""
    release = visit.found(visit.store.releases, tag=tag)
    visit.required("name", "url")
    _link(visit, release, visit.fields)
    return reply(201, shapes.release(visit, release)["assets"]["links"][-1])


@ROUTES.on("PUT", PACKAGE)
def upload_package(visit: Visit, name: str, version: str, file: str) -> Answer:
    """A file of a package; the same one again is one more, and the last one is given."""
    made = File(visit.store.number(), file, visit.call.body)
    visit.store.packages.setdefault((name, version), []).append(made)
    if visit.query.get("select") == "package_file":
        digest = hashlib.sha256(made.content).hexdigest()
        held = {"file": {"url": None}, "file_name": file, "file_sha256": digest}
        return reply(201, {"id": made.id, "package_id": 1, "size": len(made.content), **held})
    return reply(201, {"message": "201 Created"})


@ROUTES.on("GET", PACKAGE)
def download_package(visit: Visit, name: str, version: str, file: str) -> Answer:
    """A file of a package."""
    files = visit.store.packages.get((name, version), [])[::-1]
    return Answer(200, visit.found(files, name=file).content, "application/octet-stream")


@ROUTES.on("HEAD", PACKAGE)
def head_package(visit: Visit, name: str, version: str, file: str) -> Answer:
    """Whether a package has a file."""
    return download_package(visit, name, version, file)
