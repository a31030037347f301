"""Pseudonyms: one for each person, the same each time for one coach, another one for another coach.

Which person has which is chosen at random, so that neither order nor alphabet says anything. A pseudonym that the
writer chose in people.toml is used as it is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from allyjournal.errors import AllyError
from allyjournal.sharing.common_words import listed
from allyjournal.sharing.names import Names, find
from allyjournal.sharing.skeleton import skeleton

# Trees, birds, stones, herbs and fish: plainly not the person's name, and hardly anybody's.
WORDS = listed(
    "Acacia Agate Alder Alyssum Anise Antler Apatite Argon Arnica Avocet Azurite Balsa Bamboo Banyan Barley "
    "Basalt Beech Beryl Birch Bittern Bluebell Borage Bracken Bramble Briar Bulrush Bunting Burdock Buzzard "
    "Cassava Catkin Cedar Chervil Chicory Citrine Cobalt Comfrey Condor Coral Cormorant Cowslip Crocus Cumin "
    "Curlew Cypress Damson Dipper Dogwood Dolomite Dunlin Ebony Egret Eider Elm Falcon Fennel Feldspar Flax "
    "Foxglove Freesia Fuchsia Fulmar Gannet Garnet Gentian Gneiss Godwit Goldfinch Gorse Goshawk Granite Grebe "
    "Guava Hawthorn Hemlock Heron Hibiscus Hornbeam Hyssop Ibis Jackdaw Jicama Juniper Kestrel Kingfisher Krill "
    "Lapwing Larch Larkspur Lichen Lilac Linnet Lotus Lovage Lupin Magnolia Magpie Mallow Mango Maple Marjoram "
    "Medlar Mimosa Mistletoe Moorhen Mullein Nettle Nightjar Nuthatch Obsidian Onyx Oregano Oriole Osier Osprey "
    "Papaya Peony Petunia Pewter Plover Pomelo Ptarmigan Puffin Pumice Quartz Quince Redstart Sandpiper Sequoia "
    "Shale Siskin Skylark Sorrel Spruce Starling Sumac Sycamore Tamarind Tansy Tarragon Teasel Tern Thistle "
    "Thrush Thyme Topaz Tulip Turquoise Umber Verbena Vetch Wagtail Walnut Waxwing Whinchat Wheatear Yarrow Yew "
    "Zinnia Zircon"
)
Choose = Callable[[Sequence[str]], str]


class Pseudonyms(NamedTuple):
    """For each coach: handle -> pseudonym."""

    coaches: Mapping[str, Mapping[str, str]]

    def of(self, coach: str) -> Mapping[str, str]:
        """Those that one coach knows."""
        return self.coaches.get(coach, {})


def assigned(
    pseudonyms: Pseudonyms,
    coach: str,
    handles: Iterable[str],
    register: Mapping[str, Mapping[str, Any]],
    names: Names,
    choose: Choose,
) -> Pseudonyms:
    """The same, with a pseudonym for each of `handles` that `coach` had none for.

    `choose` picks one of several at random (`secrets.choice`). None is taken that another coach knows anyone by
    while there are others, or that is itself like a name in the register. Raises AllyError, naming the handle, for a
    pseudonym in people.toml that would give a name away, or that two people have.
    """
    known = dict(pseudonyms.of(coach))
    chosen = {handle: str(person["pseudonym"]) for handle, person in register.items() if person.get("pseudonym")}
    _check_chosen(chosen, names)
    known |= {handle: chosen[handle] for handle in handles if handle in chosen}
    elsewhere = {word for each, people in pseudonyms.coaches.items() if each != coach for word in people.values()}
    safe = [word for word in WORDS if not find(skeleton(word), names)]
    for handle in handles:
        if handle not in known:
            taken = {each.casefold() for each in (*known.values(), *chosen.values())}
            known[handle] = _one(safe, taken, elsewhere, choose)
    return Pseudonyms({**pseudonyms.coaches, coach: known})


def _one(safe: Sequence[str], taken: set[str], elsewhere: set[str], choose: Choose) -> str:
    """One that is free; when all words are taken, they come with a number."""
    free = [word for word in safe if word.casefold() not in taken]
    number = 2
    while not free:
        free = [each for word in safe or ["Person"] if (each := f"{word}-{number}").casefold() not in taken]
        number += 1
    return choose([word for word in free if word not in elsewhere] or free)


def _check_chosen(chosen: Mapping[str, str], names: Names) -> None:
    whose: dict[str, str] = {}
    for handle, pseudonym in chosen.items():
        if find(skeleton(pseudonym), names):
            raise AllyError(
                f"people.toml: the pseudonym of {handle} is, or is like, the name of somebody in it; choose another."
            )
        if whose.setdefault(pseudonym.casefold(), handle) != handle:
            raise AllyError(
                f"people.toml: {whose[pseudonym.casefold()]} and {handle} have one pseudonym; give each their own."
            )


def as_handle(pseudonym: str) -> str:
    """The pseudonym as it stands after `@` and `#`: `Alder-2` is `alder-2`, `My boss` is `my-boss`."""
    letters = "".join(char if char.isalnum() else "-" for char in pseudonym.casefold())
    return "-".join(part for part in letters.split("-") if part) or "someone"
