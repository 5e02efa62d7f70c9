"""The harvest of 500 portals: against the floor that politeness sets, against `requests`.

Usage: python benchmarks/harvest.py [PORTALS]   (default: 500)

Each answer takes 100 to 300 ms. Four works: 3 endpoints x 5 pages of JSON per portal (the engine
alone); a real harvest by the connectors, all technologies in turn, from portals that give 20
datasets at once (5 pages where the software has pages); the same from portals that give all that
they are asked; the bulk files of data.gouv.fr. The floor is the longest time that a single portal
takes when it is asked one thing at a time (or two). The portals run in a process of their own; each
client in its own too, its imports not counted. `requests` asks the very addresses that we asked,
and reads the JSON without counting anything; it is measured on some of the portals, and its time is
brought to all of them. A busy machine weighs on durations and CPU: compare with `requests`.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from observatoire.demo.fleet import CATALOGUE, FASTEST, SLOWEST, Fleet, Ship
from observatoire.screen import Screen

ENDPOINTS, PAGES = ("datasets", "organizations", "reuses"), 5
EACH = len(ENDPOINTS) * PAGES
THREADS = 32
SOME = 3 * THREADS
FEWER = 8
TECHNOS = ("opendatasoft", "ckan", "arcgis-hub", "data-fair", "data4citizen", "dkan", "udata")
REPEATS = 3
SHORT, DATASETS = 20, 100
"""Datasets at once, and in all, of a portal with pages."""

GOAL_FLOOR, GOAL_PAGE, GOAL_POOL, GOAL_WARM = 1.3, 0.3, 8, 1.35
"""Goals of performance.md, section 3: times the floor, ms of CPU a page, times the pool."""

BIG = 75_000
DAY = date(2026, 11, 23)
ROOT = Path(__file__).parents[1]
SCREEN = Screen(sys.stdout, sys.stderr)

Job = Callable[[list[str], int, str], int]
"""Asks the portals, so many at once for each, with a folder for the cache ("" without one);
gives the number of requests."""


def engine(urls: list[str], per_host: int, cache: str) -> int:
    """Our own client on plain pages."""
    from observatoire.web import Clock, Shelf, Shelves, Web, metered

    async def endpoint(web: Web, url: str) -> None:
        for page in range(PAGES):
            await web.get_json(url, {"page": page})

    async def work(shelf: Shelf | None) -> None:
        shelves = Shelves(cache=shelf)
        async with Web(allowed=urls, per_host=per_host, clock=Clock(), shelves=shelves) as web:
            await asyncio.gather(*(endpoint(web, f"{u}/api/{e}") for u in urls for e in ENDPOINTS))

    with ExitStack() as stack, metered() as meter:
        asyncio.run(work(stack.enter_context(Shelf(Path(cache))) if cache else None))
        return meter.requests


def connectors(urls: list[str], per_host: int, cache: str) -> int:  # noqa: ARG001
    """The whole harvest, connectors included, nothing written."""
    technos = islice(cycle(TECHNOS), len(urls))
    return _harvest(
        [
            {"id": f"p{n}", "techno": techno, "url": f"https://p{n}.exemple.fr", "url_api": url}
            for n, (techno, url) in enumerate(zip(technos, urls, strict=True))
        ],
        cache,
    )


def catalogue(urls: list[str], per_host: int, cache: str) -> int:  # noqa: ARG001
    """data.gouv.fr by its bulk files."""
    [url] = urls
    page = "https://www.data.gouv.fr"
    return _harvest([{"id": "p", "techno": "udata", "url": page, "url_api": url}], cache)


def _harvest(platforms: list[dict[str, str]], cache: str) -> int:
    from observatoire import harvest
    from observatoire.files import Folder
    from observatoire.register import Register
    from observatoire.web import Shelf, Shelves

    named = [{**p, "nom": p["id"], "statut": "active"} for p in platforms]
    chosen = harvest.targets(named, bases={p["id"]: p["url_api"] for p in platforms})
    with ExitStack() as stack:
        shelf = stack.enter_context(Shelf(Path(cache))) if cache else None
        register = Register(Folder(ROOT))
        outcomes = harvest.gather(register, chosen, DAY, shelves=Shelves(cache=shelf))
    errors = [o.error for o in outcomes if o.error]
    if errors or len(outcomes) != len(platforms):
        raise SystemExit(f"{len(errors)} failures of {len(outcomes)}: {errors[:3]}")
    return sum(o.cost.requests for o in outcomes)


def pool(urls: list[str], per_host: int, cache: str) -> int:  # noqa: ARG001
    """`requests` in 32 threads, each with its session, one portal after the other."""
    with ThreadPoolExecutor(THREADS) as threads:
        return sum(threads.map(_one_portal, urls))


def sequential(urls: list[str], per_host: int, cache: str) -> int:  # noqa: ARG001
    """`requests`, one thing after the other."""
    return sum(map(_one_portal, urls))


def asked_again(urls: list[str], per_host: int, cache: str) -> int:  # noqa: ARG001
    """`requests` in 32 threads, on the very addresses that the connectors asked."""
    portals: dict[str, list[str]] = {}
    for url in urls:
        portals.setdefault(url.split("/")[2], []).append(url)
    with ThreadPoolExecutor(THREADS) as threads:
        return sum(threads.map(_all, portals.values()))


def _one_portal(url: str) -> int:
    return _all([f"{url}/api/{e}?page={page}" for e in ENDPOINTS for page in range(PAGES)])


def _all(urls: Sequence[str]) -> int:
    import requests

    with requests.Session() as session:
        for url in urls:
            answer = session.get(url, timeout=60)
            if answer.ok:
                answer.json()
    return len(urls)


def nowhere(_: int) -> str:
    """No cache."""
    return ""


JOBS: dict[str, Job] = {
    f.__name__: f for f in (engine, connectors, pool, sequential, asked_again, catalogue)
}


def child(job: str, per_host: int, cache: str) -> None:
    """Measure one client in this process; its portals come on standard input."""
    import observatoire.harvest
    import observatoire.web

    if job in {"pool", "sequential", "asked_again"}:
        import requests  # noqa: F401
    else:
        observatoire.harvest.targets([])
    urls = json.load(sys.stdin)
    before, start = time.process_time(), time.perf_counter()
    count = JOBS[job](urls, per_host, cache)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    cpu = time.process_time() - before
    print(json.dumps({"requests": count, "wall": seconds, "cpu": cpu, "peak": peak}))  # noqa: T201


def best(fleet: Fleet, job: str, per_host: int, cache: Callable[[int], str]) -> Any:
    """The quickest of some runs: others may be at work on the machine."""
    runs = [measure(fleet, job, per_host, cache(n)) for n in range(REPEATS)]
    return min(runs, key=lambda found: found["wall"])


def measure(
    fleet: Fleet, job: str, per_host: int = 1, cache: str = "", urls: Sequence[str] = ()
) -> Any:
    """One client in a process of its own, and the floor that its portals set."""
    urls = urls or fleet.urls
    fleet.reckon()
    done = subprocess.run(
        [sys.executable, __file__, "--enfant", job, str(per_host), cache],
        input=json.dumps(urls),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])
    found = json.loads(done.stdout)
    fleet.reckon()
    floor = max(fleet.waited) / per_host
    scale = len(fleet.urls) / len([w for w in fleet.waited if w])
    return {**found, "floor": floor, "scaled": found["wall"] * scale, "server": fleet.cpu}


def line(name: str, found: Any, ours: Any | None = None) -> None:
    """One line of the table."""
    per_page = found["cpu"] / found["requests"] * 1000
    times = f"{found['scaled'] / ours['wall']:>8.1f}x" if ours else f"{'':>9}"
    against = f"{found['wall'] / found['floor']:>8.2f}x" if not ours else f"{'':>9}"
    SCREEN.say(
        f"{name:<40} {found['scaled']:>9.2f} s {found['floor']:>8.2f} s {against} {times}"
        f" {found['cpu']:>7.2f} s {per_page:>7.3f} ms {found['peak']:>5} MB"
        f" {found['server']:>7.2f} s"
    )


def harvest_all(size: int, datasets: int, page: int) -> None:
    """A harvest by the connectors, cold and warm, and the same addresses by `requests`."""
    ships = [Ship(t, datasets, page) for t in islice(cycle(TECHNOS), size)]
    with tempfile.TemporaryDirectory() as folder, Fleet(ships) as fleet:
        count = sum(s.datasets for s in ships)
        how = f"{page} à la fois" if page else "tous à la fois"
        SCREEN.say(f"Moisson de {count} jeux, {how}, par les connecteurs : {', '.join(TECHNOS)}")
        ours = best(fleet, "connectors", 1, nowhere)
        asked = fleet.asked[: min(size, SOME)]
        warm = best(fleet, "connectors", 1, lambda _: f"{folder}/kept")
        for name, found in (("connecteurs", ours), ("connecteurs, cache plein", warm)):
            line(name, found)
            SCREEN.say(f"  soit {found['cpu'] / count * 1e6:.0f} µs de CPU par jeu de données")
        peer = measure(fleet, "asked_again", urls=[url for found in asked for url in found])
        line(f"requests, 32 fils ({len(asked)} portails)", peer, ours)


def main(size: int) -> None:
    """The tables."""
    SCREEN.say(
        f"{size} portails, {FASTEST * 1000:.0f} à {SLOWEST * 1000:.0f} ms par réponse ;"
        f" {os.cpu_count()} cœurs, charge {os.getloadavg()[0]:.1f}"
    )
    header = f"{'':<40} {'durée':>11} {'plancher':>10} {'/plancher':>9} {'nous, ×':>9}"
    SCREEN.say(f"{header} {'CPU':>9} {'par page':>10} {'pic':>8} {'serveur':>9}")
    with tempfile.TemporaryDirectory() as folder, Fleet([Ship("")] * size) as fleet:
        SCREEN.say(f"Pages JSON : {EACH} par portail (le meilleur de {REPEATS} essais)")
        ours = best(fleet, "engine", 1, nowhere)
        line("moteur, 1 requête à la fois", ours)
        line("moteur, 2 à la fois", best(fleet, "engine", 2, nowhere))
        line("moteur, cache vide", best(fleet, "engine", 1, lambda n: f"{folder}/{n}"))
        line("moteur, cache plein (304)", best(fleet, "engine", 1, lambda _: f"{folder}/0"))
        some = min(size, SOME)
        pool = measure(fleet, "pool", urls=fleet.urls[:some])
        line(f"requests, 32 fils ({some} portails)", pool, ours)
        few = min(size, FEWER)
        slow = measure(fleet, "sequential", urls=fleet.urls[:few])
        line(f"requests, à la suite ({few} portails)", slow, ours)
    SCREEN.say(
        f"  buts : {GOAL_FLOOR} x le plancher, {GOAL_PAGE} ms de CPU par page, {GOAL_POOL} x les 32"
        f" fils, 80 Mo et la plus grande réponse, {GOAL_WARM} x le plancher quand rien n'a changé"
    )
    harvest_all(size, DATASETS, SHORT)
    harvest_all(size, 2 * DATASETS, 0)
    ship = Ship(CATALOGUE, BIG)
    with tempfile.TemporaryDirectory() as folder, Fleet([ship]) as fleet:
        SCREEN.say(f"Le catalogue de data.gouv.fr : {BIG} jeux, trois fichiers")
        line("sans cache", measure(fleet, "catalogue"))
        line("cache vide", measure(fleet, "catalogue", 1, folder))
        kept_bytes = sum(p.stat().st_size for p in Path(folder).rglob("*"))
        SCREEN.say(f"  gardé : {kept_bytes / 1e6:.0f} Mo")
        line("cache plein", measure(fleet, "catalogue", 1, folder))


if __name__ == "__main__":
    words: Sequence[str] = sys.argv[1:]
    if words[:1] == ["--enfant"]:
        child(words[1], int(words[2]), words[3])
    else:
        main(int(words[0]) if words else 500)
