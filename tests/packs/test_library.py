"""Which packs there are: the shipped ones, the writer's own beside them, and a cache that is only speed."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from allyjournal.packs import library
from tests.support import ROOT, Home

SHIPPED = ROOT / "prompts"
OWN = """\
format = 1
id = "mine"
version = "0.1.0"
title = "Mine"
summary = "My own."
language = "en"
license = "CC0-1.0"

[[prompts]]
id = "mine.one"
text = "What happened at the window?"
stage = "what"
practice = "deep-curiosity"
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "packs"
    folder.mkdir()
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "packs"


def test_an_own_pack_stands_beside_the_shipped_ones(own: Path, cache: Path) -> None:
    (own / "mine.toml").write_text(OWN)
    found = library.load(SHIPPED, own, cache)
    assert found.broken == found.said == []
    assert set(found.packs) == {"mine", *(path.stem for path in SHIPPED.glob("*.toml"))}
    assert not found.packs["mine"].shipped and found.packs["seven-practices"].shipped
    assert found.find_prompt("mine.one")[0].id == "mine"


def test_on_the_same_id_the_own_pack_wins_and_that_is_said(own: Path, cache: Path) -> None:
    (own / "a.toml").write_text(OWN.replace('"mine"', '"five-questions"'))
    found = library.load(SHIPPED, own, cache)
    assert found.packs["five-questions"].version == "0.1.0"
    assert len(found.said) == 1 and "five-questions" in found.said[0]


def test_two_own_packs_with_one_id_are_named(own: Path, cache: Path) -> None:
    (own / "a.toml").write_text(OWN)
    (own / "b.toml").write_text(OWN)
    found = library.load(SHIPPED, own, cache)
    assert found.packs["mine"].where == str(own / "a.toml")
    assert [str(each) for each in found.broken] == [
        f'{own / "b.toml"}: the id "mine" is taken by {own / "a.toml"}; give it another.'
    ]


def test_a_broken_own_pack_is_named_with_all_its_lines_and_the_others_work(own: Path, cache: Path) -> None:
    (own / "bad.toml").write_text(OWN.replace("stage", "stge").replace('"0.1.0"', "1"))
    (own / "good.toml").write_text(OWN)
    found = library.load(SHIPPED, own, cache)
    assert "mine" in found.packs and "seven-practices" in found.packs
    (error,) = found.broken
    assert [line.partition("bad.toml:")[2].partition(":")[0] for line in str(error).splitlines()] == ["3", "9", "12"]


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"\x00" * 100, b"x" * 300_000, b"[" * 50_000])
def test_a_file_that_is_no_pack_leaves_the_others(own: Path, cache: Path, data: bytes) -> None:
    (own / "bad.toml").write_bytes(data)
    found = library.load(SHIPPED, own, cache)
    assert len(found.broken) == 1 and "bad.toml" in str(found.broken[0])
    assert "seven-practices" in found.packs


@pytest.mark.parametrize("kind", ["folder", "dangling", "loop"])
def test_what_is_no_file_is_named_or_passed_over(own: Path, cache: Path, kind: str) -> None:
    if kind == "folder":
        (own / "bad.toml").mkdir()
    else:
        (own / "bad.toml").symlink_to(own / ("bad.toml" if kind == "loop" else "nowhere"))
    found = library.load(SHIPPED, own, cache)
    assert all("bad.toml" in str(each) for each in found.broken)
    assert "seven-practices" in found.packs


