"""Guides for people and firms that cross the border."""
