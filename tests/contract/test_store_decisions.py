import pytest

from scheduler.model.decisions import DecisionRecord, Reason
from scheduler.store.engine import SqlStore
from tests.contract.rows import TUESDAY, record


@pytest.mark.parametrize(
    ("then", "adds"),
    [
        pytest.param(record(), False, id="says the same"),
        pytest.param(record(values={"to": "UB"}, config_hash="new"), False, id="the same for another value"),
        pytest.param(record(outcome="hold"), True, id="another outcome"),
        pytest.param(record(reason=Reason.UNANSWERED), True, id="another reason"),
        pytest.param(record(subject="another"), True, id="another subject"),
        pytest.param(record(rule="second"), True, id="another rule"),
    ],
)
def test_a_line_is_added_unless_the_last_one_of_subject_and_rule_says_the_same(
    store: SqlStore, then: DecisionRecord, adds: bool
):
    with store.begin() as work:
        first = work.decisions.record(record())
    with store.begin() as work:
        again = work.decisions.record(then)

    assert (first, again) == (True, adds)
    assert list(store.read().decisions.all()) == [record(), then][: 1 + adds]


def test_an_outcome_that_comes_back_is_a_change_again(store: SqlStore):
    with store.begin() as work:
        told = [
            work.decisions.record(record(outcome=outcome)) for outcome in ("send", "hold", "send", "send")
        ]

    assert told == [True, True, True, False]


def test_a_record_comes_back_as_it_was_written(store: SqlStore):
    line = record(TUESDAY, subject="welcome:T1:U'9🌸", values={"to": '"UA"', "until": "10時"})
    with store.begin() as work:
        work.decisions.record(line)

    assert list(store.read().decisions.all()) == [line]


def test_what_was_written_after_a_mark_comes_with_the_mark_to_ask_with_next(store: SqlStore):
    with store.begin() as work:
        work.decisions.record(record())
    mark, first = store.read().decisions.later(0)
    with store.begin() as work:
        work.decisions.record(record(outcome="hold"))
    next_mark, second = store.read().decisions.later(mark)

    assert (first, second) == ((record(),), (record(outcome="hold"),))
    assert store.read().decisions.later(next_mark) == (next_mark, ())
