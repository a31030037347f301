"""coaches.toml: read strictly, changed in place, keys checked."""

import pytest

from allyjournal.errors import AllyError, UsageError
from allyjournal.sharing import coaches

KEY = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
# The key of age's own README, and one that is made up.
ED25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGqb2ndGnEsxGKiMjPL1fEBgoZQpcB3/RyRwEkYFyRkL"


@pytest.mark.parametrize(
    "text, why",
    [
        (KEY[:-1] + "q", "mistyped"),
        (KEY[:20] + KEY[21:], "mistyped"),
        (KEY.upper(), "not a key"),
        ("age1yubikey1qwerty", "mistyped"),
        (ED25519[:-4], "not whole"),
        (ED25519.replace("ssh-ed25519", "ssh-rsa"), "not whole"),
        ("ssh-ed25519 SECRET!", "not whole"),
        ("ssh-dss AAAA", "not a key"),
        ("AGE-SECRET-KEY-1SECRET", "private key"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----SECRET", "private key"),
        ("SECRET", "not a key"),
        ("", "not a key"),
    ],
)
def test_a_key_that_is_not_one_is_refused_without_being_shown(text: str, why: str) -> None:
    with pytest.raises(UsageError, match=why) as error:
        coaches.checked_recipient(text)
    assert "SECRET" not in str(error.value).replace("AGE-SECRET-KEY", "")


def test_a_key_is_kept_without_the_comment_behind_it() -> None:
    assert coaches.checked_recipient(KEY) == KEY
    assert coaches.checked_recipient(f"{ED25519} maria@laptop") == ED25519


@pytest.mark.parametrize(
    "text, why",
    [
        ("[maria]\n\n[maria\n", "coaches.toml:3"),
        ("[maria]\nkey = 'x'\n", "maria.key"),
        ("[maria]\nname = 7\n", "maria.name"),
        ("[maria]\nname = ' '\n", "maria.name"),
        ("maria = 1\n", "not a table"),
        ("[maria]\nformat = 'odt'\n", "maria: There is no format"),
        (f"[maria]\nrecipient = '{KEY}q'\n", "maria: This age key"),
        ("#" * 70_000, "64 KiB"),
        ("a = " + "[" * 60_000, "nested"),
        ("a" + ".a" * 30_000 + " = 1", "coaches.toml"),
    ],
)
def test_a_file_that_is_not_right_names_the_place_and_is_not_changed(text: str, why: str) -> None:
    for act in (lambda: coaches.read(text), lambda: coaches.changed(text, "sam", "Sam", None, None)):
        with pytest.raises(AllyError, match=why):
            act()


def test_only_what_is_given_changes() -> None:
    text = f"# Mine.\n[maria]  # from the course\nrecipient = '{KEY}'\nname = \"Maria\"\n"
    assert coaches.changed(text, "maria", None, None, None) == text
    new = coaches.changed(text, "maria", "Maria K", None, None)
    assert new == text.replace('"Maria"', '"Maria K"')
    both = coaches.read(coaches.changed(new, "sam", None, "pdf", None))
    assert both == {"maria": ("maria", "Maria K", None, KEY), "sam": ("sam", "sam", "pdf", None)}
    assert coaches.find(both, "sam").format == "pdf"
    with pytest.raises(AllyError, match="coach add noor"):
        coaches.find(both, "noor")
