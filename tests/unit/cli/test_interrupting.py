"""A closed window and a polite request to end count as Ctrl-C, for as long as it matters and no longer."""

import signal

import pytest

from scheduler.cli.interrupting import like_ctrl_c


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP])
def test_both_interrupt_as_ctrl_c_does_and_only_inside(sent: signal.Signals):
    before = signal.getsignal(sent)

    with pytest.raises(KeyboardInterrupt), like_ctrl_c():
        signal.raise_signal(sent)
    assert signal.getsignal(sent) is before


def test_what_nohup_ignores_stays_ignored():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with like_ctrl_c():
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_background_job_that_ignores_ctrl_c_is_ended_all_the_same():
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with pytest.raises(KeyboardInterrupt), like_ctrl_c():
            signal.raise_signal(signal.SIGTERM)
    finally:
        signal.signal(signal.SIGINT, before)
