"""Obstacles, from a resident's question to a named body's answer."""
