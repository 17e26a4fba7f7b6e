"""Events and their series."""
