"""Who reads no Japanese can follow the demo: everything that somebody writes there is told in English."""

from scheduler.demo.lines import Words
from scheduler.demo.people import People
from scheduler.demo.weeks import two_weeks
from scheduler.model.facts import MemberTraced, MessageEdited, MessagePosted
from scheduler.policy.opentime import OpenTime
from scheduler.report import Names
from scheduler.simulate.sample import channels, names
from scheduler.simulate.sample.english import in_english
from scheduler.simulate.sample.source import read_items
from tests.world import make_settings

WORDS = Words("en", Names(channels=channels(), members=names()), OpenTime(make_settings().calendar))


def told() -> list[str]:
    weeks = two_weeks()
    people = People(WORDS, weeks.before)
    lines = ((fact, people.tell(fact)) for fact in weeks.facts)
    gives_words = (MemberTraced, MessageEdited, MessagePosted)
    return [line.text for fact, line in lines if line and isinstance(fact, gives_words)]


def test_everything_that_is_written_is_quoted_in_english():
    assert [line for line in told() if not line.endswith(("”", ")"))] == []


def test_every_line_of_the_file_is_told_once():
    lines = "\n".join(told())

    assert [says for says in in_english().values() if lines.count(says) != 1] == []
    assert len(in_english()) == len(read_items("english.yaml"))
