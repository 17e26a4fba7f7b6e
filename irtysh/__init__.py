"""Irtysh: a portal in which two neighbouring territories see, run and revise their cooperation."""

__version__ = "0.4.0"
