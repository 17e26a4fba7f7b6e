"""SDMX REST 1.5 under /sdmx/v1 and 2.2 under /sdmx/v2."""
