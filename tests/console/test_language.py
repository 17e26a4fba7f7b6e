from __future__ import annotations

import argparse
import ast
import inspect
import re
import subprocess
import sys

import pytest

from irtysh.console.language import chosen_language
from irtysh.vocabulary.places import ROOT
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import catalogue

# Said to the programmer who writes a parser, never to the one who calls the command.
_TO_PROGRAMMERS = re.compile(
    r"__call__|conflicting|cannot|invalid (option|conflict)|with mode|is an invalid argument"
    r"|dest= is|mutually exclusive|is not callable"
)
_BLANK = re.compile(r"%\(\w+\)[srd]|%[srd]")


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "C.UTF-8"}, "en"),
        ([], {"LANG": "ru_RU.UTF-8"}, "ru"),
        ([], {"LANG": "ru_RU.UTF-8", "LC_ALL": "kk_KZ.UTF-8"}, "kk"),
        ([], {"LANG": "ru_RU.UTF-8", "IRTYSH_LANG": "kk"}, "kk"),
        (["case", "--lang", "en"], {"IRTYSH_LANG": "kk"}, "en"),
        (["--lang=ru", "case"], {"IRTYSH_LANG": "kk"}, "ru"),
        (["--lang"], {"LANG": "de_DE"}, "en"),
        (["--lang", "de"], {"IRTYSH_LANG": "kk-KZ"}, "kk"),
    ],
)
def test_language_is_the_readers(
    arguments: list[str], environment: dict[str, str], language: str
) -> None:
    assert chosen_language(arguments, environment) == language


def _words_of_argparse() -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(inspect.getsource(argparse))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "ngettext"):
            found |= {
                argument.value
                for argument in node.args
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            }
    return {words for words in found if not _TO_PROGRAMMERS.search(words)}


def test_everything_argparse_can_say_is_translated_with_its_blanks() -> None:
    ours = catalogue("argparse")
    assert _words_of_argparse() - set(ours) == set()
    for english, texts in ours.items():
        for language in LANGUAGES:
            assert sorted(_BLANK.findall(texts[language])) == sorted(_BLANK.findall(english))


_LATIN_WORDS = re.compile(r"[a-z]{4,}")
_NAMES = {
    "irtysh", "help", "lang", "json", "version", "host", "port", "workers", "case", "data",
    "serve", "demo", "release", "check", "doctor", "load", "export", "list", "show", "diff",
    "without", "pages", "verify", "arithmetic", "cases", "omsk", "kazakhstan", "manage",
    "register", "preview", "import", "programme", "freeze", "remind", "daily",
    "claims", "extract", "judge", "eval", "evaluate", "report", "fetch", "aggregate",
    "park",  # of Spark
}  # fmt: skip


@pytest.mark.parametrize("language", ["ru", "kk"])
@pytest.mark.parametrize(
    "command",
    ["", "demo", "serve", "case", "case check", "case load", "case export", "case new",
     "release", "release list", "release show", "release diff", "check", "doctor", "daily",
     "register", "programme", "claims"],
)  # fmt: skip
def test_help_holds_no_english_word(irtysh, language: str, command: str) -> None:
    code, out, _ = irtysh(*command.split(), "--help", "--lang", language)
    if not out:  # a family takes no --lang of its own; the option stands before it
        code, out, _ = irtysh("--lang", language, *command.split(), "--help")
    assert code == 0
    assert set(_LATIN_WORDS.findall(out)) <= _NAMES


def test_the_three_languages_say_different_things(irtysh) -> None:
    said = {irtysh("--help", "--lang", language)[1] for language in LANGUAGES}
    assert len(said) == 3


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", "не хватает обязательных аргументов: ПАПКА"),
        ("kk", "міндетті аргументтер жетіспейді: ҚАЛТА"),
        ("en", "these arguments are required: FOLDER"),
    ],
)
def test_wrong_usage_is_explained_in_the_language(irtysh, language: str, words: str) -> None:
    code, out, err = irtysh("case", "check", "--lang", language)
    assert (code, out) == (2, "")
    assert words in err


def test_a_number_that_is_none_is_refused_in_words(irtysh) -> None:
    code, _, err = irtysh("serve", "--port", "x", "--lang", "kk")
    assert code == 2
    assert "«x» – бүтін сан емес" in err


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys; from irtysh.console.main import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'django', 'duckdb', 'numpy', 'altair', 'vl_convert', 'rich', 'granian'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stderr.strip() == "[]"
