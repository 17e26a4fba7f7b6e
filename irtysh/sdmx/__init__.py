"""The only room that speaks SDMX: observations to messages and back."""
