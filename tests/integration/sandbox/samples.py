"""Compares JSON with every field that Slack's own samples know; the samples stay outside this repository."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parents[4] / "shared" / "data"
SHAPES, PAYLOADS = DATA / "slack-shapes", DATA / "slack-payloads"
needs_samples = pytest.mark.skipif(not SHAPES.exists(), reason="Slack's samples are not on this machine")

Sample = dict[str, Any]
#: Below these anything may stand: what apps and people make up themselves.
FREE = frozenset({"blocks", "event_payload", "values", "fields", "elements", "icons", "icon"})


def method_shape(name: str) -> Sample:
    found: Sample = json.loads((SHAPES / "api" / f"{name}.json").read_text(encoding="utf-8"))
    return found


def event_shape(name: str) -> Sample:
    found: Sample = json.loads((SHAPES / "events" / f"{name}Payload.json").read_text(encoding="utf-8"))
    return found


def payloads(prefix: str) -> list[Sample]:
    """The payloads whose file names begin so; of those that are a whole envelope, what is in it."""
    files = sorted(PAYLOADS.glob(f"{prefix}.*.json"))
    found = [json.loads(file.read_text(encoding="utf-8"))["payload"] for file in files]
    return [sample["payload"] if "envelope_id" in sample else sample for sample in found]


def messages(*names: str) -> list[Sample]:
    """A message is a message, wherever it stands: under each of these names, as history knows it."""
    found = [method_shape(name)["messages"] for name in ("conversations.history", "conversations.replies")]
    return [{name: message} for told in found for message in told for name in names]


def views() -> list[Sample]:
    """So is a view."""
    return [{"view": sample["view"]} for sample in payloads("view_submission") if "view" in sample]


def unlike(told: object, known: Sequence[object], path: str = "") -> Iterator[str]:
    """Where `told` has a field that no sample has, or of another kind than in all of them."""
    if isinstance(told, dict):
        yield from _unlike_fields(told, [sample for sample in known if isinstance(sample, dict)], path)
    elif isinstance(told, list):
        inner = [item for sample in known if isinstance(sample, list) for item in sample]
        for item in told if inner else []:
            yield from unlike(item, inner, f"{path}[]")
    elif told is not None and not any(_same_kind(told, sample) for sample in known):
        yield f"{path}: {told!r}"


def _unlike_fields(told: Sample, known: list[Sample], path: str) -> Iterator[str]:
    for name, value in told.items():
        samples = [sample[name] for sample in known if name in sample]
        if not samples:
            yield f"{path}.{name}: unknown"
        elif name not in FREE:
            yield from unlike(value, samples, f"{path}.{name}")


def _same_kind(told: object, sample: object) -> bool:
    return sample is None or _kind(told) == _kind(sample)


def _kind(value: object) -> str:
    return "yes or no" if isinstance(value, bool) else "number" if isinstance(value, int | float) else "text"
