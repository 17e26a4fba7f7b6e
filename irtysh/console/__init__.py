"""The door for the shell: the `irtysh` command."""
