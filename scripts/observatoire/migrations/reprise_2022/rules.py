"""The rules of the rebuilding, as the French phrases that the journal shows to a maintainer."""

from __future__ import annotations

# The key of an organisation
SIREN_CLEANED = "SIREN débarrassé d'une espace ou d'un caractère invisible"
SIREN_INVALID = "SIREN dont la clé de contrôle est fausse"
SIREN_TWICE = "SIREN porté par deux lignes : seule la ligne dont le nom correspond est gardée"
SIREN_TWICE_ACCOUNT = (
    "SIREN porté par deux lignes : le compte de la seconde est rattaché à la première"
)
SIREN_UNKNOWN = "SIREN absent du référentiel officiel"
SIREN_OTHER_NAME = "SIREN d'un organisme qui porte un autre nom"
SIREN_OTHER_PLACE = "SIREN d'un homonyme situé dans un autre département"
SIREN_OTHER_TYPE = "SIREN d'un organisme d'un autre type"
NAME_MISSPELT = "Nom gardé tel qu'il est publié, mais le nom officiel s'écrit autrement"
SIREN_NAMESAKE = "Coordonnées ailleurs que l'adresse : peut-être le SIREN d'un homonyme"
SIREN_CEASED = "Organisme qui n'existe plus dans le référentiel actuel"
SIREN_SUCCESSION = "Ancien organisme et successeur sont tous deux dans l'édition"
TYPE_TYPO = "Type mal orthographié"

# Places
DEPARTEMENT_WRONG = "Département remplacé par celui du référentiel officiel"
DEPARTEMENT_MISSING = "Département vide : celui du référentiel officiel"
DEPARTEMENT_POSTAL = "Département vide : celui du code postal de l'adresse"
DEPARTEMENT_SEVERAL = "Plusieurs départements dans une cellule : seul celui du siège est gardé"
DEPARTEMENT_DOUBTED = "Adresse et coordonnées s'accordent sur un autre département"
DEPARTEMENT_UNKNOWN = "Département illisible"
REGION_WRONG = "Code de région contraire au département : la région se déduit du département"
POPULATION_OTHER = (
    "Population à plus de 5 % de celle du référentiel, qui fait foi pour les collectivités"
)
POPULATION_FAR = (
    "Population sans rapport avec celle du référentiel (arrondissement, ancienne commune...)"
)
POPULATION_IS_CODE = "La population est le code INSEE de la commune"
POPULATION_UNKNOWN = "Population d'une collectivité que son SIREN ne fait pas connaître"
POINT_SIGN = "Longitude de signe inversé"
POINT_COPIED = "La longitude est une copie de la latitude"
POINT_FAR = "Coordonnées hors du département (sans doute un homonyme ou le siège d'un groupe)"
POINT_HALF = "Coordonnée seule, sans l'autre"
ADDRESS_ELSEWHERE = (
    "Adresse d'un autre département (sans doute un homonyme ou le siège d'un groupe)"
)
ADDRESS_VAGUE = "Adresse sans code postal, trouvée par géocodage : rien ne dit que c'est la bonne"
ADDRESS_APART = "Adresse et coordonnées à plus de 25 km l'une de l'autre : une des deux est fausse"
ADDRESS_REPAIRED = "Accent illisible rétabli"

# Publications
MERGE_WRONG = "« merge » contraire aux adresses : il se déduit des publications"
ZERO = "Déclaré ouvert sans aucun jeu de données"
ACCOUNT_REPAIRED = "Identifiant data.gouv.fr tronqué : repris de l'adresse"
ACCOUNT_OTHER = "Identifiant data.gouv.fr contraire à l'adresse, qui est gardée"
ACCOUNT_SHARED = "Le même compte data.gouv.fr est attribué à plusieurs organismes"
DATASET_PAGE = "L'adresse est celle d'un jeu de données : rien ne dit que l'organisme le publie"
NOT_DATAGOUV = "L'adresse n'est pas sur data.gouv.fr"
DATAGOUV_ELSEWHERE = "Adresse data.gouv.fr rangée parmi les portails locaux"
COUNT_WITHOUT_URL = "Nombre de jeux sans adresse"
URL_WITHOUT_COUNT = "Adresse sans nombre de jeux"
COUNT_UNREADABLE = "Nombre illisible"
URL_CLEANED = "Adresse débarrassée de caractères interdits ou d'un numéro de session"
LABEL_OTHER = "« id-ods » désigne un autre publicateur que l'adresse, qui fait foi"
LABEL_SPELT = "Nom du publicateur tel que l'adresse l'écrit"
LABELS_SEVERAL = "Plusieurs comptes dans une cellule : une publication par compte"
PLATFORM_BY_HOST = "Plateforme non nommée : reconnue à l'adresse"
PLATFORM_BY_PAST = "Plateforme non nommée : celle que l'export d'octobre 2022 lui donnait"
PLATFORM_MINTED = "Adresse sur un site que la table d'octobre 2022 ignore : plateforme à compléter"
PLATFORM_NOWHERE = "Publication sans plateforme connue"
PLATFORM_SECOND = "Deuxième plateforme sans adresse propre"
PLATFORM_LISTED = "Liste des plateformes contraire aux adresses : elle se déduit des publications"
TECHNO_DERIVED = "Logiciel contraire à celui de la plateforme : il se déduit des plateformes"
THEME_UNKNOWN = "Thème absent de la table des thèmes"
FLAG = "Marque de travail d'une personne : elle n'est pas reprise"
LINE_MERGED = "Ligne en double : cette cellule n'est pas reprise"

# Platforms
TWIN = "Plateforme en double : les deux lignes n'en font qu'une"
SAME_SITE = "Même site qu'une autre plateforme"
CONTACT = "Donnée de contact, peut-être personnelle : elle n'est pas republiée"
REUSES = "Nombre de réutilisations sans date : la moisson le mesurera"
RENAMED = "Nom de l'édition 2022, plus récent"
NOT_JOINED = "Plateforme de l'édition 2022 absente de la table d'octobre 2022 : à compléter"
CANDIDATE = "Peut-être la suite d'une plateforme d'octobre 2022"
OTHER_HOST = "L'édition 2022 pointe vers une autre adresse"
MOVED = "Portail qui a changé de logiciel et d'adresse : ceux de l'édition 2022, plus récents"
TECHNO_NEWER = "Logiciel de l'édition 2022, plus récent"
TECHNO_COARSER = "L'édition 2022 range ce logiciel sous CKAN : le nom précis est gardé"
CLUSTER_NAMED = "Plateforme de niveau supérieur désignée par son nom ou son adresse"
CLUSTER_ITSELF = "Plateforme de niveau supérieur : c'est elle-même"
CLUSTER_UNKNOWN = "Plateforme de niveau supérieur inconnue"
REGION_OF_PUBLISHERS = "Tous les organismes qui y publient sont d'une autre région"
HOSTED_LIST = "Organisme listé sur la plateforme, mais pas sur sa propre ligne"
VALUE_UNKNOWN = "Valeur absente de la liste fermée"

# Themes
THEME_LIST = "Organisme listé sous le thème, mais sans ce thème sur sa propre ligne"

CONTACT_SHOWN = "« (donnée de contact) »"
"""What the journal shows instead of a contact."""
