from scheduler.ports import Store


def test_the_latest_value_of_a_mark_is_remembered(store: Store):
    with store.begin() as work:
        work.marks.put("alive", "2026-08-03T10:00")
        work.marks.put("seeded", "import")
        work.marks.put("alive", "2026-08-03T10:01")
    with store.begin() as work:
        found = (dict(work.marks.all()), work.marks.get("alive"), work.marks.get("never"))

    assert found == ({"alive": "2026-08-03T10:01", "seeded": "import"}, "2026-08-03T10:01", None)
