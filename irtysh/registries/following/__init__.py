"""Following: records, themes, territories, registers and series that a reader wants to hear of."""
