"""The door for machines: downloads, releases and figures at stable addresses."""
