from __future__ import annotations

import json
from pathlib import Path

import pytest


def _states(out: str) -> dict[str, dict[str, str]]:
    return {result["check"]: result for result in json.loads(out)}


def test_a_sound_machine_has_no_failure(irtysh, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IRTYSH_DATABASE_URL", raising=False)
    code, out, _ = irtysh("doctor", "--json")
    results = _states(out)
    assert code == 0
    assert results["packages"]["state"] == "ok", results["packages"]["detail"]
    assert results["fonts"]["state"] == "ok"
    assert results["releases"]["state"] == "warn"
    assert "irtysh case load" in results["releases"]["remedy"]


def test_a_silent_postgresql_is_a_failure_and_its_password_is_not_shown(
    irtysh, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IRTYSH_DATABASE_URL", "postgres://someone:hunter2@127.0.0.1:1/irtysh")
    code, out, _ = irtysh("doctor", "--json", "--lang", "ru")
    assert code == 1
    assert _states(out)["records"]["state"] == "fail"
    assert "IRTYSH_DATABASE_URL" in _states(out)["records"]["remedy"]
    assert "hunter2" not in out


def test_a_silent_redis_is_a_failure_only_where_one_is_named(
    irtysh, monkeypatch: pytest.MonkeyPatch, redis_url: str
) -> None:
    monkeypatch.setenv("IRTYSH_REDIS_URL", redis_url)
    assert _states(irtysh("doctor", "--json")[1])["redis"]["state"] == "ok"
    monkeypatch.setenv("IRTYSH_REDIS_URL", "redis://127.0.0.1:1/0")
    code, out, _ = irtysh("doctor", "--json")
    assert (code, _states(out)["redis"]["state"]) == (1, "fail")


def test_production_without_a_key_is_a_failure(irtysh, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IRTYSH_PROFILE", "production")
    monkeypatch.delenv("IRTYSH_SECRET_KEY", raising=False)
    code, out, _ = irtysh("doctor", "--json")
    assert (code, _states(out)["secret-key"]["state"]) == (1, "fail")


def test_a_folder_of_releases_without_a_current_one_is_a_failure(irtysh, tmp_path: Path) -> None:
    (tmp_path / "data" / "releases").mkdir(parents=True)
    code, out, _ = irtysh("doctor", "--json")
    assert (code, _states(out)["releases"]["state"]) == (1, "fail")


def test_lines_give_the_remedy_under_the_fault(irtysh, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IRTYSH_REDIS_URL", "redis://127.0.0.1:1/0")
    lines = irtysh("doctor", "--lang", "kk")[1].splitlines()
    position = next(i for i, line in enumerate(lines) if "Redis: 127.0.0.1:1" in line)
    assert lines[position].startswith("ақау")
    assert "IRTYSH_REDIS_URL" in lines[position + 1]
