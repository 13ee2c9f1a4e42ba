"""How the service is doing, as figures for Prometheus. Nothing is global: one status makes one answer."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from scheduler import __version__
from scheduler.live.status import Counts, Role, Status, TroubleKind, ready


def exposition(status: Status) -> bytes:
    """The text format, version 0.0.4."""
    registry = CollectorRegistry()
    registry.register(_Figures(status))
    return generate_latest(registry)


class _Figures(Collector):
    def __init__(self, status: Status) -> None:
        self._status = status

    def collect(self) -> Iterator[Metric]:
        yield _build(self._status)
        yield from _health(self._status)
        yield from _counted(self._status.counts)


def _build(status: Status) -> Metric:
    metric = GaugeMetricFamily(
        "ambassador_build_info", "Always 1; the version and the mode.", labels=("version", "mode")
    )
    metric.add_metric((__version__, status.mode.value), 1)
    return metric


def _health(status: Status) -> Iterator[Metric]:
    kinds = {trouble.kind for trouble in ready(status)}
    yield _gauge("ready", "1 while nothing is wrong.", not kinds)
    troubles = GaugeMetricFamily("ambassador_trouble", "1 while this is wrong.", labels=("kind",))
    for kind in TroubleKind:
        troubles.add_metric((kind.value,), kind in kinds)
    yield troubles
    if status.seconds_since_sign is not None:
        yield _gauge(
            "last_sign_seconds", "Since the last sign of life from Slack.", status.seconds_since_sign
        )
    yield _gauge("inbox_lag_seconds", "Age of the oldest event not read.", status.inbox_lag.total_seconds())
    yield _gauge(
        "oldest_unsent_alert_seconds",
        "For how long the oldest unsent alert is due.",
        status.alert_lateness.total_seconds(),
    )
    yield _gauge("holds_lease", "1 while this process folds and sends.", status.role is Role.HOLDER)
    yield _gauge("catching_up", "1 while what was missed is read from Slack.", status.catching_up)


def _counted(counts: Counts) -> Iterator[Metric]:
    envelopes = _counter("envelopes", "Events from Slack, and what became of them.", "kind", "outcome")
    by_outcome = {"received": counts.received, "duplicate": counts.duplicates, "dead": counts.dead}
    for outcome, by_kind in by_outcome.items():
        for kind, count in sorted(by_kind.items()):
            envelopes.add_metric((kind, outcome), count)
    yield envelopes
    facts = _counter("facts_folded", "Facts taken from events.")
    facts.add_metric((), counts.facts_folded)
    yield facts
    messages = _counter("messages", "Messages of ours, and what became of them.", "kind", "outcome")
    for labels, count in sorted(counts.messages.items()):
        messages.add_metric(labels, count)
    yield messages


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(f"ambassador_{name}", meaning, value=value)


def _counter(name: str, meaning: str, *labels: str) -> CounterMetricFamily:
    return CounterMetricFamily(f"ambassador_{name}", meaning, labels=labels)
