from collections.abc import Callable

import pytest
from sqlalchemy import create_engine

from scheduler.model.cases import Outcome
from scheduler.model.decisions import Reason
from scheduler.ports import Store, Work
from scheduler.store.tables import METADATA
from tests.contract.rows import GAP, KEY, NOTHING, TUESDAY, WHERE, case, outgoing
from tests.world import delete, described, post, stamp, unstamp

WORDS = "「ぼくの'秘密'の文; DROP TABLE cases」🌸"


def keeps_words(database: str) -> bool:
    engine = create_engine(database)
    with engine.connect() as connection:
        rows = [connection.execute(table.select()).all() for table in METADATA.sorted_tables]
    engine.dispose()
    return "秘密" in repr(rows)


def test_the_text_of_a_message_is_kept_nowhere(store: Store, database: str):
    first = post("UN", "2026-04-14 10:00", WORDS)

    with store.begin() as work:
        work.messages.add(first, NOTHING, gap=GAP)
        work.messages.delete(delete(first, "2026-04-14 10:05"))
        work.stamps.add(stamp("UA", "2026-04-14 10:01", "eyes", first))
        work.stamps.remove(unstamp("UA", "2026-04-14 10:02", "eyes", first))
        work.members.describe(described("UN"))

    assert not keeps_words(database)


def test_an_excerpt_is_kept_while_its_case_is_open(store: Store, database: str):
    with store.begin() as work:
        work.cases.save(case())
        work.cases.keep_excerpt(KEY, WORDS)
    while_open = keeps_words(database)
    with store.begin() as work:
        work.cases.close(KEY, Outcome.EXPIRED, TUESDAY)

    assert (while_open, keeps_words(database)) == (True, False)


@pytest.mark.parametrize(
    "end",
    [
        pytest.param(lambda work: work.outbox.sent("w", TUESDAY, "hash", WHERE), id="sent"),
        pytest.param(lambda work: work.outbox.skip("w", Reason.IS_BOT), id="skipped"),
        pytest.param(lambda work: work.outbox.kill("w", Reason.CANNOT_RENDER), id="dead"),
    ],
)
def test_what_a_message_would_say_is_gone_once_it_no_longer_waits(
    store: Store, database: str, end: Callable[[Work], None]
):
    with store.begin() as work:
        work.outbox.add(outgoing("w", values={"member_name": WORDS}))
    while_waiting = keeps_words(database)
    with store.begin() as work:
        end(work)

    assert (while_waiting, keeps_words(database)) == (True, False)


def work_keeps(database: str) -> bool:
    return keeps_words(database)
