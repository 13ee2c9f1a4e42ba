"""The mark by which a message is found again."""

from scheduler.policy.mark import mark_of

WELCOME, THANKS = "welcome:T1:U1:newcomer:1:welcome", "thanks:T1:2026-W47:C9"


def test_the_same_message_has_the_same_mark_in_every_process():
    assert mark_of(WELCOME) == "4da26af2a19287e6ea4e2204"


def test_different_messages_have_different_marks():
    assert mark_of(WELCOME) != mark_of(THANKS)


def test_nothing_of_the_key_shows():
    assert not {"T1", "U1", "welcome"} & set(mark_of(WELCOME))
