"""What is wanted on every forge: guards, schedules, secrets, templates."""

from __future__ import annotations

from observatoire.publish.history import BRANCH
from observatoire.setup.model import MAINTAINER, NOBODY, Guard, Schedule, Secret

ZONE = "Europe/Paris"
TARGET = "main"
BY_REQUEST = "tout y entre par une demande de fusion relue"
GUARDS = (
    Guard("branche", TARGET, NOBODY, MAINTAINER, why=BY_REQUEST),
    Guard("branche", BRANCH, MAINTAINER, NOBODY, why="seul le robot y écrit les versions"),
    Guard("version", "v*", MAINTAINER, why="une version publiée ne se déplace pas"),
)
SCHEDULES = (
    Schedule("heure", "17 * * * *", "relire les demandes, les contributions, les tickets"),
    Schedule("nuit", "20 2 * * *", "moissonner les portails et proposer ce qui change"),
    Schedule("semaine", "40 4 * * 1", "vérifier les liens et les plateformes muettes"),
    Schedule("mois", "10 6 2 * *", "publier une version si quelque chose a changé"),
)
TOKEN = Secret(
    "OBSERVATOIRE_JETON",
    "le jeton du compte du robot (portées api et write_repository, rôle Responsable)",
    required=True,
    scope="robot",
)
DATAGOUV = Secret(
    "OBSERVATOIRE_CLE_DATAGOUV",
    "la clé d'API de data.gouv.fr, pour y déposer chaque version (facultatif)",
    scope="robot",
)
