"""The settings that comparisons need: those that are shipped."""

import pytest

from scheduler.app.loading import load
from scheduler.settings import Settings


@pytest.fixture(scope="session")
def settings() -> Settings:
    return load(None).settings
