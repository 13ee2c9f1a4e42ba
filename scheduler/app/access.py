"""Where Slack is, and what lets us in."""

from dataclasses import dataclass

from scheduler.app.tokens import Tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Where Slack is, and the tokens that let us in; they are never shown.

    `app` opens Socket Mode's connections; with `signing_secret` Slack signs its requests. One of them is set.
    """

    api: str
    bot: str
    app: str | None = None
    signing_secret: str | None = None

    def __repr__(self) -> str:
        return f"Access(api={self.api!r})"


def access(api: str, tokens: Tokens) -> Access:
    """With the tokens that were found."""
    return Access(api=api, bot=tokens.bot, app=tokens.app, signing_secret=tokens.signing_secret)
