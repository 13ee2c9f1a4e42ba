"""What is wrong with one token says nothing of the other."""

import pytest

from scheduler.app.tokens import look_at_tokens
from scheduler.errors import Told
from scheduler.settings import Receive

BOT, APP, SECRET = "xoxb-1111-2222-AbCd", "xapp-1-A111-2222-ef01", "0123456789abcdef0123456789abcdef"
_BOT, _APP, _SECRET = "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"


def look(environ: dict[str, str], receive: Receive = Receive.SOCKET) -> dict[str, str]:
    """Each token, or the code of what is wrong with it."""
    found = look_at_tokens(environ, receive)
    return {name: each.code if isinstance(each, Told) else each for name, each in found.items()}


@pytest.mark.parametrize(
    ("environ", "found"),
    [
        ({_BOT: BOT, _APP: APP}, {_BOT: BOT, _APP: APP}),
        ({_APP: APP}, {_BOT: "tokens.missing_bot", _APP: APP}),
        ({_BOT: BOT, _APP: " "}, {_BOT: BOT, _APP: "tokens.empty_app"}),
        ({_BOT: "xoxp-1", _APP: APP}, {_BOT: "tokens.wrong_bot", _APP: APP}),
        ({_BOT: APP, _APP: BOT}, {_BOT: "tokens.swapped", _APP: "tokens.swapped"}),
        ({_BOT: BOT, _APP: BOT}, {_BOT: BOT, _APP: "tokens.of_the_other"}),
    ],
)
def test_each_is_looked_at_by_itself(environ: dict[str, str], found: dict[str, str]):
    assert look(environ) == found


def test_over_http_the_secret_is_looked_at_instead_of_the_app_token():
    assert look({_BOT: BOT, _SECRET: SECRET}, Receive.HTTP) == {_BOT: BOT, _SECRET: SECRET}
    assert look({_BOT: BOT}, Receive.HTTP) == {_BOT: BOT, _SECRET: "tokens.missing_secret"}
