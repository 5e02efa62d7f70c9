"""Releases and their assets on GitHub's face."""

from __future__ import annotations

import hashlib
from typing import Any

from observatoire.demo.faces import Answer
from observatoire.demo.forge.calls import Refusal, Routes, reply
from observatoire.demo.forge.github import shapes
from observatoire.demo.forge.github.account import REPO
from observatoire.demo.forge.github.database import commit_of
from observatoire.demo.forge.records import File, Release
from observatoire.demo.forge.visit import Visit

ROUTES = Routes()
MANY = REPO + "/releases"
ONE = MANY + "/{id}"
TAGS = "refs/tags/"


def _asset(visit: Visit, file: File, release: Release) -> dict[str, Any]:
    page = f"{shapes.web(visit)}/releases/download/{release.tag}/{file.name}"
    return {
        "url": f"{shapes.api(visit)}/releases/assets/{file.id}",
        "id": file.id,
        "node_id": f"RA_{file.id}",
        "name": file.name,
        "label": "",
        "content_type": file.kind,
        "state": file.state,
        "size": len(file.content),
        "digest": f"sha256:{hashlib.sha256(file.content).hexdigest()}",
        "download_count": 0,
        "created_at": release.created,
        "updated_at": release.created,
        "uploader": shapes.account(visit, release.author),
        "browser_download_url": page,
    }


def _release(visit: Visit, one: Release) -> dict[str, Any]:
    base = f"{shapes.api(visit)}/releases/{one.id}"
    uploads = base.replace("/api/v3/", "/api/uploads/")
    archive = f"{shapes.api(visit)}/{{}}/{one.tag}"
    return {
        "url": base,
        "assets_url": f"{base}/assets",
        "upload_url": uploads + "/assets{?name,label}",
        "html_url": f"{shapes.web(visit)}/releases/tag/{one.tag}",
        "id": one.id,
        "node_id": f"RE_{one.id}",
        "tag_name": one.tag,
        "target_commitish": one.target or visit.store.main,
        "name": one.name,
        "body": one.body,
        "draft": one.draft,
        "prerelease": False,
        "created_at": one.created,
        "published_at": one.created,
        "author": shapes.account(visit, one.author),
        "assets": [_asset(visit, f, one) for f in one.files],
        "tarball_url": archive.format("tarball"),
        "zipball_url": archive.format("zipball"),
    }


@ROUTES.on("GET", MANY)
def list_releases(visit: Visit) -> Answer:
    """The releases, newest first."""
    return shapes.listed(visit, [_release(visit, r) for r in reversed(visit.store.releases)])


@ROUTES.on("POST", MANY)
def create_release(visit: Visit) -> Answer:
    """A new release; it makes its tag where it is told."""
    fields, store = visit.fields, visit.store
    tag = fields.get("tag_name") or ""
    if not tag or any(r.tag == tag and not r.draft for r in store.releases):
        raise shapes.invalid("Release", "already_exists" if tag else "tag_name can't be blank")
    target = fields.get("target_commitish") or store.main
    draft = bool(fields.get("draft"))
    if not draft:
        _tag(visit, tag, target)
    made = Release(
        id=store.number(),
        tag=tag,
        name=fields.get("name") or tag,
        body=fields.get("body") or "",
        author=visit.who,
        created=store.moment(),
        target=target,
        draft=draft,
    )
    store.releases.append(made)
    return reply(201, _release(visit, made))


def _tag(visit: Visit, tag: str, target: str) -> None:
    """A release that is published makes its tag, if there is none."""
    if visit.store.repo.resolve(TAGS + tag) is None:
        visit.store.repo.update_ref(TAGS + tag, commit_of(visit, target), "")


def _public(visit: Visit) -> list[Release]:
    return [r for r in visit.store.releases if not r.draft]


@ROUTES.on("GET", MANY + "/latest")
def latest_release(visit: Visit) -> Answer:
    """The last release."""
    if not _public(visit):
        raise Refusal(404, {"message": "Not Found", "status": "404"})
    return reply(200, _release(visit, _public(visit)[-1]))


@ROUTES.on("GET", MANY + "/tags/{tag}")
def release_of_tag(visit: Visit, tag: str) -> Answer:
    """The release of a tag."""
    return reply(200, _release(visit, visit.found(_public(visit), tag=tag)))


@ROUTES.on("GET", ONE)
def get_release(visit: Visit, id: str) -> Answer:
    """A release."""
    return reply(200, _release(visit, visit.found(visit.store.releases, id=id)))


@ROUTES.on("PATCH", ONE)
def update_release(visit: Visit, id: str) -> Answer:
    """A release, changed."""
    release = visit.found(visit.store.releases, id=id)
    release.name = visit.fields.get("name") or release.name
    release.body = visit.fields.get("body") or release.body
    if release.draft and visit.fields.get("draft") is False:
        _tag(visit, release.tag, release.target)
        release.draft = False
    return reply(200, _release(visit, release))


@ROUTES.on("GET", ONE + "/assets")
def list_assets(visit: Visit, id: str) -> Answer:
    """The files of a release."""
    release = visit.found(visit.store.releases, id=id)
    return shapes.listed(visit, [_asset(visit, f, release) for f in release.files])


@ROUTES.on("DELETE", MANY + "/assets/{id}")
def delete_asset(visit: Visit, id: str) -> Answer:
    """A file of a release, gone."""
    for release in visit.store.releases:
        release.files = [f for f in release.files if str(f.id) != id]
    return reply(204)


@ROUTES.on("POST", ONE + "/assets")
def upload_asset(visit: Visit, id: str) -> Answer:
    """A new file of a release; a name serves once."""
    release = visit.found(visit.store.releases, id=id)
    name = visit.query.get("name", "")
    if not name or any(f.name == name for f in release.files):
        raise shapes.invalid("ReleaseAsset", "already_exists" if name else "name is missing")
    kind = visit.call.headers.get("content-type", "application/octet-stream")
    made = File(visit.store.number(), name, visit.call.body, kind=kind)
    release.files.append(made)
    return reply(201, _asset(visit, made, release))
