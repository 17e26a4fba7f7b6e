"""Our definitions as artefacts of SDMX, whatever message they are written in."""
