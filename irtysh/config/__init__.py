"""Settings, addresses and the entry for web servers: the top floor, which knows every room."""
