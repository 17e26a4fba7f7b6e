"""How cooperation is run in the portal, by the people who run it and those who look on."""
