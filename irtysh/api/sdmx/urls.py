"""Addresses of SDMX REST: /sdmx/v1 is version 1.5, /sdmx/v2 is version 2.2."""

from __future__ import annotations

from django.urls import path, re_path

from irtysh.api.sdmx.availability import availability_v1, availability_v2
from irtysh.api.sdmx.errors import for_sdmx
from irtysh.api.sdmx.exports import as_imts
from irtysh.api.sdmx.routes import data_v1, data_v2, no_address, not_served
from irtysh.api.sdmx.schema import schema_v1, schema_v2
from irtysh.api.sdmx.structures import KINDS_1, KINDS_2, structures_v1, structures_v2

app_name = "sdmx"

_KIND_1 = "|".join(KINDS_1)
_KIND_2 = "|".join(kind.replace("*", r"\*") for kind in KINDS_2)

urlpatterns = [
    re_path(r"^v1/data(?:/(?P<rest>.*))?$", data_v1, name="data-1"),
    re_path(r"^v1/availableconstraint/(?P<rest>.*)$", availability_v1, name="availability-1"),
    re_path(r"^v1/schema/(?P<rest>.*)$", schema_v1, name="schema-1"),
    re_path(r"^v1/(?P<what>metadata)(?:/.*)?$", not_served, name="metadata-1"),
    re_path(rf"^v1/(?P<kind>{_KIND_1})(?:/(?P<rest>.*))?$", structures_v1, name="structures-1"),
    re_path(r"^v2/data(?:/(?P<rest>.*))?$", data_v2, name="data-2"),
    re_path(r"^v2/availability(?:/(?P<rest>.*))?$", availability_v2, name="availability-2"),
    re_path(r"^v2/schema/(?P<rest>.*)$", schema_v2, name="schema-2"),
    re_path(r"^v2/(?P<what>metadata|registration)(?:/.*)?$", not_served, name="metadata-2"),
    re_path(
        r"^v2/structure(?:/(?P<kind>[^/]*)(?:/(?P<rest>.*))?)?$",
        structures_v2,
        name="structures-2",
    ),
    path("imts/<str:dataset_id>", as_imts, name="imts"),
    path("imts/<str:dataset_id>/", as_imts),
    re_path(r"^(?P<rest>.*)$", for_sdmx(no_address), name="none"),
]
