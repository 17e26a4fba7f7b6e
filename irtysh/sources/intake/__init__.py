"""The import of a publisher's file: recognised, read, checked, staged; nothing half-saved."""
