"""The charts of the page, each with what is to be seen in it and a table of its values."""

from collections.abc import Iterator, Mapping, Sequence

from scheduler.pages import Bar, Chart, Key, Limit, Series, Table, bars, columns, heat
from scheduler.report.figures import Figures
from scheduler.report.page.casefates import CaseFate
from scheduler.report.page.counting import Counted, WeekAlerts
from scheduler.report.page.hours import DAYS, HOURS_A_DAY, Hours
from scheduler.report.page.waitchart import waits_chart
from scheduler.report.page.wording import Wording, number, short
from scheduler.report.period import Unit, monday_of, name_of


def charts(words: Wording, counted: Counted, figures: Figures, budget: int) -> Iterator[Chart]:
    """Those that have something to show. `budget`: what the ambassadors may get in a week, taken together."""
    if figures.beginners.cases:
        yield waits_chart(words, counted)
    if any(week.people or week.channel for week in counted.weeks):
        yield _alerts_chart(words, counted, figures, budget)
    if counted.fates:
        yield _fates_chart(words, counted.fates)
    if figures.beginners.cases:
        yield _hours_chart(words, counted.hours)


def _fates_chart(words: Wording, fates: Mapping[CaseFate, int]) -> Chart:
    every = sum(fates.values())
    alone = fates.get(CaseFate.LEFT_ALONE, 0)
    rows = [(fate, words.say(f"fate_{fate}"), count, f"{count / every:.0%}") for fate, count in fates.items()]
    return Chart(
        id="chart-fates",
        title=words.say("fates_title"),
        finding=words.say(
            "fates_finding", cases=number(every), alone=number(alone), share=f"{alone / every:.0%}"
        ),
        how=words.say("fates_how"),
        drawing=bars(
            [
                Bar(name=name, value=count, number=f"{number(count)} ({share})", css=fate)
                for fate, name, count, share in rows
            ]
        ),
        table=Table(
            caption=words.say("fates_title"),
            heads=(words.say("head_fate"), words.say("head_cases"), words.say("head_share")),
            rows=[(name, number(count), share) for _, name, count, share in rows],
        ),
    )


def _alerts_chart(words: Wording, counted: Counted, figures: Figures, budget: int) -> Chart:
    shown = _busiest_weeks(counted)
    labels = [words.span(Unit.WEEK, week.week) for week in shown]
    people, channel = words.say("key_people"), words.say("key_channel")
    limit = [(words.say("head_budget"), number(budget))] if budget else []
    return Chart(
        id="chart-alerts",
        title=words.say(f"alerts_title_{counted.unit}"),
        finding=_alerts_finding(words, counted.weeks, figures, budget),
        how=words.say("alerts_how" if budget else "alerts_how_channel"),
        keys=(Key(label=people, css="people"), Key(label=channel, css="channel")),
        drawing=columns(
            [short(counted.unit, _span_of(counted.unit, week)) for week in shown],
            [
                _layer("people", [week.people for week in shown], labels, people),
                _layer("channel", [week.channel for week in shown], labels, channel),
            ],
            Limit(value=budget, label=words.say("key_budget", budget=number(budget))) if budget else None,
        ),
        table=Table(
            caption=words.say(f"alerts_title_{counted.unit}"),
            heads=(words.say("head_week"), people, channel, *(head for head, _ in limit)),
            rows=[
                (label, number(week.people), number(week.channel), *(value for _, value in limit))
                for label, week in zip(labels, shown, strict=True)
            ],
        ),
    )


def _busiest_weeks(counted: Counted) -> Sequence[WeekAlerts]:
    """Every week; over a long time, of each month or year the week that had most."""
    if counted.unit is Unit.WEEK:
        return counted.weeks
    by_span: dict[str, WeekAlerts] = {}
    for week in counted.weeks:
        best = by_span.setdefault(_span_of(counted.unit, week), week)
        if week.people + week.channel > best.people + best.channel:
            by_span[_span_of(counted.unit, week)] = week
    return tuple(by_span.values())


def _span_of(unit: Unit, week: WeekAlerts) -> str:
    """The week, month or year that a week's Monday lies in."""
    return name_of(unit, monday_of(week.week))


def _layer(css: str, values: Sequence[int], labels: Sequence[str], name: str) -> Series:
    tips = [f"{label}: {name} {number(value)}" for label, value in zip(labels, values, strict=True)]
    return Series(css=css, values=values, tips=tips)


def _alerts_finding(words: Wording, weeks: Sequence[WeekAlerts], figures: Figures, budget: int) -> str:
    busiest = max(weeks, key=lambda week: week.people + week.channel)
    over = sum(week.people > budget for week in weeks)
    parts = [
        words.say(
            "alerts_busiest",
            week=words.span(Unit.WEEK, busiest.week),
            people=number(busiest.people),
            channel=number(busiest.channel),
        )
    ]
    if budget:
        name = "alerts_over" if over else "alerts_within"
        parts.append(words.say(name, weeks=number(over), budget=number(budget)))
    if loads := figures.sending.ambassadors:
        most = max(load.alerts_in_busiest_week for load in loads)
        parts.append(words.say("alerts_one_person", alerts=number(most)))
    return words.say("between_sentences").join(parts)


def _hours_chart(words: Wording, hours: Hours) -> Chart:
    weekdays = [words.weekday(day) for day in range(DAYS)]
    return Chart(
        id="chart-hours",
        title=words.say("hours_title"),
        finding=_hours_finding(words, hours),
        how=words.say("hours_how"),
        drawing=heat(
            [weekday[:3] for weekday in weekdays],
            [str(hour) for hour in range(HOURS_A_DAY)],
            hours.waited,
            [[_hour_tip(words, hours, day, hour) for hour in range(HOURS_A_DAY)] for day in range(DAYS)],
        ),
        table=Table(
            caption=words.say("hours_caption"),
            heads=(words.say("head_hour"), *weekdays),
            rows=[
                (
                    words.say("hour", hour=hour),
                    *(f"{hours.waited[day][hour]}/{hours.written[day][hour]}" for day in range(DAYS)),
                )
                for hour in range(HOURS_A_DAY)
            ],
        ),
    )


def _hour_tip(words: Wording, hours: Hours, day: int, hour: int) -> str:
    waited, written = hours.waited[day][hour], hours.written[day][hour]
    if not written:
        return ""
    return words.say("hours_tip", weekday=words.weekday(day), hour=hour, waited=waited, written=written)


def _hours_finding(words: Wording, hours: Hours) -> str:
    if not hours.all_waited:
        return words.say("hours_none")
    day, hour = hours.busiest()
    return words.say(
        "hours_finding" if hours.waited[day][hour] > 1 else "hours_scattered",
        waited=number(hours.all_waited),
        open=number(hours.waited_open),
        weekday=words.weekday(day),
        hour=hour,
        most=number(hours.waited[day][hour]),
    )