@pytest.mark.parametrize("pack_id", ["mine", "seven-practices", "five-questions"])
@pytest.mark.parametrize("mistake", ["redefined", "unknown"])
def test_an_own_pack_at_odds_with_the_practices_is_refused_with_its_line(
    own: Path, cache: Path, pack_id: str, mistake: str
) -> None:
    text = OWN.replace('id = "mine"', f'id = "{pack_id}"')
    line = 13
    if mistake == "unknown":
        text = text.replace('"deep-curiosity"', '"deep-curiositi"')
    else:
        (own / "one.toml").write_text(
            OWN.replace("mine", "one") + '[[practices]]\nid = "listening"\ntitle = "L"\nsummary = "L"\n'
        )
        text = text.replace('practice = "deep-curiosity"\n', "")
        text += '[[practices]]\nid = "listening"\ntitle = "L"\nsummary = "L"\n'
        line = 14
    if pack_id == "seven-practices" and mistake == "unknown":
        text = text.replace("[[prompts]]", '[[practices]]\nid = "other"\ntitle = "O"\nsummary = "O"\n[[prompts]]')
        line = 17
    (own / "two.toml").write_text(text)
    found = library.load(SHIPPED, own, cache)
    said = "\n".join(str(each) for each in found.broken)
    assert f"two.toml:{line}: " in said
    assert pack_id == "mine" or (found.packs[pack_id].shipped and not found.said)


def test_an_own_pack_that_shadows_practices_of_others_does_not_take_them_down_unsaid(own: Path, cache: Path) -> None:
    """The writer's seven-practices defines none of the seven: packs that name them must not be left hanging."""
    (own / "a.toml").write_text(
        OWN.replace('id = "mine"', 'id = "seven-practices"').replace('practice = "deep-curiosity"\n', "")
    )
    found = library.load(SHIPPED, own, cache)
    defined = {each.id for pack in found.packs.values() for each in pack.practices}
    for pack in found.packs.values():
        steps = [step for each in pack.exercises for step in each.steps]
        named = {each.practice for each in [*pack.prompts, *steps] if each.practice}
        assert named <= defined or any(pack.id in str(each) for each in [*found.broken, *found.said])


