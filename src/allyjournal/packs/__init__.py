"""The words that are asked: packs of prompts, judged before they are used."""
