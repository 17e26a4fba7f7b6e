"""Settings come from the environment alone, and the production profile is safe."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from irtysh.config import environment
from irtysh.config.environment import SettingMissing, SettingWrong
from irtysh.vocabulary.places import ROOT
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import explain

_PRODUCTION = {
    "IRTYSH_PROFILE": "production",
    "IRTYSH_SECRET_KEY": "q7Jw2-Zk9_Lr4Xv8Bn1Mc6Td3Gf5Hs0Py" * 2,
    "IRTYSH_HOSTS": "portal.example.org",
    "IRTYSH_BASE_URL": "https://portal.example.org",
}


def _django(tmp_path: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("IRTYSH_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**kept, "IRTYSH_DATA": str(tmp_path), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_passes_djangos_own_inspection(tmp_path: Path) -> None:
    done = _django(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **_PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert "0 silenced" in done.stdout


@pytest.mark.parametrize("name", ["IRTYSH_SECRET_KEY", "IRTYSH_HOSTS", "IRTYSH_BASE_URL"])
def test_production_refuses_to_start_without(tmp_path: Path, name: str) -> None:
    variables = {key: value for key, value in _PRODUCTION.items() if key != name}
    done = _django(tmp_path, "check", **variables)
    assert done.returncode != 0
    assert f"SettingMissing(name='{name}')" in done.stderr


def test_production_never_shows_debug_pages(tmp_path: Path) -> None:
    script = "from django.conf import settings; print(settings.DEBUG)"
    done = _django(tmp_path, "shell", "-v", "0", "-c", script, IRTYSH_DEBUG="1", **_PRODUCTION)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_setting_is_explained(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("IRTYSH_PROFILE", "staging")
    with pytest.raises(SettingWrong) as caught:
        environment.profile()
    words = explain(caught.value, language)
    assert "staging" in words
    assert "production" in words
    assert "X" in explain(SettingMissing(name="X"), language)


def test_an_address_of_postgresql_is_read_with_its_escapes() -> None:
    read = environment.database(
        "postgres://us%40er:p%3Aw%2F@db.example.org:6432/irtysh?sslmode=require", pooled=True
    )
    assert read["ENGINE"] == "django.db.backends.postgresql"
    assert (read["USER"], read["PASSWORD"]) == ("us@er", "p:w/")
    assert (read["HOST"], read["PORT"], read["NAME"]) == ("db.example.org", "6432", "irtysh")
    assert read["OPTIONS"]["sslmode"] == "require"
    assert read["OPTIONS"]["pool"]["max_size"] > 1


def test_sqlite_is_set_up_for_several_workers(tmp_path: Path) -> None:
    read = environment.database(f"sqlite:///{tmp_path}/deep/x.sqlite3", pooled=True)
    assert read["NAME"] == tmp_path / "deep" / "x.sqlite3"
    assert (tmp_path / "deep").is_dir()
    assert read["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "WAL" in read["OPTIONS"]["init_command"]
    assert read["CONN_MAX_AGE"] is None


def test_a_wrong_address_is_refused_without_its_password() -> None:
    with pytest.raises(SettingWrong) as caught:
        environment.database("mysql://root:hunter2@localhost/x", pooled=False)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(("text", "is_wrong"), [("1", False), ("0", False), ("yes", True)])
def test_a_switch_is_one_or_zero(
    monkeypatch: pytest.MonkeyPatch, text: str, is_wrong: bool
) -> None:
    monkeypatch.setenv("IRTYSH_X", text)
    if is_wrong:
        with pytest.raises(SettingWrong):
            environment.switch("IRTYSH_X", True)
    else:
        assert environment.switch("IRTYSH_X", False) is (text == "1")


def test_every_variable_is_described() -> None:
    read = (ROOT / "docs" / "how-to" / "configure.md").read_text(encoding="utf-8")
    import re

    used = set()
    for path in (ROOT / "irtysh").rglob("*.py"):
        used |= set(re.findall(r'"(IRTYSH_[A-Z_]+)"', path.read_text(encoding="utf-8")))
    assert {name for name in used if f"`{name}`" not in read} == set()


@pytest.mark.django_db
def test_the_cache_works_through_redis(settings, redis_url: str) -> None:
    from django.core.cache import caches

    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": redis_url,
            "KEY_PREFIX": f"irtysh-test-{os.getpid()}",
        }
    }
    cache = caches["default"]
    try:
        cache.set("release", {"id": "2024-01-01", "сторона": "Қазақстан"}, timeout=30)
        assert cache.get("release") == {"id": "2024-01-01", "сторона": "Қазақстан"}
    finally:
        cache.delete("release")
        cache.close()
