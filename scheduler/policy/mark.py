"""The opaque mark by which a message of ours is found again in Slack. Pure.

It is a hash of the dedup key: the same intended message carries the same mark for ever, also in the eyes of a
database that was put back to an older state and knows nothing of the first attempt. No secret is in it: none
would outlast that. Whoever knows all ids of a message can make its mark, and learns nothing from it.
"""

from hashlib import sha256


def mark_of(dedup_key: str) -> str:
    """24 signs, out of which nobody reads what they were made of."""
    return sha256(f"mark {dedup_key}".encode()).hexdigest()[:24]
