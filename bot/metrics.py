"""The Prometheus text format (prometheus.io/docs/instrumenting/exposition_formats), as far as it is needed here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Labels = tuple[tuple[str, str], ...]


@dataclass
class Metric:
    """One figure, or one for each value of a label.

    Args:
        name: as Prometheus knows it; seconds and bytes are base units, counters end in ``_total``.
        kind: whether it only grows.
        meaning: one line for people.
    """

    name: str
    kind: Literal["counter", "gauge"]
    meaning: str
    samples: dict[Labels, float] = field(default_factory=dict)

    def is_now(self, value: float | None, **labels: str) -> Metric:
        """Give it a value; without one there is no sample."""
        if value is not None:
            self.samples[tuple(sorted(labels.items()))] = value
        return self

    def each(self, label: str, values: Mapping[str, float]) -> Metric:
        """Give it a value for each value of a label."""
        for name, value in values.items():
            self.is_now(value, **{label: name})
        return self


def exposition(metrics: Iterable[Metric]) -> str:
    """The page that Prometheus reads."""
    return "".join(_lines(metric) for metric in metrics if metric.samples)


def _lines(metric: Metric) -> str:
    head = f"# HELP {metric.name} {_escaped(metric.meaning)}\n# TYPE {metric.name} {metric.kind}\n"
    return head + "".join(f"{metric.name}{_labels(labels)} {value:.10g}\n" for labels, value in metric.samples.items())


def _labels(labels: Labels) -> str:
    if not labels:
        return ""
    written = ",".join('{}="{}"'.format(name, _escaped(value).replace('"', '\\"')) for name, value in labels)
    return "{" + written + "}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")
