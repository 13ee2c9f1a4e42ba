"""How fast we call Slack."""

from datetime import UTC, datetime, timedelta

from scheduler.slack.pacer import Call, Pacer

NOON = datetime(2026, 8, 3, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
ALERT = Call(method="chat.postMessage", channel="D1", urgent=True)
OTHER_ALERT = Call(method="chat.postMessage", channel="D2", urgent=True)
WELCOME = Call(method="chat.postMessage", channel="D3")


def paced(*calls: tuple[Call, datetime]) -> Pacer:
    pacer = Pacer()
    for call, at in calls:
        pacer.made(call, now=at)
    return pacer


def alerts(count: int, *, at: datetime) -> list[tuple[Call, datetime]]:
    calls = (Call(method="chat.postMessage", channel=f"D{number}", urgent=True) for number in range(count))
    return [(call, at) for call in calls]


def welcome(number: int) -> Call:
    return Call(method="chat.postMessage", channel=f"W{number}", name=f"welcome:{number}")


def turn_of(pacer: Pacer, call: Call, *, now: datetime) -> datetime:
    """When it goes out: now, which is noted, or at a turn of its own, which it then waits for."""
    at = pacer.earliest(call, now=now)
    if at > now:
        pacer.waits(call, until=at, now=now)
    else:
        pacer.made(call, now=now)
    return at


def test_the_first_call_goes_at_once():
    assert Pacer().earliest(ALERT, now=NOON) == NOON


def test_a_channel_gets_one_message_a_second():
    assert paced((ALERT, NOON)).earliest(ALERT, now=NOON) == NOON + SECOND


def test_another_channel_does_not_wait_for_that():
    assert paced((ALERT, NOON)).earliest(OTHER_ALERT, now=NOON) == NOON


def test_what_is_not_urgent_goes_one_by_one_a_second_apart_each_at_its_own_turn():
    pacer = Pacer()
    turns = [turn_of(pacer, welcome(number), now=NOON) for number in range(4)]
    again = [turn_of(pacer, welcome(number), now=NOON + number * SECOND) for number in (1, 2)]

    assert turns == [NOON + number * SECOND for number in range(4)]
    assert again == [NOON + SECOND, NOON + 2 * SECOND]


def test_whoever_comes_later_takes_nobodys_turn():
    pacer = Pacer()
    for number in range(3):
        turn_of(pacer, welcome(number), now=NOON)

    assert turn_of(pacer, welcome(9), now=NOON + SECOND) == NOON + 3 * SECOND


def test_an_alert_waits_for_no_turn():
    pacer = Pacer()
    for number in range(3):
        turn_of(pacer, welcome(number), now=NOON)

    assert pacer.earliest(ALERT, now=NOON) == NOON


def test_those_who_missed_their_turn_do_not_go_all_at_once():
    pacer = Pacer()
    for number in range(4):
        turn_of(pacer, welcome(number), now=NOON)
    late = [turn_of(pacer, welcome(number), now=NOON + MINUTE) for number in (1, 2, 3)]

    assert late == [NOON + MINUTE, NOON + MINUTE + SECOND, NOON + MINUTE + 2 * SECOND]


def test_a_turn_that_is_met_a_little_late_is_met():
    pacer = Pacer()
    for number in range(3):
        turn_of(pacer, welcome(number), now=NOON)
    late = [turn_of(pacer, welcome(number), now=NOON + (number + 0.9) * SECOND) for number in (1, 2)]

    assert late == [NOON + 1.9 * SECOND, NOON + 2.9 * SECOND]


def test_turns_are_given_anew_when_slack_asks_to_wait():
    pacer = Pacer()
    for number in range(3):
        turn_of(pacer, welcome(number), now=NOON)
    pacer.stop("chat.postMessage", until=NOON + MINUTE)
    turns = [turn_of(pacer, welcome(number), now=NOON + number * SECOND) for number in (1, 2)]

    assert turns == [NOON + MINUTE, NOON + MINUTE + SECOND]


def test_alerts_have_a_limit_as_well():
    pacer = paced(*alerts(240, at=NOON))

    assert pacer.earliest(ALERT, now=NOON + SECOND) == NOON + MINUTE


def test_a_minute_later_all_is_forgotten():
    pacer = paced(*alerts(240, at=NOON))

    assert pacer.earliest(WELCOME, now=NOON + MINUTE) == NOON + MINUTE


def test_each_method_has_its_own_tier():
    calls = [(Call(method="users.list"), NOON + number * SECOND) for number in range(20)]
    pacer = paced(*calls)

    assert pacer.earliest(Call(method="users.list"), now=NOON + 20 * SECOND) == NOON + MINUTE
    assert pacer.earliest(Call(method="users.info"), now=NOON + 20 * SECOND) == NOON + 20 * SECOND


def test_a_method_that_is_not_listed_is_held_to_the_lowest_tier():
    pacer = paced(*[(Call(method="new.method"), NOON) for _ in range(20)])

    assert pacer.earliest(Call(method="new.method"), now=NOON) == NOON + MINUTE


def test_slack_asks_to_wait_and_everybody_waits():
    pacer = Pacer()
    pacer.stop("chat.postMessage", until=NOON + 30 * SECOND)

    assert pacer.earliest(ALERT, now=NOON) == NOON + 30 * SECOND
    assert pacer.earliest(WELCOME, now=NOON) == NOON + 30 * SECOND
    assert pacer.earliest(Call(method="chat.update"), now=NOON) == NOON


def test_a_shorter_wait_asked_for_later_does_not_cut_the_longer_one():
    pacer = Pacer()
    pacer.stop("chat.postMessage", until=NOON + 30 * SECOND)
    pacer.stop("chat.postMessage", until=NOON + 5 * SECOND)

    assert pacer.earliest(ALERT, now=NOON) == NOON + 30 * SECOND


def test_when_the_clock_is_set_back_nobody_waits_for_it():
    pacer = paced(*alerts(240, at=NOON))
    for number in range(3):
        turn_of(pacer, welcome(number), now=NOON)
    earlier = NOON - 60 * MINUTE

    assert pacer.earliest(welcome(1), now=earlier) == earlier
    assert pacer.earliest(Call(method="chat.postMessage", channel="D0", urgent=True), now=earlier) == earlier


def test_what_slack_asked_for_lasts_as_long_by_a_clock_that_was_set_back():
    pacer = paced((ALERT, NOON - MINUTE))
    pacer.earliest(ALERT, now=NOON)
    pacer.stop("chat.postMessage", until=NOON + 30 * SECOND)
    earlier = NOON - 60 * MINUTE

    assert pacer.earliest(ALERT, now=earlier) == earlier + 30 * SECOND
    assert pacer.earliest(ALERT, now=earlier + 30 * SECOND) == earlier + 30 * SECOND
