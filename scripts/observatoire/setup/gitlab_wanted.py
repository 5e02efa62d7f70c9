"""The options of a project on GitLab, with what each is for."""

from __future__ import annotations

from observatoire.setup import common
from observatoire.setup.labels import labels
from observatoire.setup.model import Setting, Wanted
from observatoire.signalement.forms import forms

SETTINGS = (
    Setting("issues_access_level", "enabled", "tickets ouverts à tous", "general"),
    Setting("merge_requests_access_level", "enabled", "demandes de fusion ouvertes", "general"),
    Setting("forking_access_level", "enabled", "chacun peut copier le projet (fork)", "general"),
    Setting("pages_access_level", "public", "le site (Pages) est public", "general"),
    Setting(
        "merge_method",
        "merge",
        "fusion avec un commit de fusion : il garde le numéro de la demande, que « explain » lit",
        "demandes",
    ),
    Setting(
        "squash_option",
        "default_on",
        "écraser les commits d'une demande en un seul, sauf avis contraire",
        "demandes",
    ),
    Setting(
        "only_allow_merge_if_pipeline_succeeds",
        True,
        "les pipelines doivent réussir avant de fusionner",
        "demandes",
    ),
    Setting(
        "remove_source_branch_after_merge",
        True,
        "la branche d'une demande fusionnée est supprimée",
        "demandes",
    ),
    Setting(
        "ci_allow_fork_pipelines_to_run_in_parent_project",
        False,
        "le pipeline d'une copie ne tourne jamais ici, où il y a des secrets",
        "ci",
    ),
    Setting(
        "ci_push_repository_for_job_token_allowed",
        False,
        "le jeton d'un travail ne peut rien pousser",
        "ci",
    ),
    Setting(
        "ci_pipeline_variables_minimum_override_role",
        "maintainer",
        "seuls les responsables lancent un pipeline avec leurs propres variables",
        "ci",
    ),
    Setting(
        "ci_separated_caches",
        True,
        "les caches de main ne sont pas ceux des demandes",
        "ci",
    ),
    Setting("public_jobs", True, "chacun lit le rapport de vérification de sa demande", "ci"),
    Setting("auto_devops_enabled", False, "pas d'Auto DevOps : .gitlab-ci.yml dit tout", "ci"),
)
PAGES = {
    "etiquettes": "/-/labels",
    "protections": "/-/settings/repository#js-protected-branches-settings",
    "reglages": "/edit",
    "general": "/edit#js-shared-permissions",
    "demandes": "/-/settings/merge_requests",
    "ci": "/-/settings/ci_cd#js-general-pipeline-settings",
    "programmes": "/-/pipeline_schedules",
    "variables": "/-/settings/ci_cd#js-cicd-variables-settings",
    "modeles": "/-/tree/main/.gitlab",
    "jeton": "/-/settings/access_tokens",
    "site": "/pages",
    "pipelines": "/-/pipelines?source=schedule",
}


def pipeline_of(project: str) -> Setting:
    """The pipeline of main for every branch: one that a request modified would not be run."""
    return Setting(
        "ci_config_path",
        f".gitlab-ci.yml@{project}:{common.TARGET}",
        "le pipeline de main vaut pour toutes les branches",
        "ci",
    )


def wanted(project: str) -> Wanted:
    """All that is wanted of GitLab."""
    templates = {f"{form.title}" for form in forms().values()} | {"Default"}
    return Wanted(
        labels=labels(),
        guards=common.GUARDS,
        schedules=common.SCHEDULES,
        secrets=(common.TOKEN, common.DATAGOUV),
        settings=(*SETTINGS, pipeline_of(project)),
        templates=frozenset(templates),
    )
