"""`ally reflect` and `ally note` without a terminal."""

from tests.support import SATURDAY, Home


def test_a_piped_answer_becomes_one_entry_that_says_what_was_asked(home: Home) -> None:
    said = home.ok("reflect", stdin="I assume @priya can always stay late. I never asked. #hiring", at=SATURDAY)
    (path,) = home.entries
    entry = home.json("show", "last", at=SATURDAY)
    assert said == f"Saved {entry['id'][:6]} · {path.relative_to(home.journal)}\n"
    assert path.name == f"2026-11-21-0815-{entry['id']}.md"
    assert entry["answers"] == [
        {
            "prompt": "deep-curiosity.a-guess",
            "asked": "Think of someone you worked with this week. "
            "Which part of their life do you fill in with a guess?",
            "text": "I assume @priya can always stay late. I never asked. #hiring",
            "value": "I assume @priya can always stay late. I never asked. #hiring",
        }
    ]
    assert (entry["tags"], entry["people"]) == (["hiring"], ["priya"])
    assert home.drafts == []
