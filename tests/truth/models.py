"""The catalog's models under the names that llama.cpp's answers use, and the answers' files."""

import csv
import json
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from fit.architecture import Architecture
from fit.architecture_document import read as read_architecture
from fit.memory import Accounting
from fit.quant_mixes import UnknownMixError
from fit.specs import ModelSpec
from fit.weights import Weights, weights
from tests.processes import ROOT
from tests.truth.row import NotAnsweredError

DATA = ROOT / "catalog/data"
KEEPS_EXPERTS, WITH_IMATRIX = "+mxfp4_experts", "+imatrix"


class OracleError(Exception):
    """A file of answers cannot be read; the message is a sentence."""


def lines(path: Path, *columns: str) -> Iterator[dict[str, str]]:
    """The lines of a file of answers, which must have these columns; raises OracleError."""
    try:
        with path.open(newline="", encoding="utf-8") as file:
            table = csv.DictReader(file, strict=True)
            missing = [name for name in columns if name not in (table.fieldnames or ())]
            if missing:
                raise OracleError(f"{path.name}: these columns are missing: {', '.join(missing)}.")
            for number, line in enumerate(table, start=2):
                if None in line or None in line.values():
                    raise OracleError(f"{path.name}, line {number}: as many fields are expected as there are columns.")
                yield line
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise OracleError(f"{path}: cannot be read ({error}).") from error


def more_lines(path: Path, *columns: str) -> Iterator[dict[str, str]]:
    """The lines of a file that not every folder of answers has; none where it is not there."""
    return lines(path, *columns) if path.is_file() else iter(())


def records(name: str) -> dict[str, dict[str, Any]]:
    """The catalog's records of one kind, as its data file has them, by slug."""
    text = (DATA / name).read_text(encoding="utf-8")
    return {record["slug"]: record for record in map(json.loads, filter(None, text.split("\n")))}


class Models:
    """The models of a folder of answers. What is asked of one that we do not know raises NotAnsweredError."""

    def __init__(self, oracle: Path | None) -> None:
        """Names stand for slugs as the folder says; without a folder names are slugs."""
        self.slugs = dict(_names(oracle)) if oracle else {}
        self._architectures: dict[str, Architecture] = {}
        self._weights: dict[tuple[str, str], Weights] = {}
        self.accountings: dict[tuple[str, str], Accounting] = {}

    @cached_property
    def records(self) -> dict[str, dict[str, Any]]:
        """The catalog's records by slug."""
        return records("models.jsonl")

    def record(self, name: str) -> dict[str, Any]:
        """The catalog's record of a model."""
        slug = self.slugs.get(name, name)
        if slug not in self.records:
            raise NotAnsweredError(f"the catalog has no model {slug}")
        return self.records[slug]

    def architecture(self, name: str) -> Architecture:
        """The architecture of a model, read once."""
        if name not in self._architectures:
            document = self.record(name).get("architecture")
            if not document:
                raise NotAnsweredError(f"the catalog has no architecture of {name}")
            self._architectures[name] = read_architecture(document)
        return self._architectures[name]

    def spec(self, name: str) -> ModelSpec:
        """What the rule of thumb asks of a model."""
        record = self.record(name)
        return ModelSpec(slug=record["slug"], parameters=record["parameters"])

    def weights(self, name: str, label: str) -> Weights:
        """The weights of a model under the answers' label of a quantization, worked out once."""
        if (name, label) not in self._weights:
            self._weights[name, label] = weights_of(self.architecture(name), label)
        return self._weights[name, label]


def weights_of(architecture: Architecture, label: str) -> Weights:
    """The weights under a label: a mix, with "+imatrix" or "+mxfp4_experts" where that is so."""
    mix = label.removesuffix(KEEPS_EXPERTS).removesuffix(WITH_IMATRIX)
    imatrix = label.endswith(WITH_IMATRIX)
    try:
        return weights(architecture, mix, imatrix=imatrix, mxfp4_experts=label.endswith(KEEPS_EXPERTS))
    except UnknownMixError as error:
        raise NotAnsweredError(f"no rules are known for the mix {mix}") from error


def _names(oracle: Path) -> Iterator[tuple[str, str]]:
    for line in lines(oracle / "models.csv", "model", "page_slug"):
        yield line["model"], line["page_slug"]
    for line in more_lines(oracle / "models_more.csv", "model", "page_slug"):
        yield line["model"], line["page_slug"]
