"""Places: territories, towns, crossings, links, sites."""
