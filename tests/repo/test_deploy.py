"""Compose files and units: closed as far as they can be, and saying the same as the image and the docs."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.repo.test_image import environment, final_stage

REPO = Path(__file__).parents[2]
DEPLOY = REPO / "deploy"
COMPOSE = ("compose.yaml", "compose.postgresql.yaml")
UNITS = ("ambassador.service", "ambassador@.service")


def compose(name: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8"))
    return read


def unit(name: str) -> list[str]:
    """The lines of a unit that say something."""
    lines = (DEPLOY / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("name", COMPOSE)
def test_the_service_can_write_nowhere_else_and_may_do_nothing_else(name: str):
    service = compose(name)["services"]["app"]

    assert (service["read_only"], service["cap_drop"], service["security_opt"], service["restart"]) == (
        True,
        ["ALL"],
        ["no-new-privileges:true"],
        "unless-stopped",
    )
    assert "ports" not in service
    assert service["logging"]["options"] == {"max-size": "10m", "max-file": "5"}


@pytest.mark.parametrize("name", COMPOSE)
def test_secrets_are_files_and_each_one_that_is_used_is_defined(name: str):
    told = compose(name)
    used = {secret for service in told["services"].values() for secret in service["secrets"]}
    named = {
        value.removeprefix("/run/secrets/")
        for service in told["services"].values()
        for value in service["environment"].values()
        if str(value).startswith("/run/secrets/")
    }

    assert used == named == set(told["secrets"])
    assert "xox" not in (DEPLOY / name).read_text()


@pytest.mark.parametrize("name", COMPOSE)
def test_volumes_are_mounted_where_the_image_looks(name: str):
    told = compose(name)
    mounts = [mount.split(":")[1] for mount in told["services"]["app"]["volumes"]]

    assert str(Path(environment()["AMBASSADOR_CONFIG"]).parent) in mounts
    if "data" in told["volumes"]:
        assert dict(final_stage())["VOLUME"] in mounts


def test_on_postgresql_there_are_two():
    assert compose("compose.postgresql.yaml")["services"]["app"]["deploy"] == {"replicas": 2}


@pytest.mark.parametrize("name", COMPOSE)
def test_docker_itself_takes_the_compose_file(name: str):
    if (
        shutil.which("docker") is None
        or subprocess.run(["docker", "compose", "version"], capture_output=True, check=False).returncode
    ):
        pytest.skip("docker compose is not on this machine")
    command = ["docker", "compose", "-f", str(DEPLOY / name), "config", "--quiet"]

    assert subprocess.run(command, capture_output=True, text=True, check=False).stderr == ""


def from_working_directory_on(name: str) -> list[str]:
    """What both units share: who runs, with which files, and what is closed."""
    lines = unit(name)
    return [line for line in lines[lines.index("DynamicUser=yes") :] if not line.startswith(("[", "Wanted"))]


def test_a_command_is_as_closed_as_the_service():
    assert from_working_directory_on(UNITS[0]) == from_working_directory_on(UNITS[1])


def test_an_exit_that_a_restart_cannot_help_is_no_reason_for_one():
    lines = set(unit("ambassador.service"))

    assert {"Restart=on-failure", "RestartPreventExitStatus=2", "TimeoutStopSec=15"} <= lines


@pytest.mark.parametrize("name", [*UNITS, "ambassador-backup.timer"])
def test_systemd_itself_takes_the_unit(name: str, tmp_path: Path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not on this machine")
    for file in DEPLOY.glob("ambassador*"):
        text = file.read_text(encoding="utf-8").replace("/opt/ambassador/bin/ambassador", sys.executable)
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    result = subprocess.run(
        ["systemd-analyze", "verify", tmp_path / name], capture_output=True, text=True, check=False
    )

    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize("name", UNITS)
def test_systemd_finds_the_unit_well_closed(name: str):
    """From 0 (closed) to 100 (open)."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not on this machine")
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=15", str(DEPLOY / name)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout[-300:] + result.stderr


def blocks_on(page: str, language: str) -> list[str]:
    """The code blocks of a how-to page that are in this language."""
    text = (REPO / "docs" / "howto" / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


HTTP_PAGES = ["receive-over-http.md", "receive-over-http.ja.md"]


@pytest.mark.parametrize("page", HTTP_PAGES)
def test_what_the_page_adds_to_compose_for_http_is_defined_and_where_the_config_listens(page: str):
    config, added = map(yaml.safe_load, blocks_on(page, "yaml"))
    app = added["services"]["app"]
    (secret,) = added["secrets"]
    port = config["service"]["listen"].rpartition(":")[2]

    assert added["secrets"][secret] == {"file": f"./secrets/{secret}"}
    assert app["secrets"] == [secret]
    assert app["environment"] == {"SLACK_SIGNING_SECRET_FILE": f"/run/secrets/{secret}"}
    assert app["ports"] == [f"127.0.0.1:{port}:{port}"]


@pytest.mark.parametrize("page", HTTP_PAGES)
def test_systemd_itself_takes_what_the_page_adds_to_the_units_for_http(page: str, tmp_path: Path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not on this machine")
    (added,) = blocks_on(page, "ini")
    text = (DEPLOY / UNITS[0]).read_text(encoding="utf-8")
    (tmp_path / UNITS[0]).write_text(text.replace("/opt/ambassador/bin/ambassador", sys.executable))
    (tmp_path / f"{UNITS[0]}.d").mkdir()
    (tmp_path / f"{UNITS[0]}.d" / "override.conf").write_text(added)
    result = subprocess.run(
        ["systemd-analyze", "verify", tmp_path / UNITS[0]], capture_output=True, text=True, check=False
    )

    assert (result.returncode, result.stderr) == (0, "")
    assert added.count("slack_signing_secret") == 3
