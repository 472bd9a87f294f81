"""Normalises text from outside: forms, commands, names from Slack, files and settings. Call it where the text enters.

The invisible characters are Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt, Unicode 16). Some
scripts and emoji need a few of them: those stay where they have an effect.
"""

import re
import unicodedata

_SCRIPTS = (
    "\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u18af\u1900-\u1cff\ua840-\ua8ff\ua9e0-\uaa7f\uabc0-\uabff"
    "\ufb50-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff\U0001e900-\U0001e95f"
)
"""Scripts whose letters join: Arabic, Persian, those of India and South East Asia, Mongolian, and the like."""
_SYMBOLS = "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001fbff"
"""Emoji, and symbols that may be shown as emoji."""
_VARIED = (
    f"{_SYMBOLS}\u1000-\u109f\u3000-\u9fff\ua840-\ua87f\uf900-\ufaff\uff00-\uff9f"
    "\U00010ac0-\U00010aff\U00020000-\U0003ffff"
)
"""Characters that have variants, beside digits of keycaps: symbols, and the characters of China and Japan."""

_LINE_BREAK = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANK = re.compile(
    "[\t\x1f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]|(?<![\u2801-\u28ff])\u2800|\u2800(?![\u2801-\u28ff])"
)
"""Every kind of blank but a line break. The empty pattern of Braille is a blank unless it stands beside Braille."""
_NONCHARACTERS = "".join(chr((plane << 16) + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_NEVER_SHOWN = re.compile(
    f"[{_NONCHARACTERS}"
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u115f\u1160\u17b4\u17b5\u200b\u202a-\u202e\u2060-\u206f\u3164\ufeff"
    "\uffa0\ufdd0-\ufdef\ufff0-\ufffc\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e001f"
    "\U000e0080-\U000e00ff\U000e01f0-\U000e0fff]"
)
_SHOWN_BY_NEIGHBOURS = re.compile(
    f"(?P<kept>(?<=[{_SCRIPTS}])\u200d"  # joins a letter
    f"|(?:(?<=[{_SCRIPTS}])|(?<=\\w))\u200c(?=[{_SCRIPTS}])"  # keeps two letters apart
    f"|(?<=[{_SYMBOLS}\ufe0f\U000e007f])\u200d(?=[{_SYMBOLS}])"  # a family, a profession
    f"|(?<=[0-9#*])\ufe0f(?=\u20e3)|(?<=[{_VARIED}])[\ufe00-\ufe0f\U000e0100-\U000e01ef]"
    "|(?<=[\u1820-\u18aa])[\u180b-\u180f]"
    "|(?<=\U0001f3f4)[\U000e0020-\U000e007e]+\U000e007f)"  # the flag of Wales
    "|[\u180b-\u180f\u200c\u200d\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef]"
)
_DIRECTION = re.compile("[\u061c\u200e\u200f]")
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u05ff\u0620-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_ENDS = " \n\u061c\u200c\u200e\u200f"


def clean_text(text: str) -> str:
    """The text in Unicode's composed form (NFC), without characters that cannot be stored or seen, and without blanks
    around it. Lines end in "\\n", and every other kind of blank is a space. A text without visible characters is "".

    Removes halves of emoji (lone surrogates). Keeps joined emoji, and what Persian, Hindi and other scripts need.
    """
    while True:
        cleaned = _clean_once(text)
        if cleaned == text:
            return cleaned
        text = cleaned


def clean_line(text: str) -> str:
    """`clean_text` on a single line, with single spaces."""
    return " ".join(clean_text(text).split())


def _clean_once(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore"))
    text = _BLANK.sub(" ", _LINE_BREAK.sub("\n", text))
    text = _NEVER_SHOWN.sub("", text)
    if not text.isascii():
        text = _SHOWN_BY_NEIGHBOURS.sub(lambda found: found["kept"] or "", text)
        if not _RIGHT_TO_LEFT.search(text):
            text = _DIRECTION.sub("", text)
    return text.strip(_ENDS)


def normalised(text: str) -> str:
    """`text` for comparison: without differences in case, blanks and Unicode composition."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()
