"""Pages of the back office: the stage of an initiative."""

from __future__ import annotations

from django.urls import URLPattern, path
from wagtail import hooks

from irtysh.registries.initiatives.models import Initiative
from irtysh.registries.initiatives.rules import PATH
from irtysh.registries.records.deeds import Deed, register_deed
from irtysh.registries.records.stage_screen import SET_STAGE, stage_screen

STAGE = Deed(
    "initiatives", SET_STAGE, "set_stage", "initiatives_stage", "arrow-right", columns=("stage",)
)
register_deed(STAGE)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Return the address of the page."""
    screen = stage_screen(Initiative, PATH, "initiative_stages", STAGE)
    return [path("registers/initiatives/stage/<str:code>/", screen, name=STAGE.url)]
