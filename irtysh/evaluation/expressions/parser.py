"""Reading an expression: by recursive descent, with a fault at the first token that is wrong."""

from __future__ import annotations

from decimal import Decimal

from irtysh.evaluation.expressions.faults import dimension_fault, fault
from irtysh.evaluation.expressions.lexer import Token, tokens
from irtysh.evaluation.expressions.signatures import (
    ANY,
    CODE,
    CODES,
    DIMENSIONS,
    DIRECTION,
    DIRECTIONS,
    FIGURE,
    PANEL,
    RAW,
    SERIES,
    SEVERAL,
    SIGNATURES,
    SPREAD,
    TARGET,
    TRUTH,
    WINDOW,
    Signature,
)
from irtysh.evaluation.expressions.tree import (
    Binary,
    Call,
    Expression,
    Negative,
    Node,
    Number,
    Reference,
    Span,
    Window,
    Word,
)
from irtysh.indicators.catalogue import catalogue
from irtysh.vocabulary.codelists import codelist

COMPARISONS = (">", ">=", "<", "<=")
_DEEPEST = 40
"""Brackets, functions and minus signs one inside another; the reader calls itself for each."""
_MOST_TOKENS = 500
"""Anybody may send an expression: its tree is walked by functions that call themselves."""
_FITS = {
    FIGURE: {FIGURE},
    SERIES: {SERIES},
    SPREAD: {SPREAD},
    SEVERAL: {SERIES, SPREAD},
    ANY: {FIGURE, SERIES, SPREAD},
}


def parse(text: str) -> Expression:
    """Read an expression; raises ExpressionFault at the first token that does not fit."""
    found = tokens(text)
    if len(found) > _MOST_TOKENS:
        extra = found[_MOST_TOKENS - 1]
        raise fault(extra.position, extra.text, "length", most=_MOST_TOKENS - 1)
    reader = _Reader(found)
    root = reader.comparison()
    reader.finish()
    if category(root) == PANEL:
        raise dimension_fault(root.position, str(root), "no_panel")
    return Expression(text.strip(), root)


def category(node: Node) -> str:
    """Return what a node stands for: figure, series, spread, panel, truth, choice or word."""
    match node:
        case Reference():
            if node.spread:
                return PANEL if node.is_series else SPREAD
            return SERIES if node.is_series else FIGURE
        case Call():
            return SIGNATURES[node.name].gives
        case Binary():
            return TRUTH if node.operator in COMPARISONS else FIGURE
        case Word() | Span():
            return "word"
        case _:
            return FIGURE


