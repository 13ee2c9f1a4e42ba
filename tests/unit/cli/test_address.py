import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.cli.address import Address, read_address

LINK = "https://x.slack.com/archives/C0123ABCD/p1700000000000100"
REPLY = "https://x.slack.com/archives/C0123ABCD/p1700000123000200?thread_ts=1700000000.000100&cid=C0123ABCD"
POST = Address("C0123ABCD", ("1700000000.000100",))
HOST = "x.slack.com"
LINKED = Address("C0123ABCD", POST.moments, HOST)
GRID = "x.enterprise.slack.com"
IN_THREAD = Address("C0123ABCD", ("1700000123.000200", "1700000000.000100"), HOST)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("C0123ABCD:1700000000.000100", POST, id="id and ts"),
        pytest.param(" C0123ABCD : 1700000000.000100 ", POST, id="with blanks around"),
        pytest.param("C0123ABCD:p1700000000000100", POST, id="the ts as it stands in links"),
        pytest.param("#なんでも相談:1700000000.000100", Address("なんでも相談", POST.moments), id="name"),
        pytest.param(
            "なんでも相談:1700000000.000100", Address("なんでも相談", POST.moments), id="name without #"
        ),
        pytest.param(
            "＃なんでも相談：１７００００００００.０００１００",
            Address("なんでも相談", POST.moments),
            id="wide signs",
        ),
        pytest.param(LINK, LINKED, id="link"),
        pytest.param(f"{LINK}/", LINKED, id="link with a slash at the end"),
        pytest.param(f"<{LINK}>", LINKED, id="link in angle brackets"),
        pytest.param(f"<{LINK}|この投稿>", LINKED, id="link with a label"),
        pytest.param(LINK.replace(HOST, GRID), Address("C0123ABCD", POST.moments, GRID), id="link of a Grid"),
        pytest.param(
            LINK.replace("/archives/C", "/archives/D"), Address("D0123ABCD", POST.moments, HOST), id="DM"
        ),
        pytest.param(REPLY, IN_THREAD, id="link to a reply"),
        pytest.param(REPLY.replace("&", "&amp;"), IN_THREAD, id="link to a reply, escaped"),
        pytest.param(f"<{REPLY}|x>", IN_THREAD, id="link to a reply, in angle brackets"),
        pytest.param(f"{LINK}?thread_ts=1700000000.000100", LINKED, id="link to the first of a thread"),
        pytest.param(f"{LINK}?thread_ts=soon&cid=", LINKED, id="link with a query that says nothing"),
    ],
)
def test_people_say_in_many_ways_which_post_they_mean(text: str, expected: Address):
    assert read_address(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("C0123ABCD", id="no ts"),
        pytest.param("1700000000.000100", id="no channel"),
        pytest.param(":1700000000.000100", id="an empty channel"),
        pytest.param("#:1700000000.000100", id="only the sign of a channel"),
        pytest.param("C0123ABCD:", id="an empty ts"),
        pytest.param("C0123ABCD:yesterday", id="no ts but a word"),
        pytest.param("C0123ABCD:1700000000", id="seconds alone"),
        pytest.param("two words:1700000000.000100", id="a name with a blank"),
        pytest.param("https://x.slack.com/archives/C0123ABCD", id="link to a channel"),
        pytest.param("https://x.slack.com/archives/C0123ABCD/p17", id="link cut off"),
        pytest.param("https://example.com/page:1700000000.000100", id="another link"),
    ],
)
def test_what_says_no_post_is_not_guessed(text: str):
    assert read_address(text) is None


@given(text=st.text(alphabet=st.sampled_from("C0:#.p1<>|/?&=／：１ \n相"), max_size=60))
def test_no_text_breaks_the_reading(text: str):
    address = read_address(text)

    assert address is None or (address.channel and all(len(ts) == 17 for ts in address.moments))