def _damage(path: Path, kind: str) -> None:
    data = path.read_bytes()
    body = data.partition(b"\n")[2]
    if kind == "truncated":
        path.write_bytes(data[: len(data) // 2])
    elif kind == "flipped":
        middle = len(data) // 2
        path.write_bytes(data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :])
    elif kind == "emptied":
        path.write_bytes(b"")
    elif kind == "other-shape":
        other = json.dumps({"id": "x"}).encode()
        path.write_bytes(hashlib.sha256(other).hexdigest().encode() + b"\n" + other)
    elif kind == "shorter-row":
        row = json.loads(body)
        other = json.dumps(row[:-3]).encode()
        path.write_bytes(hashlib.sha256(other).hexdigest().encode() + b"\n" + other)
    elif kind == "folder":
        path.unlink()
        path.mkdir()
    elif kind == "removed":
        path.unlink()


KINDS = ["truncated", "flipped", "emptied", "other-shape", "shorter-row", "folder", "removed"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_cache_is_only_slower(own: Path, cache: Path, kind: str) -> None:
    fresh = library.load(SHIPPED, own, cache)
    for path in cache.iterdir():
        _damage(path, kind)
    assert library.load(SHIPPED, own, cache) == fresh
    assert library.load(SHIPPED, own, cache) == fresh


@pytest.mark.parametrize("kind", ["file", "unwritable", "dangling"])
def test_a_cache_folder_that_is_none_is_only_slower(own: Path, cache: Path, kind: str) -> None:
    cache.parent.mkdir()
    if kind == "file":
        cache.write_text("not a folder")
    elif kind == "dangling":
        cache.symlink_to(cache.parent / "nowhere" / "deep")
    else:
        cache = Path("/proc/ally/packs")  # nobody may write there, root neither
    found = library.load(SHIPPED, own, cache)
    assert found.broken == []
    assert len(found.packs) == len(list(SHIPPED.glob("*.toml")))


def test_what_comes_from_the_cache_equals_what_was_judged(own: Path, cache: Path) -> None:
    (own / "mine.toml").write_text(OWN)
    first = library.load(SHIPPED, own, cache)
    again = library.load(SHIPPED, own, cache)
    assert first == again
    assert all(type(a) is type(b) for a, b in zip(first.packs["mine"], again.packs["mine"], strict=True))


def test_a_changed_pack_is_judged_again(own: Path, cache: Path) -> None:
    path = own / "mine.toml"
    path.write_text(OWN)
    library.load(SHIPPED, own, cache)
    path.write_text(OWN.replace("window", "door"))
    assert "door" in library.load(SHIPPED, own, cache).find_prompt("mine.one")[1].text


def test_the_second_run_judges_nothing(cold_home: Home) -> None:
    def imported() -> str:
        return cold_home.run("reflect", "--print", PYTHONPROFILEIMPORTTIME="1").stderr

    assert "pydantic" in imported()
    second = imported()
    assert "allyjournal.packs.library" in second
    assert not [name for name in ("pydantic", "prompt_toolkit", "markdown_it", "tomlkit") if name in second]


def test_the_judging_is_done_again_after_the_cache_is_gone(home: Home) -> None:
    before = home.ok("packs", "list")
    shutil.rmtree(home.folder / "cache")
    assert home.ok("packs", "list") == before


def test_packs_list_names_a_broken_pack_with_its_line_and_still_lists_the_others(home: Home) -> None:
    path = home.put("packs/bad.toml", OWN.replace("stage", "stge"))
    done = home.run("packs", "list")
    assert done.returncode == 1
    assert "seven-practices" in done.stdout
    assert f"{path}:12: prompts.stge: is not a known key" in done.stderr.replace("\n", " ")
    assert home.run("reflect", "--print").returncode == 0
    checked = home.run("packs", "check", str(path))
    assert (checked.returncode, checked.stdout) == (1, "")


def test_packs_check_says_that_a_right_pack_is_right(home: Home) -> None:
    path = home.put("packs/mine.toml", OWN)
    assert "mine@0.1.0 is right" in home.ok("packs", "check", str(path))
    assert home.run("packs", "check", str(path.with_name("none.toml"))).returncode == 1


def test_every_id_that_a_prompt_has_had_is_known(own: Path, cache: Path) -> None:
    renamed = OWN.replace('id = "mine.one"', 'id = "mine.three"\nwas = ["mine.two", "mine.one"]')
    (own / "mine.toml").write_text(renamed)
    later = OWN.replace('"mine"', '"meins"').replace('id = "mine.one"', 'id = "mine.four"\nwas = ["mine.three"]')
    (own / "meins.toml").write_text(later)
    found = library.load(SHIPPED, own, cache)
    every = {"mine.one", "mine.two", "mine.three", "mine.four"}
    assert [found.ids_of(each) for each in sorted(every)] == [every] * 4
    assert found.ids_of("mine.gone") == {"mine.gone"}
    assert found.find_prompt("mine.one")[0].id == "mine" and found.find_prompt("mine.four")[0].id == "meins"


@pytest.mark.parametrize(("language", "pack"), [("en", "mine"), ("de", "meins"), ("fr", "mine")])
def test_of_a_prompt_and_its_translation_the_one_in_the_writers_language_is_found(
    own: Path, cache: Path, language: str, pack: str
) -> None:
    german = (
        OWN.replace('"mine"', '"meins"').replace('"en"', '"de"').replace("\n[[", 'translation-of = "mine@0.1.0"\n[[')
    )
    (own / "z-meins.toml").write_text(german)
    (own / "mine.toml").write_text(OWN)
    found = library.load(SHIPPED, own, cache, language)
    assert found.broken == []
    assert found.find_prompt("mine.one")[0].id == pack


def test_a_practice_that_others_name_must_stay_defined(own: Path, cache: Path) -> None:
    found = library.load(SHIPPED, own, cache).packs
    without = found["seven-practices"]._replace(practices=found["seven-practices"].practices[1:])
    assert library.left_out(without, found) == "deep-curiosity"
    assert library.left_out(found["seven-practices"], found) is None
    assert library.left_out(without._replace(id="another"), found) is None
