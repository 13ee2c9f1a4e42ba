from datetime import UTC, datetime, timedelta

import pytest

from scheduler.model.facts import (
    JoinSource,
    MemberDescribed,
    MemberTraced,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    Shape,
    StampAdded,
    StampRemoved,
)
from scheduler.simulate.sample import channels, names, sample_ambassadors, sample_community, stories
from scheduler.simulate.sample.moments import ZONE, local_day, open_days

FACTS = sample_community()
MESSAGES = [fact for fact in FACTS if isinstance(fact, MessagePosted)]
STORIES = {story.key: story for story in stories()}
MEMBERS = {fact.member: fact for fact in FACTS if isinstance(fact, MemberDescribed)}
SOURCES = {fact.member: fact.source for fact in FACTS if isinstance(fact, MemberTraced)}
AMBASSADORS = {ambassador.member for ambassador in sample_ambassadors()}


def post_of(key: str) -> MessagePosted:
    where = (STORIES[key].channel, STORIES[key].ts)
    return next(m for m in MESSAGES if (m.channel, m.ts) == where)


def replies_to(post: MessagePosted) -> list[MessagePosted]:
    return [m for m in MESSAGES if (m.channel, m.thread_ts) == (post.channel, post.ts)]


def answers_to(post: MessagePosted) -> list[MessagePosted]:
    return [m for m in replies_to(post) if m.author != post.author and not m.is_bot]


def stamps_on(post: MessagePosted) -> list[StampAdded]:
    on = (f for f in FACTS if isinstance(f, StampAdded))
    return [f for f in on if (f.channel, f.ts) == (post.channel, post.ts)]


def next_posts(post: MessagePosted) -> list[MessagePosted]:
    later = (m for m in MESSAGES if m.channel == post.channel and m.at > post.at)
    return [m for m in later if m.shape is Shape.POST]


def first_wait(key: str) -> timedelta:
    post = post_of(key)
    return answers_to(post)[0].at.replace(microsecond=0) - post.at.replace(microsecond=0)


def test_the_stories_have_names_of_their_own_and_titles_in_both_languages():
    told = stories()

    assert len(STORIES) == len(told) == 35
    assert len({s.title_ja for s in told}) == len({s.title_en for s in told}) == 35


def test_the_stories_come_in_order_of_time():
    assert [float(s.ts) for s in stories()] == sorted(float(s.ts) for s in stories())


@pytest.mark.parametrize("key", STORIES)
def test_every_story_begins_with_a_post_by_a_human(key: str):
    post = post_of(key)

    assert post.shape is Shape.POST
    assert not post.is_bot


@pytest.mark.parametrize(
    ("key", "waited"),
    [
        pytest.param("answered-in-minutes", timedelta(minutes=5), id="within-minutes"),
        pytest.param("answered-after-hours", timedelta(hours=2, minutes=30), id="after-hours"),
        pytest.param("friday-evening", timedelta(days=2, hours=16, minutes=40), id="after-the-weekend"),
        pytest.param("at-night", timedelta(hours=11, minutes=15), id="after-the-night"),
        pytest.param("on-a-holiday", timedelta(days=1, hours=20, minutes=30), id="after-the-holidays"),
        pytest.param("bot-answers", timedelta(hours=3, minutes=45), id="a-human-after-the-bot"),
        pytest.param("answered-to-channel", timedelta(minutes=30), id="also-sent-to-the-channel"),
    ],
)
def test_answers_come_after(key: str, waited: timedelta):
    assert first_wait(key) == waited


@pytest.mark.parametrize(
    ("key", "weekday", "hour"),
    [
        pytest.param("friday-evening", 4, 18, id="friday-evening"),
        pytest.param("at-night", 1, 23, id="night"),
        pytest.param("on-a-holiday", 1, 14, id="holiday"),
    ],
)
def test_posted_when_the_offices_are_closed(key: str, weekday: int, hour: int):
    at = post_of(key).at.astimezone(ZONE)

    assert (at.weekday(), at.hour) == (weekday, hour)
    assert (at.date() in open_days()) == (key != "on-a-holiday")


@pytest.mark.parametrize("key", ["never-touched", "author-gone"])
def test_nobody_comes_and_nobody_else_posts_there_for_a_day(key: str):
    post = post_of(key)

    assert replies_to(post) == []
    assert stamps_on(post) == []
    assert all(later.at > post.at + timedelta(days=1) for later in next_posts(post))


def test_only_stamps_touch_one_of_them():
    post = post_of("stamp-only")

    assert replies_to(post) == []
    assert [stamp.stamp for stamp in stamps_on(post)] == ["wakaru", "+1"]


def test_an_answer_stands_in_the_channel_and_names_nobody():
    post = post_of("answered-in-channel")
    later = next_posts(post)[0]

    assert replies_to(post) == []
    assert later.author != post.author
    assert later.at - post.at < timedelta(hours=1)
    assert "<" not in later.text


def test_an_answer_mentions_the_author():
    post = post_of("mentioned-later")

    assert replies_to(post) == []
    assert f"<@{post.author}>" in next_posts(post)[0].text


def test_an_answer_links_the_post():
    post = post_of("linked-later")

    assert replies_to(post) == []
    assert f"/archives/{post.channel}/p{post.ts.replace('.', '')}>" in next_posts(post)[0].text


def test_the_answer_to_a_run_sits_under_its_second_message():
    post = post_of("run-of-messages")
    second, third = next_posts(post)[:2]

    assert (second.author, third.author) == (post.author, post.author)
    assert third.at - post.at < timedelta(minutes=7)
    assert answers_to(post) == []
    assert len(answers_to(second)) == 2


def test_the_author_comes_back_before_the_answer():
    post = post_of("own-follow-up")

    assert [reply.author == post.author for reply in replies_to(post)] == [True, False]