class _Reader:
    """The tokens still to be read."""

    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._place = 0
        self._depth = 0

    @property
    def _next(self) -> Token:
        return self._tokens[self._place]

    def _take(self) -> Token:
        token = self._next
        self._place += token.kind != "end"
        return token

    def _sees(self, *signs: str) -> bool:
        return self._next.kind == "sign" and self._next.text in signs

    def _expect(self, sign: str) -> Token:
        if not self._sees(sign):
            raise fault(self._next.position, self._next.text, "sign", sign=sign)
        return self._take()

    def finish(self) -> None:
        """Raise ExpressionFault if something is left over."""
        if self._next.kind != "end":
            raise fault(self._next.position, self._next.text, "end")

    def comparison(self) -> Node:
        """Read ``sum [> sum]``."""
        left = self._sum()
        if not self._sees(*COMPARISONS):
            return left
        sign = self._take()
        right = self._sum()
        return Binary(sign.text, _figure(left), _figure(right), sign.position)

    def _sum(self) -> Node:
        left = self._product()
        while self._sees("+", "-"):
            sign = self._take()
            left = Binary(sign.text, _figure(left), _figure(self._product()), sign.position)
        return left

    def _product(self) -> Node:
        left = self._factor()
        while self._sees("*", "/"):
            sign = self._take()
            left = Binary(sign.text, _figure(left), _figure(self._factor()), sign.position)
        return left

    def _factor(self) -> Node:
        if self._depth == _DEEPEST:
            raise fault(self._next.position, self._next.text, "depth", most=_DEEPEST)
        self._depth += 1
        found = self._operand()
        self._depth -= 1
        return found

    def _operand(self) -> Node:
        token = self._next
        if self._sees("-"):
            self._take()
            return Negative(_figure(self._factor()), token.position)
        if self._sees("("):
            self._take()
            inner = self.comparison()
            self._expect(")")
            return inner
        if token.kind == "number":
            return self._number()
        if token.kind == "name":
            self._take()
            return self._call(token) if self._sees("(") else self._reference(token)
        raise fault(token.position, token.text, "operand")

    def _number(self) -> Number:
        token = self._take()
        unit = ""
        if self._next.kind == "name":
            named = self._take()
            units = codelist("units")
            if named.text not in units:
                raise fault(named.position, named.text, "unit", units)
            unit = named.text
        return Number(Decimal(token.text), unit, token.position)

    def _reference(self, name: Token) -> Reference:
        names = (RAW, TARGET, *catalogue())
        if name.text not in names:
            raise fault(name.position, name.text, "name", (*names, *SIGNATURES))
        if not self._sees("["):
            return Reference(name.text, (), None, name.position)
        self._take()
        dimensions: dict[str, tuple[str, ...]] = {}
        window: Window | None = None
        while True:
            token = self._next
            if token.kind == "name":
                dimension = self._dimension(dimensions)
                self._expect("=")
                dimensions[dimension] = self._codes()
            elif window is None:
                window = self._window()
            else:
                raise fault(token.position, token.text, "one_window")
            if not self._sees(","):
                break
            self._take()
        self._expect("]")
        found = Reference(name.text, tuple(sorted(dimensions.items())), window, name.position)
        if sum(len(codes) > 1 or codes == ("*",) for codes in dimensions.values()) > 1:
            raise dimension_fault(name.position, str(found), "one_spread")
        return found

    def _dimension(self, taken: dict[str, tuple[str, ...]]) -> str:
        token = self._take()
        if token.text not in DIMENSIONS:
            raise fault(token.position, token.text, "dimension", DIMENSIONS)
        dimension = DIMENSIONS[token.text]
        if dimension in taken:
            raise fault(token.position, token.text, "dimension_once")
        return dimension

    def _codes(self) -> tuple[str, ...]:
        if self._sees("*"):
            self._take()
            return ("*",)
        codes = [self._code()]
        while self._sees("|"):
            self._take()
            codes.append(self._code())
        return tuple(dict.fromkeys(codes))

    def _code(self) -> str:
        token = self._take()
        if token.kind not in ("name", "number", "period"):
            raise fault(token.position, token.text, "code")
        return token.text

    def _window(self) -> Window:
        if self._sees("?"):
            self._take()
            return Window("?", "?", False)
        first = "" if self._sees("..") else self._period()
        if not self._sees(".."):
            return Window(first, first, False)
        self._take()
        last = self._period() if self._next.kind in ("period", "number") else ""
        return Window(first, last, True)

    def _period(self) -> str:
        token = self._take()
        is_year = token.kind == "number" and len(token.text) == 4 and token.text.isdigit()
        if token.kind != "period" and not is_year:
            raise fault(token.position, token.text, "period")
        return token.text

    def _call(self, name: Token) -> Call:
        if name.text not in SIGNATURES:
            raise fault(name.position, name.text, "function", SIGNATURES)
        signature = SIGNATURES[name.text]
        self._expect("(")
        arguments: list[Node] = []
        for place, kind in enumerate(signature.takes):
            is_last = place == len(signature.takes) - 1
            if kind == WINDOW and (self._sees(")") or not self._sees(",") or self._skips_window()):
                continue
            if place:
                self._expect(",")
            arguments.append(self._argument(kind, signature))
            while is_last and signature.repeats and self._sees(","):
                self._take()
                arguments.append(self._argument(kind, signature))
        if not self._sees(")"):
            raise fault(self._next.position, self._next.text, "arguments", signature=str(signature))
        self._take()
        return Call(name.text, tuple(arguments), name.position)

    def _skips_window(self) -> bool:
        """Tell whether what follows the comma is a direction, so that the window is left out."""
        after = self._tokens[self._place + 1]
        return after.kind == "name" and after.text in DIRECTIONS

    def _argument(self, kind: str, signature: Signature) -> Node:
        token = self._next
        if kind == WINDOW:
            return Span(self._window(), token.position)
        if kind == DIRECTION:
            self._take()
            if token.text not in DIRECTIONS:
                raise fault(token.position, token.text, "direction", DIRECTIONS)
            return Word((token.text,), token.position)
        if kind in (CODE, CODES):
            codes = self._codes() if kind == CODES else (self._code(),)
            return Word(codes, token.position)
        node = self.comparison()
        if category(node) not in _FITS[kind]:
            raise dimension_fault(
                token.position, str(node), f"argument_{kind}", signature=str(signature)
            )
        return node


def _figure(node: Node) -> Node:
    """Return the node if it is one value; raises DimensionFault otherwise."""
    if category(node) != FIGURE:
        raise dimension_fault(node.position, str(node), "one_figure")
    return node
