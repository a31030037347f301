"""Letters that are one letter to a reader: what folding makes equal, and what only looks equal.

`FOLDED` holds letters that people write for each other: with and without a stroke, ligatures, both kana, Arabic
and Persian forms. `ALIKE` holds letters that look like Latin ones, after Unicode's confusables
(https://www.unicode.org/reports/tr39/#Confusable_Detection): those for a single Latin letter, out of the scripts
that fonts draw the same.
"""

from functools import cache

# One letter for one letter, so that offsets stay; case is kept, and folded afterwards.
_FOLDED = {
    "l": "łƚɫɬƛ",
    "L": "ŁȽⱢ",
    "o": "øɵ",
    "O": "Ø",
    "d": "đðɖɗƌ",
    "D": "ĐÐƉƊ",
    "h": "ħⱨ",
    "H": "ĦⱧ",
    "i": "ıɨ",
    "I": "Ɨ",
    "t": "ŧƭ",
    "T": "ŦƬȾ",
    "b": "ƀɓ",
    "B": "ɃƁ",
    "n": "ŋɲƞ",
    "N": "ŊƝ",
    "s": "ſ",
    "k": "ĸƙ",
    "K": "Ƙ",
    "g": "ǥɠ",
    "G": "ǤƓ",
    "y": "ƴɏ",
    "Y": "ƳɎ",
    "z": "ƶȥ",
    "Z": "ƵȤ",
    "ə": "ǝ",
    "ي": "ىیې",
    "ك": "کڪ",
    "ه": "ەہھة",
    "ا": "ٱآأإ",
    "е": "ё",
    "Е": "Ё",
}
# Several letters for one.
SPELT = {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "TH", "ĳ": "ij", "ŉ": "n"}

_ALIKE = {
    "a": "ɑαа",
    "b": "ƄЬᏏɓƃƂБƀҍҌѣѢвƅ",
    "c": "ᴄⲥсꮯȼҫϲ",
    "d": "ԁᏧꓒɗɖƌ",
    "e": "ꬲеҽɇҿєεε",
    "f": "ꬵꞙẝքƒᵮ",
    "g": "ɡᶃƍցɠǥ",
    "h": "һհᏂɦꚕᏲħћн",
    "i": "ıɪɩιіꙇӏꭵᎥɨᵻᵼ",
    "j": "ϳјɉ",
    "k": "ƙкκⲕ",
    "l": "ƖǀⲒӀꓲɭɩ",
    "m": "мϻ",
    "n": "ոռɳƞηᵰпи",
    "o": "ᴏᴑοσⲟоօɵꝋөѳꮎꮻ",
    "p": "ρⲣрƥᵽ",
    "q": "ԛգզʠ",
    "r": "ꭇꭈᴦⲅгꮁɽɼɍғᵲ",
    "s": "ꜱƽѕꮪʂᵴ",
    "t": "ƭŧᵵтτ",
    "u": "ꞟᴜꭎꭒʋυսᵾꮜ",
    "v": "ᴠνѵꮩ",
    "w": "ɯᴡѡԝաꮃѽꝡω",
    "x": "хχ",
    "y": "ɣᶌʏỿꭚγуүƴɏұ",
    "z": "ᴢꮓʐƶȥᵶ",
    "A": "ΑАᎪꓮ",
    "B": "ꞴΒВᏴꓐ",
    "C": "ⲤСᏟꓚҪϹ",
    "D": "ᎠꓓƉ",
    "E": "ΕЕᎬꓰɆ",
    "F": "ꞘϜꓝƑ",
    "G": "ԌᏀᏳꓖǤ",
    "H": "ΗⲎНᎻꓧⱧҢӉӇ",
    "I": "ΙІӀ",
    "J": "ꞲͿЈᎫꓙɈ",
    "K": "ΚⲔКᏦꓗⱩҚꝀҞ",
    "L": "ⳐᏞꓡ",
    "M": "ΜϺⲘМᎷꓟӍ",
    "N": "ΝⲚꓠƝИ",
    "O": "ΟⲞОՕꓳƟꝊΘӨѲᎾᏫ",
    "P": "ΡⲢРᏢꓑ",
    "R": "ƦᎡᏒꓣЯ",
    "S": "ЅՏᏕᏚꓢ",
    "T": "ΤⲦТᎢꓔȾƮҬ",
    "U": "ՍꓴɄᏌ",
    "V": "ѴᏙꓦ",
    "W": "ԜᎳᏔꓪ",
    "X": "ꞳΧⲬХꓫҲ",
    "Y": "ΥⲨУҮᎩᎽꓬɎҰ",
    "Z": "ΖᏃꓜƵȤ",
}


@cache
def folded() -> dict[int, str]:
    """Letter -> the one it is folded to, for `str.translate`. Katakana becomes hiragana."""
    table = {ord(letter): to for to, letters in _FOLDED.items() for letter in letters}
    return table | {code: chr(code - 0x60) for code in range(0x30A1, 0x30F7)}


@cache
def alike() -> dict[int, str]:
    """As `folded`, and letters that look like Latin ones become those."""
    return folded() | {ord(letter): to for to, letters in _ALIKE.items() for letter in letters}
