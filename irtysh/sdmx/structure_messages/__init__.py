"""Artefacts written as messages: SDMX-ML 2.1 and 3.0, SDMX-JSON 1.0 and 2.0."""
