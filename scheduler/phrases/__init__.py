"""The phrases that tell what a message does: those that are shipped, and the admin's own.

Both are YAML files of one form. Nothing here judges a text.
"""

from scheduler.phrases.files import find, load_phrases, read

__all__ = ["find", "load_phrases", "read"]
