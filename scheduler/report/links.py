"""Where a post can be opened in Slack."""

from scheduler.model.cases import CaseKey


def post_link(workspace_url: str, key: CaseKey) -> str:
    """The post's address, in the form of the links that Slack copies."""
    return f"{workspace_url.rstrip('/')}/archives/{key.channel}/p{key.ts.replace('.', '')}"
