"""What `--json` says is what `ally schema` describes."""

import json
import tomllib
from typing import Any

import jsonschema
import pytest

from tests.support import ROOT, SATURDAY, Home

STEPS = {
    "text": "",
    "list": "",
    "choice": 'choices = ["ally", "leader"]',
    "scale": "min = 1\nmax = 5",
    "person": "",
    "date": "",
    "commitment": "",
}
PACK = (
    'format = 1\nid = "kinds"\nversion = "1.0.0"\ntitle = "Kinds"\nsummary = "S"\nlanguage = "en"\n'
    'license = "CC0-1.0"\n[[exercises]]\nid = "kinds"\ntitle = "Kinds"\nsummary = "S"\n'
    + "".join(
        f'[[exercises.steps]]\nid = "{kind}"\ntext = "A {kind}?"\nanswer = "{kind}"\n{more}\n'
        for kind, more in STEPS.items()
    )
)
ANSWERS = "Some #words\none\n2\n4\nPriya\nyesterday\nAsk @tom\n"


@pytest.fixture
def diary(home: Home) -> Home:
    """A home with an entry of every kind of answer, and others that people made by hand."""
    home.put("packs/kinds.toml", PACK)
    home.ok("do", "kinds", "-", stdin=ANSWERS, at=SATURDAY)
    home.ok(
        "note", "-", "-t", "alone", "--title", "T", stdin="Free @maria\n\n- [x] Did [due:: 2026-11-01]\n", at=SATURDAY
    )
    home.ok("do", "identify-an-ally", "-", stdin="Noor\n", at=SATURDAY)
    home.put("entries/by hand.md", "No front matter, #tag\n")
    home.put("entries/obsidian.md", "---\ntags: [a, b]\naliases: []\nstarred: true\n---\n# Heading\n%%hidden%%\n")
    home.put("entries/latin.md", b"caf\xe9\n")
    return home


def _schema(home: Home, name: str) -> Any:
    schema = json.loads(home.ok("schema", name))
    jsonschema.Draft202012Validator.check_schema(schema)
    return schema


def test_entries_of_every_kind_are_as_the_schema_says(diary: Home) -> None:
    schema, commitment = _schema(diary, "entry"), _schema(diary, "commitment")
    entries = diary.json("list", at=SATURDAY)
    assert len(entries) == 6
    for entry in [*entries, diary.json("show", "last", at=SATURDAY)]:
        jsonschema.validate(entry, schema)
        for each in entry["commitments"]:
            jsonschema.validate(each, commitment)
    kinds = next(each for each in entries if each["exercise"] == "kinds")
    assert [each["value"] for each in kinds["answers"]][:6] == [
        "Some #words",
        ["one"],
        "leader",
        4,
        "priya",
        "2026-11-20",
    ]
    assert [each["text"] for each in kinds["answers"]][2:6] == ["leader", "4/5", "@priya", "2026-11-20"]
    assert kinds["next_step"] is None and kinds["commitments"][0]["status"] == "open"
    assert (kinds["people"], kinds["tags"]) == (["priya", "tom"], ["words"])


def test_every_format_says_the_same_of_an_entry(diary: Home) -> None:
    listed = diary.json("list", "--reverse", at=SATURDAY)
    exported = diary.json("export", at=SATURDAY)
    lines = [json.loads(line) for line in diary.ok("export", "--format", "jsonl", at=SATURDAY).splitlines()]
    assert exported == lines
    hidden = [each | {"body": ""} for each in listed]
    assert [each | {"body": ""} for each in exported] == hidden
    assert all("hidden" not in each["body"] for each in exported)
    found = diary.json("search", "free", at=SATURDAY)
    assert [{key: each[key] for key in each if key != "snippet"} for each in found] == [
        each for each in listed if "Free" in each["body"]
    ]


@pytest.mark.parametrize("period", [[], ["month"], ["year"], ["2026-W47"], ["--from", "2026-01-01"], ["2020"]])
def test_a_review_is_as_the_schema_says(diary: Home, period: list[str]) -> None:
    review = diary.json("review", *period, at=SATURDAY)
    jsonschema.validate(review, _schema(diary, "review"))


@pytest.mark.parametrize("path", sorted((ROOT / "prompts").glob("*.toml")), ids=lambda path: path.stem)
def test_a_shipped_pack_is_as_the_schema_says(home: Home, path: Any) -> None:
    jsonschema.validate(tomllib.loads(path.read_text(encoding="utf-8")), _schema(home, "pack"))


def test_a_register_of_people_is_as_the_schema_says(home: Home) -> None:
    home.ok("people", "add", "priya", "--name", "Priya Raman", "--alias", "PR", "--pseudonym", "Heron")
    home.ok("people", "add", "tom", "--name", "Tom")
    register = tomllib.loads((home.journal / "people.toml").read_text(encoding="utf-8"))
    jsonschema.validate(register, _schema(home, "people"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"tom": {"nickname": "T"}}, _schema(home, "people"))


def test_the_pack_schema_refuses_an_unknown_key(home: Home) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tomllib.loads(PACK + "odd = 1\n"), _schema(home, "pack"))


def test_packs_list_has_the_keys_of_the_contract(home: Home) -> None:
    for each in home.json("packs", "list"):
        assert list(each) == ["id", "version", "title", "language", "prompts", "exercises", "practices", "path"]
