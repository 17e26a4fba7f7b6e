"""Pages of the back office: the stage of a project."""

from __future__ import annotations

from django.urls import URLPattern, path
from wagtail import hooks

from irtysh.registries.projects.models import Project
from irtysh.registries.projects.rules import PATH
from irtysh.registries.records.deeds import Deed, register_deed
from irtysh.registries.records.stage_screen import SET_STAGE, stage_screen

STAGE = Deed(
    "projects", SET_STAGE, "set_stage", "projects_stage", "arrow-right", columns=("stage",)
)
register_deed(STAGE)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Return the address of the page."""
    screen = stage_screen(Project, PATH, "project_stages", STAGE)
    return [path("registers/projects/stage/<str:code>/", screen, name=STAGE.url)]
