"""`config.yaml` to settings: strict, with every problem at once. The only place that knows the file's layout.

It must not know messages, Slack or the database.
"""

from scheduler.config.read import find, load, read, shipped
from scheduler.strictyaml import describe

__all__ = ["describe", "find", "load", "read", "shipped"]
