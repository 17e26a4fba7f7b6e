"""Read keys with pysdmx; a process for each generation. Arguments as for sdmx1."""

from __future__ import annotations

import io
import json
import sys
from typing import Any

from pysdmx.api.qb import (
    ApiVersion,
    DataContext,
    DataFormat,
    DataQuery,
    RestService,
    StructureDetail,
    StructureFormat,
    StructureQuery,
    StructureReference,
    StructureType,
)
from pysdmx.io import get_datasets, read_sdmx


def main(address: str, generation: str, flow: str, keys: str) -> None:
    """Write series by key, and labels of the areas."""
    if generation == "1":
        service = RestService(
            address,
            ApiVersion.V1_5_0,
            data_format=DataFormat.SDMX_ML_2_1_STR,
            structure_format=StructureFormat.SDMX_ML_2_1,
        )
    else:
        service = RestService(
            address,
            ApiVersion.V2_2_0,
            data_format=DataFormat.SDMX_CSV_2_0_0,
            structure_format=StructureFormat.SDMX_ML_3_0,
        )
    references = StructureReference.ALL if generation == "1" else StructureReference.DESCENDANTS
    structure = service.structure(
        StructureQuery(StructureType.DATAFLOW, "IRTYSH", flow, "1.0", references=references)
    )
    found: dict[str, Any] = {"series": {}}
    for key in keys.split():
        asked = DataQuery(DataContext.DATAFLOW, "IRTYSH", flow, "1.0", key=key)
        frame = get_datasets(io.BytesIO(service.data(asked)), io.BytesIO(structure))[0].data
        times = frame["TIME_PERIOD"].astype(str)
        found["series"][key] = dict(zip(times, frame["OBS_VALUE"].astype(str), strict=True))
    query = StructureQuery(
        StructureType.CODELIST, "IRTYSH", "CL_AREA", "1.0", detail=StructureDetail.FULL
    )
    listed = read_sdmx(io.BytesIO(service.structure(query))).get_codelists()
    found["codelists"] = [one.id for one in listed]
    found["labels"] = {code.id: code.name for code in listed[0].items}
    json.dump(found, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
