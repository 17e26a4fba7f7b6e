"""What a report is written from: a release in a language, an evaluation of it, its judgements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from irtysh.evaluation.strategy.outcome import Line, Outcome, Step
from irtysh.indicators.results import Result
from irtysh.publication.edition import Edition
from irtysh.vocabulary.codelists import read_codelist_text, with_own_codelists
from irtysh.vocabulary.observation import Observation


@dataclass(frozen=True)
class Material:
    """One evaluation with the release it was made of.

    Attributes
    ----------
    edition : Edition
        The release of the evaluation, in the language of the report.
    outcome : Outcome
    judgements : list of dict
        ``Judgement.to_json`` of each claim, as the evaluation read them.
    registers : dict
        Register → records as plain documents, as the evaluation read them.
    portal : str
        Address of the portal without a slash at its end; evidence is linked to it.
    number : int or None
        The number under which the portal keeps the evaluation; None for one it does not keep.
    """

    edition: Edition
    outcome: Outcome
    judgements: list[dict[str, Any]] = field(default_factory=list)
    registers: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    portal: str = ""
    number: int | None = None

    @classmethod
    def from_json(
        cls,
        edition: Edition,
        inputs: Mapping[str, Any],
        outcome: Mapping[str, Any],
        portal: str = "",
        number: int | None = None,
    ) -> Material:
        """Return the material of a stored evaluation: its inputs and its outcome as JSON."""
        return cls(
            edition,
            Outcome.from_json(outcome),
            list(inputs.get("claims") or ()),
            inputs.get("registers") or {},
            portal.rstrip("/"),
            number,
        )

    def naming(self) -> AbstractContextManager[None]:
        """Let the codes of the case have names while the block runs."""
        texts = self.edition.document("own_codelists", {})
        return with_own_codelists(
            {name: read_codelist_text(name, text) for name, text in texts.items()}
        )

    @property
    def language(self) -> str:
        """Language of the report."""
        return self.edition.language

    @cached_property
    def results(self) -> Mapping[str, Result]:
        """Results of indicators by id."""
        rows = (Result.from_json(row) for row in self.edition.document("results"))
        return {one.id: one for one in rows}

    @cached_property
    def verdicts(self) -> Mapping[str, Mapping[str, Any]]:
        """Judgements by the id of their claim."""
        return {str(one["claim"]): one for one in self.judgements}

    @cached_property
    def findings(self) -> Mapping[str, Mapping[str, Any]]:
        """Findings of the release by id."""
        return {one["id"]: one for one in self.edition.document("findings")}

    @cached_property
    def digest(self) -> str:
        """Digest of the evaluation's outcome."""
        return self.outcome.digest

    @cached_property
    def lines(self) -> Mapping[str, Line | Step]:
        """Lines of the evaluation and its steps by id."""
        return {**self.outcome.lines, **{step.id: step for step in self.outcome.steps}}

    @cached_property
    def _observations(self) -> dict[str, Observation | None]:
        return {}

    def observation(self, name: str) -> Observation | None:
        """Return a figure of the release; None if it has none of this id."""
        if name not in self._observations:
            self._observations[name] = self.edition.release.observation(name)
        return self._observations[name]

    def observations(self, names: Iterable[str]) -> list[Observation]:
        """Return the figures of these ids in their order; unknown ids are left out."""
        wanted = list(dict.fromkeys(names))
        missing = [name for name in wanted if name not in self._observations]
        if missing:
            found = {one.id: one for one in self.edition.release.observations(id=missing)}
            self._observations.update({name: found.get(name) for name in missing})
        return [one for name in wanted if (one := self._observations[name]) is not None]

    def records(self, register: str) -> list[dict[str, Any]]:
        """Return the records of a register: as the evaluation read them, else of the release."""
        rows = self.registers.get(register)
        return rows if rows is not None else list(self.edition.document(register))

    def record(self, register: str, name: str) -> dict[str, Any] | None:
        """Return one record; None if there is none of this id."""
        return next((row for row in self.records(register) if str(row.get("id")) == name), None)

    def address(self, evidence: str) -> str:
        """Return where the portal shows a piece of evidence, as it was in this report."""
        asked = f"?release={self.edition.release.id}"
        if evidence.startswith("E"):
            asked += f"&evaluation={self.digest[:12]}"
        return f"{self.portal}/{self.language}/evidence/{evidence}/{asked}"
