"""YAML read with the line of every value, so that a fault can name its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from irtysh.vocabulary.errors import Fault

Path = tuple[str | int, ...]

_LIMIT_BYTES = 8 * 1024 * 1024
_LIMIT_DEPTH = 12


@dataclass
class Document:
    """A parsed file.

    Attributes
    ----------
    file : str
        Path relative to the case folder.
    data : Any
        Plain dictionaries, lists, strings, numbers, booleans; dates as ISO text.
    lines : dict
        Path of keys and indices → line, counted from 1.
    """

    file: str
    data: Any
    lines: Mapping[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """Return the line of a value, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def parse_yaml(content: bytes, file: str) -> tuple[Document, list[Fault]]:
    """Parse a YAML file of a case; on a fault the document's data is None.

    Anchors and aliases are refused: a few lines of them can unfold into gigabytes.
    """
    empty = Document(file, None)
    if len(content) > _LIMIT_BYTES:
        return empty, [Fault("FileTooLarge", file, params={"limit": _LIMIT_BYTES})]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return empty, [Fault("NotUtf8", file, line)]
    try:
        for token in yaml.scan(text, Loader=yaml.CSafeLoader):
            if isinstance(token, yaml.AliasToken):
                return empty, [Fault("YamlAlias", file, token.start_mark.line + 1)]
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        line = mark.line + 1 if mark else 1
        return empty, [Fault("NotYaml", file, line, params={"problem": problem})]
    builder = _Builder(file)
    data = builder.build(root, ()) if root is not None else None
    return Document(file, data, builder.lines), builder.faults


class _Builder:
    """Turns a node tree into plain values, noting lines and repeated keys."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Path, int] = {}
        self.faults: list[Fault] = []
        self._scalars = yaml.SafeLoader("")

    def build(self, node: yaml.Node, path: Path) -> Any:
        self.lines[path] = node.start_mark.line + 1
        if len(path) > _LIMIT_DEPTH:
            self._fault("YamlTooDeep", node)
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, n)) for n, item in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in result:
                self._fault("DuplicateKey", key_node, key=key)
            result[key] = self.build(value_node, (*path, key))
            self.lines[(*path, key)] = key_node.start_mark.line + 1
        return result

    def _scalar(self, node: yaml.Node) -> Any:
        try:
            value = self._scalars.construct_object(node, deep=True)
        except (yaml.YAMLError, ValueError):
            self._fault("BadScalar", node, value=str(node.value))
            return None
        return value.isoformat() if isinstance(value, date) else value

    def _fault(self, code: str, node: yaml.Node, **params: Any) -> None:
        self.faults.append(Fault(code, self.file, node.start_mark.line + 1, params=params))
