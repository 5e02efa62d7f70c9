"""The text of the method, in Markdown; what stands between braces is worked out from the code."""

from __future__ import annotations

TEXT = """\
# La méthode de l'Observatoire

Cette page dit d'où viennent les données, comment un chiffre est fait, ce qu'il ne dit pas, et
comment le contester. Ses tableaux sont produits à partir du registre et du code : ils disent ce
qui est fait, pas ce qui devrait l'être.

## Ce qu'est l'Observatoire

L'Observatoire open data des territoires, porté par l'association OpenDataFrance, mesure depuis
2018 où en sont les territoires français dans l'ouverture de leurs données publiques. C'est un
registre (qui publie, où, combien), des indicateurs calculés à partir de ce registre, et des
fichiers à télécharger. La collecte est automatique autant que possible, complétée à la main. Tout
est public : les données, les corrections, le code, et l'histoire de chaque valeur.

## Qui est compté comme ouvert

{regle_ouverture}

Être décrit dans le jeu de données d'un autre ne compte pas : l'organisme doit publier sous son
nom, sur son portail, un portail partagé, une page web ou data.gouv.fr.

{types}

Les services de l'État sont hors du champ. Les organismes privés sans mission de service public
aussi.

## Qui est obligé

La loi pour une République numérique (n° 2016-1321 du 7 octobre 2016) et son décret n° 2016-1922
du 28 décembre 2016 obligent les collectivités **d'au moins {seuil} habitants et d'au moins 50
agents** (en équivalent temps plein) à publier leurs données par défaut : articles L312-1-1 et
D312-1-1-1 du code des relations entre le public et l'administration. Les deux conditions
s'ajoutent ; beaucoup de sources écrivent « ou », à tort.

{regle_obligation}

C'est le dénominateur du taux d'ouverture. Il ne se compare pas aux taux calculés sur toutes les
unités légales publiques (22 845 en 2023), qui suivent une autre méthode.

## D'où viennent les données

* **Les portails**, lus chaque nuit : c'est ce que l'Observatoire appelle une moisson. Le registre
  sait lire {nb_logiciels} sortes de portails et de catalogues. Un portail d'un logiciel inconnu
  reste dans le registre, complété à la main. Chaque portail a sa licence ; le registre n'en
  reprend pas les données, seulement qui publie, combien, quand et à quelle adresse. Un portail
  connu sous deux noms n'est compté qu'une fois.
* **Le référentiel officiel** : communes, intercommunalités, départements et régions, d'après
  l'Insee et la direction générale des collectivités locales. Il donne la population, la région,
  et la liste des collectivités obligées.
* **Des services de l'État**, pour savoir qui est un organisme, où il est, et quels schémas
  nationaux existent.
* **Les éditions passées** de l'Observatoire ({editions}), reprises avec un journal de ce qui y a
  été corrigé.
* **Les contributions** de chacun : [corriger ou compléter le registre]({lien_contribuer}).

Ce que la lecture d'un portail apprend, selon son logiciel :

{logiciels}

Un tiret veut dire que le portail ne le dit pas, ou pas de façon sûre : le chiffre reste alors
vide, il n'est pas remplacé par zéro.

Les services de l'État qui complètent le registre :

{services}

## Comment un publicateur est reconnu

Un portail nomme ses publicateurs à sa façon (« Ville de Rennes », « rennes-metropole », « CC du
Pays »). Chacun doit être rattaché à un numéro SIREN. Le rattachement n'est automatique que sur
une preuve sûre :

{preuves}

Un nom qui se ressemble ne suffit jamais : vingt communes s'appellent Saint-Aubin. Dans le doute,
le robot pose la question à une personne, avec le candidat et la raison, et retient sa réponse. Un
numéro SIREN bien formé n'est pas non plus une preuve : il peut être celui d'un homonyme ou d'une
commune disparue. Il est donc comparé au référentiel officiel.

## Quand une source et une personne ne disent pas la même chose

Chaque cellule est comparée trois fois : la moisson précédente, la nouvelle moisson, le registre.

* Seule la source a changé : le robot propose sa valeur.
* Seule une personne a changé la valeur : elle est gardée.
* Les deux ont changé : le robot pose une question, il n'écrase rien.

Le robot n'écrit pas dans le registre : il propose, une personne relit. Une seule exception, si
les responsables du registre la choisissent : ses demandes qui ne mettent à jour que des nombres
peuvent être acceptées sans relecture, quand tous les contrôles sont verts. Un refus est retenu ;
la même proposition ne revient pas tant que la source dit la même chose. Une personne peut aussi
verrouiller une cellule.

## Quand un portail se tait, ou qu'un compte disparaît

**Une panne n'est pas une suppression.** Un portail qui ne répond pas, ou qui ne répond qu'à
moitié, garde ses dernières valeurs. Une réponse complète mais qui perd d'un coup plus de {chute}
de ses publicateurs ou de ses jeux de données n'est pas crue avant qu'une personne ait vérifié.

Un compte qui manque dans une réponse complète est daté. Sans retour après **{delai} jours**, le
statut « disparu » est proposé : la ligne reste dans le registre, avec sa date. Une plateforme est
notée inactive après {echecs} essais manqués, sur {jours} jours au moins. Rien n'est jamais effacé
en silence.

## Les indicateurs et leurs limites

Chaque chiffre porte son numérateur, son dénominateur, sa date, sa portée et sa source. Les
éditions passées sont recalculées avec les définitions d'aujourd'hui, pour qu'un changement de
méthode ne passe pas pour un progrès. La définition complète de chacun est dans [la page des
indicateurs]({lien_indicateurs}).

{indicateurs}

## Ce qui a été corrigé dans les éditions passées

Les fichiers des éditions passées ont été tenus à la main dans un tableur. Leur reprise a laissé
une trace de chaque valeur corrigée, retirée ou mise en doute. Une valeur mise en doute est gardée
telle quelle : une personne doit la vérifier.

{corrections}

Les raisons les plus fréquentes :

{raisons}

Le détail, valeur par valeur, est dans les fichiers `corrections.csv` de chaque édition.

## Pourquoi nos chiffres diffèrent de ceux qui furent publiés

Le registre imprime ce qu'il calcule, pose à côté ce qui fut publié, et explique l'écart. Il ne
plie jamais une formule pour retrouver un nombre.

{ecarts}

L'édition 2025 suit une autre méthode (les comptes de data.gouv.fr, par catégorie juridique) :
elle ne se compare pas à celles-ci.

## Comment la qualité est vérifiée

Chaque changement, d'une personne ou d'un robot, passe les mêmes {nb_controles} contrôles avant
d'être accepté. {nb_erreurs} empêchent d'accepter le changement, les autres sont des conseils.
Chacun dit ce qui ne va pas, sur quelle ligne et pour quel organisme, et ce qu'il faut écrire.
[Tous les contrôles, avec des exemples]({lien_controles}).

{controles}

## Contester un chiffre

1. Ouvrez la fiche de l'organisme ou de l'indicateur : elle dit d'où vient chaque valeur, et de
   quand elle date.
2. Si la valeur est fausse à la source (votre portail, data.gouv.fr), corrigez-la là-bas : le
   registre suivra à la lecture suivante.
3. Sinon, [dites-le-nous, ou proposez la correction]({lien_contribuer}). Toute demande est
   publique, et reçoit une réponse.
4. Une erreur reconnue est corrigée dans la version suivante. Une version publiée ne change plus :
   la correction est dite dans ses notes, et les chiffres passés sont recalculés.

## Versions, licence, citation

Chaque publication a un numéro : le premier change quand des colonnes ou des règles changent, le
deuxième quand des lignes viennent ou partent, le troisième quand des valeurs changent. Le même
état du registre donne les mêmes fichiers, à l'octet près.

Les données sont sous [Licence Ouverte
2.0](https://www.etalab.gouv.fr/licence-ouverte-open-licence) : vous pouvez les reprendre, les
transformer et les vendre, en citant la source et la date. À citer ainsi : « Observatoire open
data des territoires, OpenDataFrance », suivi du numéro de version et de sa date. Le code est sous
licence MIT.
"""
