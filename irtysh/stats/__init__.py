"""Pure arithmetic on values with bounds: one module a family of methods."""
