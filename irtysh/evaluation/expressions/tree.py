"""What an expression is made of, once read: a tree that prints as it was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Window:
    """Periods asked for: one ("2021"), a span ("2013..2022", either end open), or the undated.

    ``first`` and ``last`` are codes of periods, empty where the span is open; "?" is the period
    that the source does not name.
    """

    first: str
    last: str
    is_span: bool

    def __str__(self) -> str:
        return f"{self.first}..{self.last}" if self.is_span else self.first


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its unit; a number without a unit is a pure one."""

    value: Decimal
    unit: str
    position: int

    def __str__(self) -> str:
        return f"{self.value} {self.unit}".rstrip()


@dataclass(frozen=True, slots=True)
class Reference:
    """A figure or series of figures: name, dimensions named, window (None: all periods)."""

    name: str
    dimensions: tuple[tuple[str, tuple[str, ...]], ...]
    window: Window | None
    position: int

    @property
    def spread(self) -> str:
        """Dimension over which several codes are asked ("*" or "A|B"); empty if none is."""
        for name, codes in self.dimensions:
            if len(codes) > 1 or codes == ("*",):
                return name
        return ""

    @property
    def is_series(self) -> bool:
        """True if it names several periods."""
        return self.window is None or self.window.is_span

    def __str__(self) -> str:
        items = [str(self.window)] if self.window else []
        items += [f"{name}={'|'.join(codes)}" for name, codes in self.dimensions]
        return f"{self.name}[{', '.join(items)}]" if items else self.name


@dataclass(frozen=True, slots=True)
class Word:
    """A code or a direction given to a function: one word or several joined by "|"."""

    codes: tuple[str, ...]
    position: int

    def __str__(self) -> str:
        return "|".join(self.codes)


@dataclass(frozen=True, slots=True)
class Span:
    """A window given to a function."""

    window: Window
    position: int

    def __str__(self) -> str:
        return str(self.window)


@dataclass(frozen=True, slots=True)
class Call:
    """A function applied to arguments."""

    name: str
    arguments: tuple[Node, ...]
    position: int

    def __str__(self) -> str:
        return f"{self.name}({', '.join(str(one) for one in self.arguments)})"


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands and an operator: + - * / > >= < <=."""

    operator: str
    left: Node
    right: Node
    position: int

    def __str__(self) -> str:
        return f"({self.left} {self.operator} {self.right})"


@dataclass(frozen=True, slots=True)
class Negative:
    """Minus an operand."""

    operand: Node
    position: int

    def __str__(self) -> str:
        return f"-{self.operand}"


Node = Number | Reference | Word | Span | Call | Binary | Negative


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression as read."""

    text: str
    root: Node

    @property
    def references(self) -> list[Reference]:
        """Every figure that it asks for, from left to right."""
        return [node for node in walk(self.root) if isinstance(node, Reference)]


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all below it, from left to right."""
    yield node
    match node:
        case Call():
            for argument in node.arguments:
                yield from walk(argument)
        case Binary():
            yield from walk(node.left)
            yield from walk(node.right)
        case Negative():
            yield from walk(node.operand)
        case _:
            pass
