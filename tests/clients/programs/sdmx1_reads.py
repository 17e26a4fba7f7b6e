"""Read keys with sdmx1; a process for each generation, since it keeps namespaces between reads.

Arguments: address, "1" or "2", flow, keys separated by blanks. Writes JSON.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import sdmx


def main(address: str, generation: str, flow: str, keys: str) -> None:
    """Write series by key, and what is said about the structure."""
    source: dict[str, Any] = {"id": "IRTYSH", "name": "Local", "url": address}
    if generation == "2":
        source["versions"] = ["3.0.0"]
    sdmx.add_source(source, override=True)
    client = sdmx.Client("IRTYSH")
    client.session.trust_env = False
    told = client.dataflow(flow)
    structure = told.dataflow[flow].structure
    found: dict[str, Any] = {"series": {}, "sums": {}}
    for key in keys.split():
        message = client.data(flow, key=key, dsd=structure)
        found["series"][key] = {
            str(point.key["TIME_PERIOD"].value): str(point.value)
            for data in message.data
            for point in data.obs
        }
        found["sums"][key] = float(sdmx.to_pandas(message).sum())
    if generation == "1":  # keys by name are composed from the structure
        named = {"COUNTERPART_AREA": "RU", "TRADE_FLOW": "X", "REF_AREA": "KZ"}
        message = client.data(flow, key=named, params={"startPeriod": "2022"})
        found["named"] = sum(len(data.obs) for data in message.data)
    found["dimensions"] = [one.id for one in structure.dimensions]
    found["attributes"] = [one.id for one in structure.attributes]
    areas = client.codelist("CL_AREA").codelist["CL_AREA"]
    found["labels"] = {code.id: dict(code.name.localizations) for code in areas}
    json.dump(found, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
