"""What came just now need not be read out of the inbox again; what came long ago is."""

from scheduler.live.recent import Recent


def test_what_is_taken_is_not_kept_any_longer():
    recent = Recent()
    recent.keep("Ev1", {"event": {"type": "message"}})

    assert (recent.take("Ev1"), recent.take("Ev1")) == ({"event": {"type": "message"}}, None)


def test_of_many_that_nobody_takes_the_oldest_give_way():
    recent = Recent()
    for number in range(1000):
        recent.keep(f"Ev{number}", {"number": number})

    assert (recent.take("Ev935"), recent.take("Ev936")) == (None, {"number": 936})
