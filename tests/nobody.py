"""Root may do everything: what nobody in particular may do is tried in a child process."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_NOBODY = 65534
ONLY_AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


@contextmanager
def open_folder(name: str) -> Iterator[Path]:
    """Not pytest's own folder: root's folders are closed to others."""
    folder = Path("/var/tmp") / f"ambassador-{name}-{os.getpid()}"
    folder.mkdir()
    folder.chmod(0o777)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def as_nobody(call: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever it gives, as JSON
    """What `call` gives. Nothing can be imported in there: that is root's, too."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgid(_NOBODY)
            os.setuid(_NOBODY)
            os.write(write, json.dumps(call()).encode())
        except BaseException:  # noqa: BLE001 - a child must not come back into the tests
            os._exit(9)
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as told:
        given = told.read()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    return json.loads(given)
