"""The Friday thank-you: from facts, never a ranking, silent when a human already posted it."""

from datetime import datetime, timedelta

from scheduler.actions.context import Context, note_decision
from scheduler.model.decisions import Hold, Reason, Skip
from scheduler.model.messages import Day, MessageKind, OutgoingMessage, PlaceholderValue
from scheduler.policy.thanks import decide_thanks, is_long_break, next_open_day, thanks_key
from scheduler.policy.walltime import first_shown
from scheduler.ports import WeekFigures, Work


def plan_thanks(work: Work, context: Context, *, scheduled_at: datetime, now: datetime) -> None:
    """Decides this week's thank-you; one held back by a quiet time waits in the outbox."""
    thanks = context.settings.thanks
    if thanks is None:
        return
    day = context.open_time.local_day(scheduled_at)
    channel = work.channels.id_of(thanks.channel) or thanks.channel
    key = thanks_key(team=work.team, channel=channel, day=day)
    figures = _figures(work, context, scheduled_at=scheduled_at)
    decision = decide_thanks(
        thanks,
        context.open_time,
        now=now,
        scheduled_at=scheduled_at,
        human_thanked=human_thanked(work, context, scheduled_at=scheduled_at, now=now),
        something_happened=any((figures.joined, figures.first_posts, figures.answers)),
        limits=context.settings.limits,
    )
    note_decision(work, context, decision, subject=key, rule="thanks", now=now)
    if isinstance(decision, Skip) or decision.reason is Reason.NOT_YET:
        return
    work.outbox.add(
        OutgoingMessage(
            team=work.team,
            dedup_key=key,
            kind=MessageKind.THANKS,
            message=thanks.message,
            recipient=channel,
            due_at=scheduled_at,
            not_before=decision.until if isinstance(decision, Hold) else now,
            reason=Reason.END_OF_WEEK,
            rotation=day.toordinal() // 7,
            values=_values(context, figures, scheduled_at=scheduled_at),
        )
    )


def human_thanked(work: Work, context: Context, *, scheduled_at: datetime, now: datetime) -> bool:
    """Whether somebody already posted a weekly thank-you in that channel on that day."""
    thanks = context.settings.thanks
    if thanks is None:
        return False
    channel = work.channels.id_of(thanks.channel) or thanks.channel
    midnight = first_shown(
        context.open_time.zone, context.open_time.local_day(scheduled_at), datetime.min.time()
    )
    return work.messages.thanked(channel, start=midnight, end=now + timedelta(microseconds=1))


def _figures(work: Work, context: Context, *, scheduled_at: datetime) -> WeekFigures:
    day = context.open_time.local_day(scheduled_at)
    monday = day - timedelta(days=day.weekday())
    start = first_shown(context.open_time.zone, monday, datetime.min.time())
    return work.cases.week(start, scheduled_at)


def _values(context: Context, figures: WeekFigures, *, scheduled_at: datetime) -> dict[str, PlaceholderValue]:
    day = context.open_time.local_day(scheduled_at)
    return {
        "joined": figures.joined,
        "first_posts": figures.first_posts,
        "first_posts_touched": figures.first_posts_touched,
        "answers": figures.answers,
        "helpers": figures.helpers,
        "next_open_day": Day(next_open_day(context.open_time, day)),
        "long_break": is_long_break(context.open_time, day),
    }
