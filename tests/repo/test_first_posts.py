"""The hand labels of first posts: times and words of our own, and nothing that anybody wrote."""

import re
from collections import Counter

from benchmarks.judgement.places import LABELS

LINES = LABELS.read_text(encoding="utf-8").splitlines()
KINDS = "question|trouble|request|greeting|thanks|answer|chat|share|announcement|test"
ROW = re.compile(
    rf"\d{{10}}\.\d{{6}}\t(?:{KINDS})\t(?:yes|no)\t(?:-\tnone|\d{{10}}\.\d{{6}}\t(?:thread|mention|channel))"
)


def test_there_are_at_least_three_hundred_and_each_holds_only_times_and_our_words():
    assert LINES[0] == "ts\tkind\twaits\tfirst_touch\thow"
    assert len(LINES[1:]) >= 300
    assert [line for line in LINES[1:] if not ROW.fullmatch(line)] == []


def test_each_post_stands_there_once():
    posts = Counter(line.split("\t")[0] for line in LINES[1:])

    assert max(posts.values()) == 1


def test_nobody_touched_a_post_before_it_was_written():
    rows = [line.split("\t") for line in LINES[1:]]

    assert [row[0] for row in rows if row[3] != "-" and row[3] <= row[0]] == []