def test_the_author_solves_it():
    post = post_of("self-resolved")

    assert answers_to(post) == []
    assert "自己解決しました" in replies_to(post)[0].text


def test_the_author_puts_a_check_mark():
    post = post_of("check-mark-by-author")

    assert [(s.member, s.stamp) for s in stamps_on(post)] == [(post.author, "white_check_mark")]


def test_the_author_edits_it_as_solved():
    post = post_of("edited-as-solved")
    edits = [f for f in FACTS if isinstance(f, MessageEdited) and f.ts == post.ts]

    assert [edit.text.startswith("【解決】") for edit in edits] == [True]


def test_the_author_deletes_it():
    post = post_of("withdrawn")

    assert [
        f.at - post.at < timedelta(minutes=11)
        for f in FACTS
        if isinstance(f, MessageDeleted) and f.ts == post.ts
    ] == [True]


def test_the_only_stamp_is_taken_back_before_the_answer():
    post = post_of("stamp-taken-back")
    put = stamps_on(post)
    taken_back = [f for f in FACTS if isinstance(f, StampRemoved) and f.ts == post.ts]

    assert [(f.member, f.stamp) for f in taken_back] == [(f.member, f.stamp) for f in put]
    assert taken_back[0].at < answers_to(post)[0].at


def test_the_only_reply_is_deleted_before_the_next():
    first, second = answers_to(post_of("reply-deleted"))
    deleted = [f for f in FACTS if isinstance(f, MessageDeleted) and f.ts == first.ts]

    assert [first.at < f.at < second.at for f in deleted] == [True]


def test_the_author_asks_further_after_the_answer():
    post = post_of("reopened")
    by_author = [reply.author == post.author for reply in replies_to(post)]

    assert by_author == [False, True, True, False]


@pytest.mark.parametrize(
    ("key", "stamp"),
    [
        pytest.param("dismissed", "no_entry_sign", id="needs-no-answer"),
        pytest.param("marked", "pushpin", id="wants-an-answer"),
    ],
)
def test_an_ambassador_puts_a_stamp_that_decides(key: str, stamp: str):
    first = stamps_on(post_of(key))[0]

    assert first.stamp == stamp
    assert first.member in AMBASSADORS


@pytest.mark.parametrize("key", ["marked", "always-answered"])
def test_regulars_ask_too(key: str):
    post = post_of(key)

    assert [m for m in MESSAGES if m.author == post.author and m.at < post.at] != []


def test_a_bot_writes_within_two_seconds():
    post = post_of("bot-answers")
    bot = replies_to(post)[0]

    assert bot.is_bot
    assert bot.at - post.at < timedelta(seconds=3)


def test_the_author_is_deactivated_with_the_question_open():
    gone = [f for f in FACTS if isinstance(f, MemberDescribed) and f.is_deactivated]

    assert [(f.member, f.at) for f in gone] == [
        (post_of("author-gone").author, datetime(2026, 4, 30, 0, 0, tzinfo=UTC))
    ]


def test_a_guest_asks():
    assert MEMBERS[post_of("guest").author or ""].is_guest


def test_somebody_writes_english():
    post = post_of("english")

    assert MEMBERS[post.author or ""].locale == "en-US"
    assert post.text.isascii()


@pytest.mark.parametrize(
    ("key", "source"),
    [
        pytest.param("late-first-post", JoinSource.EARLIEST_TRACE, id="half-a-year-of-reading"),
        pytest.param("late-first-seen", JoinSource.FIRST_SEEN, id="here-before-us"),
    ],
)
def test_a_first_post_comes_months_after_joining(key: str, source: JoinSource):
    post = post_of(key)

    assert SOURCES[post.author or ""] is source
    assert [m for m in MESSAGES if m.author == post.author and m.at < post.at] == []


def test_a_newcomer_answers_somebody_else():
    answer = answers_to(post_of("late-first-post"))[0]

    assert SOURCES[answer.author or ""] is JoinSource.EVENT


def test_trouble_is_told_without_a_question_mark():
    text = post_of("no-question-mark").text

    assert text.endswith("・・・")
    assert "？" not in text


@pytest.mark.parametrize("key", ["plain-chat", "chat-question", "thanks-by-hand"])
def test_small_talk_has_its_stories(key: str):
    assert channels()[STORIES[key].channel] == "雑談"


def test_one_friday_an_ambassador_says_thank_you_herself_and_on_no_other_day():
    post = post_of("thanks-by-hand")

    assert post.author in AMBASSADORS
    assert local_day(post.at).weekday() == 4
    assert [m for m in MESSAGES if "週間" in m.text and "お疲れ" in m.text] == [post]


@pytest.mark.parametrize(
    ("key", "shape"),
    [
        pytest.param("answered-to-channel", Shape.BROADCAST, id="broadcast"),
        pytest.param("answered-in-minutes", Shape.REPLY, id="reply"),
    ],
)
def test_answers_stand_in_the_thread_or_in_the_channel_too(key: str, shape: Shape):
    assert answers_to(post_of(key))[0].shape is shape


@pytest.mark.parametrize(
    ("key", "waited"),
    [
        pytest.param("introduction", timedelta(minutes=4), id="seen"),
        pytest.param("introduction-unseen", timedelta(hours=5, minutes=52), id="unseen"),
    ],
)
def test_a_hello_is_touched_by_a_stamp(key: str, waited: timedelta):
    post = post_of(key)

    assert channels()[post.channel] == "自己紹介"
    assert stamps_on(post)[0].at - post.at.replace(microsecond=0) == waited


def test_authors_of_stories_have_names():
    assert {post_of(key).author for key in STORIES} <= set(names())
