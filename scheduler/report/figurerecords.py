"""The figures as plain records for the JSON document. The keys and their order are part of the format."""

from scheduler.model.messages import REPORTED
from scheduler.report.casefigures import OPEN, CaseFigures, NeverTouched, weak_sign_of
from scheduler.report.figures import Figures, Waited
from scheduler.report.history import History
from scheduler.report.period import Period
from scheduler.report.records import Record, instant, wait_record
from scheduler.report.results import Names, Noticed
from scheduler.report.sending import AmbassadorLoad, ByKind, ByReason, Sending
from scheduler.report.waits import Waits


def history_record(history: History) -> Record:
    return {
        "messages": history.messages,
        "members": history.members,
        "channels": history.channels,
        "first": instant(history.first_at),
        "last": instant(history.last_at),
    }


def period_record(period: Period) -> Record:
    return {"from": instant(period.since), "until": instant(period.until)}


def finding_record(noticed: Noticed) -> Record:
    examples = [{"file": each.file, "what": each.what, "count": each.count} for each in noticed.examples]
    return {"code": noticed.code, "count": noticed.count, "note": noticed.is_note, "examples": examples}


def figures_record(figures: Figures, names: Names) -> Record:
    return {
        "first_posts": _cases(figures.first_posts),
        "beginners": _cases(figures.beginners),
        "all_cases": _cases(figures.all_cases),
        "longest_waits": [_waited(waited, names) for waited in figures.longest_waits],
        "never_touched": [_waited(waited, names) for waited in figures.never_touched],
        "undated_stamps": figures.undated_stamps,
        "alerts_after_weak_sign": figures.alerts_after_weak_sign,
        "messages": _sending(figures.sending),
    }


def _cases(figures: CaseFigures) -> Record:
    return {
        "cases": figures.cases,
        "reading_like_a_question": figures.asking,
        "outcomes": dict(figures.outcomes),
        "touched": waits_record(figures.touch),
        "touched_or_weak_sign": waits_record(figures.touch_or_weak),
        "answered": waits_record(figures.answer),
        "answered_or_weak_sign": waits_record(figures.answer_or_weak),
        "never_touched": _never_touched(figures.never_touched),
    }


def waits_record(waits: Waits) -> Record:
    return {"cases": waits.count, "median": wait_record(waits.median), "p90": wait_record(waits.p90)}


def _never_touched(figures: NeverTouched) -> Record:
    return {
        "cases": figures.cases,
        "outcomes": dict(figures.outcomes),
        "reading_like_a_question": figures.asking,
        "with_weak_sign": figures.weak_sign,
        "with_undated_stamp": figures.undated_stamp,
        "left_alone": figures.left_alone,
        "alerted": figures.alerted,
    }


def _waited(waited: Waited, names: Names) -> Record:
    case = waited.case
    return {
        "channel": case.key.channel,
        "channel_name": names.channels.get(case.key.channel),
        "ts": case.key.ts,
        "opening": case.key.opening,
        "opened": instant(case.opened_at),
        "waited": wait_record(waited.wait),
        "touched": instant(case.touched_at),
        "weak_sign": instant(weak_sign_of(case)),
        "undated_stamp": case.undated_stamp,
        "outcome": case.outcome.value if case.outcome else OPEN,
    }


def _sending(sending: Sending) -> Record:
    return {
        "sent": _by_kind(sending.sent),
        "unit": sending.unit.value,
        "sent_by_span": [{"span": each.span, "sent": _by_kind(each.by_kind)} for each in sending.by_span],
        "sent_by_reason": _by_reason(sending.by_reason),
        "alerts_by_step": dict(sending.by_step),
        "alerts_by_ambassador": [_load(load) for load in sending.ambassadors],
        "alerts_to_channel": sending.alerts_to_channel,
        "held_by_reason": _by_reason(sending.held),
        "skipped_by_reason": _by_reason(sending.skipped),
        "dead_by_reason": _by_reason(sending.dead),
        "waiting_at_the_end": _by_kind(sending.waiting),
    }


def _load(load: AmbassadorLoad) -> Record:
    return {
        "ambassador": load.member,
        "alerts": load.alerts,
        "busiest_week": load.busiest_week,
        "alerts_in_busiest_week": load.alerts_in_busiest_week,
    }


def _by_kind(counts: ByKind) -> Record:
    return {kind.value: counts[kind] for kind in REPORTED}


def _by_reason(counts: ByReason) -> Record:
    return {reason.value: _by_kind(by_kind) for reason, by_kind in counts.items()}
