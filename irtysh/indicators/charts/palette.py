"""Colours by name, from definitions/palette.yaml, for light and dark sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from irtysh.vocabulary.places import DEFINITIONS

PREFIX = "--c-"
"""What a colour's CSS variable begins with: side-a is ``var(--c-side-a)``."""


@dataclass(frozen=True, slots=True)
class Colour:
    """One colour: its value on a light and on a dark sheet, and what it may be used for."""

    name: str
    light: str
    dark: str
    role: str


@cache
def palette() -> Mapping[str, Colour]:
    """Return name → colour in the order of the file."""
    with (DEFINITIONS / "palette.yaml").open(encoding="utf-8") as stream:
        rows = yaml.safe_load(stream)
    return {name: Colour(name, **values) for name, values in rows.items()}


def hue(name: str) -> str:
    """Return the light value of a colour, as specifications carry it."""
    return palette()[name].light


def variable(name: str) -> str:
    """Return the CSS value that follows the reader's theme and still works without a style."""
    return f"var({PREFIX}{name},{hue(name)})"


def css() -> str:
    """Return the style sheet that defines every colour for light, dark and chosen themes."""
    light = "".join(f"  {PREFIX}{c.name}: {c.light};\n" for c in palette().values())
    dark = "".join(f"{PREFIX}{c.name}: {c.dark}; " for c in palette().values())
    return (
        "/* Made from definitions/palette.yaml; change it there. */\n"
        f":root {{\n{light}}}\n"
        "@media screen and (prefers-color-scheme: dark) {\n"
        f'  :root:not([data-theme="light"]) {{ {dark}}}\n'
        "}\n"
        f'@media screen {{ :root[data-theme="dark"] {{ {dark}}} }}\n'
    )


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
