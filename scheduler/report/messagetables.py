"""Tables about messages: what would have been sent, to whom, and what was held or skipped, and why."""

from collections.abc import Iterator, Mapping

from scheduler.catalogue import say
from scheduler.model.messages import REPORTED
from scheduler.report.casetables import counted
from scheduler.report.period import Unit, monday_of
from scheduler.report.results import Names
from scheduler.report.sending import AmbassadorLoad, ByKind, ByReason, Sending
from scheduler.report.sheet import NOTHING, Column, Sheet
from scheduler.report.words import reason_in_words

#: Ambassadors shown one by one; nine years of history know many.
_MOST_AMBASSADORS = 15


def sent_sheet(language: str, sending: Sending) -> Sheet:
    """Messages by year or week and by kind."""
    rows = [(_span(language, sending.unit, each.span), *_numbers(each.by_kind)) for each in sending.by_span]
    if len(rows) > 1:
        rows.append((say(language, "simulate.total"), *_numbers(sending.sent)))
    return Sheet(
        title=say(language, "simulate.sent_title"),
        columns=(Column(head=say(language, f"simulate.span_{sending.unit}")), *_kind_columns(language)),
        rows=tuple(rows),
        notes=tuple(_sent_notes(language, sending)),
    )


def ambassadors_sheet(language: str, sending: Sending, names: Names) -> Sheet:
    """Alerts by ambassador, and those to their channel."""
    heads = ("alerts", "busiest_week", "in_busiest_week")
    return Sheet(
        title=say(language, "simulate.ambassadors_title"),
        columns=(
            Column(head=say(language, "simulate.ambassador")),
            *(Column(head=say(language, f"simulate.{head}"), is_number=True) for head in heads),
        ),
        rows=tuple(_ambassador_rows(language, sending, names)),
        notes=(say(language, "simulate.ambassadors_note"),),
    )


def stopped_sheet(language: str, sending: Sending) -> Sheet:
    """What was held, skipped or could not go, by reason."""
    decisions: Mapping[str, ByReason] = {
        "held": sending.held,
        "skipped": sending.skipped,
        "dead": sending.dead,
    }
    return Sheet(
        title=say(language, "simulate.stopped_title"),
        columns=(
            Column(head=say(language, "simulate.decision")),
            Column(head=say(language, "simulate.reason")),
            *_kind_columns(language),
        ),
        rows=tuple(
            (say(language, f"simulate.{name}"), reason_in_words(language, reason), *_numbers(by_kind))
            for name, reasons in decisions.items()
            for reason, by_kind in reasons.items()
        ),
        notes=(say(language, "simulate.stopped_note"),) if sending.held else (),
    )


def _kind_columns(language: str) -> Iterator[Column]:
    for kind in REPORTED:
        yield Column(head=say(language, f"simulate.column_{kind}"), is_number=True)
    yield Column(head=say(language, "simulate.total"), is_number=True)


def _numbers(by_kind: ByKind) -> tuple[str, ...]:
    counts = [by_kind[kind] for kind in REPORTED]
    return tuple(f"{count:,}" if count else NOTHING for count in (*counts, sum(counts)))


def _span(language: str, unit: Unit, span: str) -> str:
    if unit is Unit.YEAR:
        return say(language, "simulate.year", year=span)
    return say(language, "simulate.week_from", day=monday_of(span).isoformat())


def _sent_notes(language: str, sending: Sending) -> Iterator[str]:
    reasons = {
        reason_in_words(language, reason): sum(by_kind.values())
        for reason, by_kind in sending.by_reason.items()
    }
    if reasons:
        yield say(language, "simulate.sent_reasons", reasons=counted(language, reasons))
    if sending.by_step:
        yield say(language, "simulate.sent_steps", steps=counted(language, sending.by_step))
    if waiting := sum(sending.waiting.values()):
        yield say(language, "simulate.waiting", count=f"{waiting:,}")


def _ambassador_rows(language: str, sending: Sending, names: Names) -> Iterator[tuple[str, ...]]:
    shown, others = sending.ambassadors[:_MOST_AMBASSADORS], sending.ambassadors[_MOST_AMBASSADORS:]
    yield from (_ambassador_row(language, load, names) for load in shown)
    if others:
        alerts = sum(load.alerts for load in others)
        yield say(language, "simulate.others", count=f"{len(others):,}"), f"{alerts:,}"
    if sending.alerts_to_channel:
        yield say(language, "simulate.to_channel"), f"{sending.alerts_to_channel:,}"


def _ambassador_row(language: str, load: AmbassadorLoad, names: Names) -> tuple[str, ...]:
    return (
        names.member(load.member),
        f"{load.alerts:,}",
        _span(language, Unit.WEEK, load.busiest_week),
        f"{load.alerts_in_busiest_week:,}",
    )
