"""Small plans and names, shared by the tests of proposals."""

from __future__ import annotations

from observatoire.plan import Addition, Conflict, Doubt, Edit, Plan
from observatoire.propose.body import Report
from observatoire.propose.proposal import Evidence, Names, Proposal

PORTAL = "https://www.data.gouv.fr"
DIRECTORY = "https://annuaire-entreprises.data.gouv.fr/entreprise"
EVIDENCE = Evidence("data.gouv.fr", "2026-01-05", 6123, "0123456789abcdef")
ACIGNE = ("213500010", "data-gouv-fr", "5aa")
RENNES = ("243500139", "data-gouv-fr", "5bb")
NAMES = Names(
    organisations={"213500010": ("Acigné", "35"), "243500139": ("Rennes Métropole", "35")},
    departements={"35": "Ille-et-Vilaine", "13": "Bouches-du-Rhône"},
    plateformes={"data-gouv-fr": ("data.gouv.fr", PORTAL)},
    pages={("data-gouv-fr", "5aa"): f"{PORTAL}/organizations/5aa/"},
)


def entry(siren: str, nom: str, departement: str, type: str = "COM") -> tuple[Addition, Addition]:
    """A new body, and its account."""
    body = {"siren": siren, "nom": nom, "type": type, "departement": departement}
    account = {"url": f"{PORTAL}/organizations/{siren}/", "nb_jeux": "4"}
    why = "le SIREN déclaré et le nom concordent"
    return (
        Addition("organisations", (siren,), body, why),
        Addition("publications", (siren, "data-gouv-fr", f"id{siren}"), account, why),
    )


def counted(key: tuple[str, ...], before: str, after: str) -> Edit:
    """A number of datasets that moved."""
    return Edit("publications", key, "nb_jeux", before, after)


DOUBT = Doubt(
    plateforme="data-gouv-fr",
    identifiant="5cc",
    nom="Mairie de X",
    siren="213500999",
    candidat="X",
    score=0.91,
    why="même nom, deux communes",
    url=f"{PORTAL}/organizations/5cc/",
    nb_jeux=3,
)
CONFLICT = Conflict(
    "publications", RENNES, "url", "https://a.example", "https://b.example", "https://c.example"
)
PLAN = Plan(
    source="datagouv",
    additions=(*entry("213500028", "Amanlis", "35"), *entry("211300553", "Marseille", "13")),
    edits=(
        Edit("publications", ACIGNE, "url", "http://vieux.example", f"{PORTAL}/organizations/5aa/"),
        counted(ACIGNE, "9", "12"),
        counted(RENNES, "1204", "1300"),
    ),
    conflicts=(CONFLICT,),
    doubts=(DOUBT,),
    left=(("DREAL Bretagne", "service de l'État"), ("Asso", "ni collectivité ni service public")),
    date="2026-01-05",
)


def proposal(plan: Plan = PLAN, limit: int = 65_536, **changes: bytes) -> Proposal:
    """The proposal of a plan, with some files."""
    files = {f"data/{name}.csv": content for name, content in changes.items()}
    return Report(plan, NAMES, EVIDENCE).proposal(files, limit)


FIRST = proposal(organisations=b"siren,nom\n1,Un\n2,Deux\n")
SECOND = proposal(
    Plan("datagouv", edits=(counted(("1", "data-gouv-fr", "i"), "1", "7"),)),
    organisations=b"siren,nom\n1,Un\n2,Deux\n3,Trois\n",
)
