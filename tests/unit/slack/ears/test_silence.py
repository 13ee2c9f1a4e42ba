import pytest

from scheduler.slack.ears.silence import Silence

MINUTE = 60.0


def after(*kept: tuple[float, int]) -> tuple[Silence, list[float | None]]:
    """What each request that was kept told: (when in minutes, the how many-th repetition)."""
    silence = Silence(now=0)
    return silence, [silence.ended(repetition=number, now=at * MINUTE) for at, number in kept]


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        pytest.param([(0, 0), (180, 0), (181, 0)], [None, None, None], id="a quiet night"),
        pytest.param([(0, 0), (180, 2)], [None, 180 * MINUTE], id="the first after three hours comes again"),
        pytest.param([(0, 0), (180, 0), (181, 3)], [None, None, 181 * MINUTE], id="one of the next does"),
        pytest.param([(0, 0), (180, 1)], [None, None], id="only one answer was lost"),
        pytest.param([(0, 0), (1, 0), (1.5, 2)], [None, None, None], id="there was no silence"),
        pytest.param(
            [(0, 0), (180, 0), (188, 0), (188.5, 2)], [None, None, None, 8.5 * MINUTE], id="another"
        ),
        pytest.param([(0, 0), (180, 2), (180.1, 2)], [None, 180 * MINUTE, None], id="each is told once"),
        pytest.param([(180, 3)], [180 * MINUTE], id="nothing came since the start"),
    ],
)
def test_what_comes_for_the_third_time_after_a_silence_tells_of_an_outage(
    kept: list[tuple[float, int]], told: list[float | None]
):
    assert after(*kept)[1] == told


@pytest.mark.parametrize(
    ("kept", "now", "certain"),
    [
        pytest.param([], 5, 0, id="nothing was heard yet"),
        pytest.param([(0, 0)], 600, 0, id="since the last one"),
        pytest.param([(0, 0), (1, 0)], 1, 1, id="all is well"),
        pytest.param([(0, 0), (180, 0)], 181, 0, id="the silence is doubtful"),
        pytest.param([(0, 0), (180, 0), (187, 0)], 187, 0, id="for seven minutes"),
        pytest.param([(0, 0), (180, 0), (187, 0)], 187.5, 180, id="the next one is doubtful still"),
        pytest.param([(0, 0), (180, 0), (180.5, 0)], 188, 180.5, id="it was only quiet"),
    ],
)
def test_what_was_heard_is_certain_once_no_repetition_can_come(
    kept: list[tuple[float, int]], now: float, certain: float
):
    silence, _ = after(*kept)

    assert silence.certain_until(now=now * MINUTE) == certain * MINUTE
