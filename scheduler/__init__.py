"""Ambassador: nobody's first post goes unseen."""

__version__ = "0.1.0"
