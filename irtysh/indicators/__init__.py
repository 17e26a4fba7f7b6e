"""Numbers with a name: the catalogue of indicators, their computation, their charts."""
