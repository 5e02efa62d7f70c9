"""Where a seat stands: batch geocoding by the Géoplateforme, for organisations on no map yet.

https://data.geopf.fr/geocodage/openapi ; a point is kept only where the service is sure enough
(0.6) and finds the commune that is expected: it answers « ok » to bad matches too. Empty cells
are filled, unless a person locked them; nothing is overwritten.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from observatoire.cells import decimal
from observatoire.files import Changes, differing
from observatoire.french import counted
from observatoire.lookups import Header, Outcome, Visit
from observatoire.model import Key, Row, SourceError
from observatoire.reconcile.vetoes import vetoes
from observatoire.register import Register, path_of
from observatoire.table import apply_rows

LOOKUP = Header(
    id="geocodage",
    title="Géocodage de la Géoplateforme",
    base="https://data.geopf.fr/geocodage",
    licence="Licence Ouverte 2.0",
    cadence="hebdomadaire",
)

SURE = 0.6
ASKED = ("siren", "adresse", "insee")
GIVEN = ("latitude", "longitude", "result_score", "result_citycode", "result_status")
DECIMALS = 6
"""Of a degree: ten centimetres."""

MOST_NORTH, MOST_EAST = 90.0, 180.0

DISTRICTS = (("751", "75056"), ("6938", "69123"), ("132", "13055"))
"""Paris, Lyon and Marseille: the service names the arrondissement, the register the commune."""


@dataclass(frozen=True, slots=True)
class Seat:
    """An address to place, and the INSEE code of the commune where it must be."""

    siren: str
    adresse: str
    commune: str


async def refresh(visit: Visit) -> Outcome:
    """Ask for all the missing places at once; raises SourceError."""
    seats = missing(visit.register, visit.today.isoformat())
    if not seats:
        return Outcome({}, ("Aucune adresse à situer.",))
    url = f"{visit.base}/search/csv"
    body, kind = form(seats)
    reply = await visit.web.post(url, body, {"Content-Type": kind, "Accept": "text/csv"})
    found = places(reply.body, seats, url)
    visit.tick()
    sent, placed = counted(len(seats), "adresse envoyée"), counted(len(found), "située")
    said = [f"{sent}, {placed} avec certitude."]
    said += [f"{s.siren} : « {s.adresse} » reste à situer." for s in seats if s.siren not in found]
    return Outcome(_filled(visit.register, found), tuple(said))


def missing(register: Register, day: str) -> list[Seat]:
    """The organisations without coordinates whose address and commune are known."""
    known = {r["siren"]: r for r in register.table("reference/entreprises").records()}
    communes = register.table(register.resolve("reference/communes"))
    codes = dict(zip(communes.column("siren"), communes.column("code"), strict=True))
    veto = vetoes(register, day)
    seats = []
    for row in register.table("organisations").records():
        siren, annuaire = row["siren"], known.get(row["siren"], {})
        seat = Seat(
            siren,
            row["adresse"] or annuaire.get("adresse", ""),
            codes.get(siren) or annuaire.get("commune", ""),
        )
        wanted = not (row["latitude"] or row["longitude"] or row["statut"] == "cesse")
        held = any(veto.held("organisations", (siren,), c) for c in ("latitude", "longitude"))
        if wanted and not held and seat.adresse and seat.commune:
            seats.append(seat)
    return seats


def form(seats: Sequence[Seat]) -> tuple[bytes, str]:
    """The question as an HTML form would send it: its body, its type."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([ASKED, *((s.siren, s.adresse, s.commune) for s in seats)])
    content = out.getvalue()
    mark = hashlib.sha256(content.encode()).hexdigest()
    fields = [("columns", "adresse"), ("citycode", "insee")]
    fields += [("result_columns", name) for name in GIVEN]
    parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'
             for n, v in fields]  # fmt: skip
    file = 'name="data"; filename="adresses.csv"\r\nContent-Type: text/csv; charset=utf-8'
    parts.append(f"--{mark}\r\nContent-Disposition: form-data; {file}\r\n\r\n{content}\r\n")
    return ("".join(parts) + f"--{mark}--\r\n").encode(), f"multipart/form-data; boundary={mark}"


def places(body: bytes, seats: Iterable[Seat], url: str) -> dict[str, tuple[str, str]]:
    """Latitude and longitude by SIREN, where the answer is sure; raises SourceError."""
    expected = {s.siren: s.commune for s in seats}
    try:
        rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig")), strict=True))
    except (UnicodeDecodeError, csv.Error):
        raise SourceError(f"{url} : la réponse n'est pas un fichier CSV lisible.") from None
    if not rows or not {"siren", *GIVEN} <= set(rows[0]):
        raise SourceError(f"{url} : il manque des colonnes à la réponse du géocodage.")
    found = {}
    for row in rows:
        point = _point(row)
        commune = expected.get(row["siren"] or "", "")
        if point and commune and commune_of(row["result_citycode"] or "") == commune_of(commune):
            found[row["siren"]] = point
    return found


def commune_of(code: str) -> str:
    """The commune of an INSEE code, that of an arrondissement included."""
    return next((commune for start, commune in DISTRICTS if code.startswith(start)), code)


def _point(row: Mapping[str, str | None]) -> tuple[str, str] | None:
    """The coordinates of a line of the answer; None when the service is not sure."""
    try:
        score, north, east = (float(row[n] or "") for n in ("result_score", *GIVEN[:2]))
    except ValueError:
        return None
    sure = row["result_status"] == "ok" and score >= SURE
    if not sure or abs(north) > MOST_NORTH or abs(east) > MOST_EAST:
        return None
    return _degrees(north), _degrees(east)


def _degrees(value: float) -> str:
    return decimal(Decimal(f"{value:.{DECIMALS}f}"))


def _filled(register: Register, found: Mapping[str, tuple[str, str]]) -> Changes:
    """The register's organisations with these coordinates."""
    rows = register.keyed("organisations")
    moved: dict[Key, Row | None] = {
        (siren,): {**rows[siren,], "latitude": point[0], "longitude": point[1]}
        for siren, point in found.items()
    }
    table = apply_rows(register.table("organisations"), register.schema("organisations"), moved)
    changes = {path_of("organisations"): register.bytes_of("organisations", table)}
    return differing(register.files, changes)
