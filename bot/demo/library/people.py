"""The made-up library's staff: their names, departments and grades, and what they write."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

_WRITTEN = {
    "Career planning": (
        "I would like to plan my next years, and find out whether {} could become my career.",
        "I have planned a career twice, once towards {} and once away from it.",
    ),
    "Advanced degree or certification": (
        "Is a part-time degree worth the evenings? I think of a master's in {}.",
        "I took my degree in the evenings, on {}, and would do it again.",
    ),
    "New to the institution": (
        "I came in spring to work on {}, and still get lost in the building and its abbreviations.",
        "Nineteen years here: I know every building and abbreviation, and whom to ask about {}.",
    ),
    "Organisational culture": (
        "How do decisions about {} come about here, and how does one say no kindly?",
        "I have seen decisions made in five committees, most of them on {}, and learned to say no.",
    ),
    "Job search": (
        "My contract for {} ends; I would like somebody to read my applications before interviews.",
        "I sit on interview panels, last for {}, and am glad to read applications.",
    ),
    "Work/life issues": (
        "Two small children, {} and a commute: how do others keep their evenings?",
        "I went part-time when my children were small, kept {}, and guard my evenings.",
    ),
    "Leading people": (
        "From next month I lead a team of four for {}, and have never led anybody.",
        "I have led teams of three and of thirty, through {} and two mergers.",
    ),
    "Teaching and speaking": (
        "I am to teach classes about {}, and speaking before a room frightens me.",
        "Teaching is half my week: classes on {}, and how not to be frightened of a room.",
    ),
    "Research and publishing": (
        "I would like to publish what we found about {}, and do not know which journal would take it.",
        "I review for two journals and have published on {}.",
    ),
    "Working with data": (
        "I would like to learn enough programming to clean our records of {}.",
        "I clean records with programs, mostly for {}, and like to show how.",
    ),
}
TOPICS = tuple(_WRITTEN)

SUBJECTS = (
    *("medieval maps", "open access", "children's books", "the reading room", "sheet music", "oral history"),
    *("interlibrary loans", "newspapers on microfilm", "rare bindings", "electronic journals", "local archives"),
    *("accessibility", "user surveys", "exhibitions", "copyright questions", "theses", "web archiving"),
    *("photographs", "the union catalogue", "special collections", "preservation", "game collections"),
    *("evening opening", "volunteers", "bequests", "metadata", "legal deposit", "the mobile library"),
)

CLOSING = (
    *("",) * 8,
    *("Thank you for doing this.",) * 6,
    "Preferably over lunch.",
    "On a walk along the river, if you like.",
    "I am shy at first.",
    "Best before the branch opens at ten.",
    "I laugh a lot.",
    "Please bear with my English.",
)

_PEOPLE = """
Miriam Osei, Tomasz Wrona*, Leila Haddad, Rhys Pritchard*, Ines Carvalho, Arjun Menon*,
Ruth Abernathy, Kwame Boateng*, Sofia Marchetti, Daniel Okoro*, Yuki Morimoto, Aisha Rahman,
Piotr Zielinski*, Grace Mbeki, Lars Holmgren*, Carmen Aguilar, Noah Feldman*, Priya Venkatesan,
Owen Llewellyn*, Fatima Zahra Alaoui, Mateo Quiroga*, Hannah Schreiber, Duc Pham*, Sinead Kearney,
Viktor Horvath*, Amara Eze, Joon Seo Baek*, Elena Popescu, Samuel Adeyemi*, Greta Lindholm,
Rafael Monteiro*, Nadia Benali, Callum Fraser*, Meera Kulkarni, Jakub Novotny*, Chipo Moyo,
Linnea Aalto, Omar Siddiqui*, Beatrice Fontaine, Tariq Mansour*, Wei Ling Chan, Patrick Donnelly*,
Zainab Yusuf, Anton Petrenko*, Maria Kostopoulou, Kofi Asante*, Eilidh Ross, Hugo Delacroix*,
Sanjana Pillai, Mikael Virtanen*, Adaeze Obi, Luca Ferrante*, Thandiwe Dube, Bram de Wit*,
Rosa Villanueva, Imran Qureshi*, Catrin Bowen, Hiroshi Nakata*, Selma Hodzic, Jesse Blackwood,
Lucia Novak, Emeka Chukwu*, Annika Brandt, Farid Karimi*, Olive Tranter, Sergio Paredes*,
Nomsa Khumalo, Gwen Ashdown, Dmitri Sokolov*, Ji Woo Han, Helena Matos, Bilal Chaudhry*,
Freya Mortensen, Isaac Goldberg*, Lakshmi Subramaniam, Pablo Iturbe*, Mary Wanjiru, Stefan Ivanov*,
Siobhan Walsh, Rashid Nasser*, Agnes Toth, Winston Clarke*, Mei Xuan Lim, Florian Keller*,
Ayodele Balogun*, Clara Sandoval, Ewan Mackenzie*, Rania Khoury, Bogdan Ilic*, Deborah Stein,
Ravi Deshpande*, Malin Ekberg, Tunde Afolabi*, Giulia Romano, Ahmed Farah*, Megan Cotter,
Kenji Arakawa*, Oksana Melnyk, Joao Teixeira*, Sabine Vogel, Themba Nkosi*, Anahit Sarkisian,
Colin Hargreaves*, Divya Raman, Esra Demir, Marek Dvorak*, Abena Owusu, Louis Garnier*,
Nasrin Akter, Peter Vaughan*, Camila Rojas, Iqbal Ansari*, Jana Kovac, Martin Oyelaran*,
Soraya Tehrani, Gethin Rowlands*, Mina Park, Alvaro Becerra*, Ingrid Solberg, Suleiman Bah*,
Nicole Baptiste, Tadeusz Krol*, Rekha Bhatt, Angus Sinclair*, Chidi Anozie*, Marta Figueroa,
Youssef Amrani*, Alice Penrose, Linh Tran, Gideon Levy*, Paula Stankova, Desmond Archer*,
Kamala Thapa, Oscar Lindgren*, Zodwa Sithole, Benedikt Maurer*, Shirin Jafari, Dylan Prosser*,
Luisa Cordeiro, Nikhil Bose*, Edith Marlowe, Goran Babic*, Wairimu Njoroge, Julian Ortega*,
Talia Rosen, Minh Anh Vo*, Cormac Byrne*, Svetlana Orlova, Efua Sarpong, Rolf Andersen*,
Parisa Ahmadi, Henry Whitlock*
"""
NAMES = tuple(name.strip(" \n*") for name in _PEOPLE.split(","))
"""Of people from everywhere; the last word is the surname."""
SHORT_HAIRED = frozenset(name.strip(" \n*") for name in _PEOPLE.split(",") if name.endswith("*"))
"""Those marked with a star: their pictures have short hair."""


def written(random: Random, writes: Callable[[str, str], str], topics: Sequence[str]) -> str:
    """A few sentences, as `hope` or `offer` writes them, about one of the topics."""
    return f"{writes(random.choice(topics), random.choice(SUBJECTS))} {random.choice(CLOSING)}".strip()


def hope(topic: str, subject: str) -> str:
    return _WRITTEN[topic][0].format(subject)


def offer(topic: str, subject: str) -> str:
    return _WRITTEN[topic][1].format(subject)


GRADES = ("Assistant", "Librarian", "Senior librarian", "Team lead", "Head of department", "Director")
DEPARTMENTS = ("Archives", "Cataloguing", "Digital services", "Lending", "Reading rooms", "Research support")
ZONES = ("Europe/London",) * 7 + ("America/New_York",) * 2 + ("Asia/Kolkata",)
LANGUAGES = (("English",),) * 6 + (("English", "Welsh"), ("English", "French"), ("Hindi", "English"), ("Portuguese",))
_REPORTS = 6
"""How many work under each."""


@dataclass(frozen=True)
class Worker:
    """Somebody at the library; `number` is their place in the tree, 0 at its top."""

    number: int

    @property
    def id(self) -> str:
        return f"U{self.number:05}"

    @property
    def name(self) -> str:
        again, number = divmod(self.number, len(NAMES))
        if not again:
            return NAMES[number]
        other = NAMES[(number + 7 * again) % len(NAMES)]
        return f"{NAMES[number].rsplit(' ', 1)[0]} {other.rsplit(' ', 1)[1]}"

    @property
    def manager(self) -> "Worker | None":
        return Worker((self.number - 1) // _REPORTS) if self.number else None

    @property
    def depth(self) -> int:
        return self.manager.depth + 1 if self.manager else 0

    @property
    def department(self) -> str:
        """That of the head of department above them; the director's own is none."""
        above: Worker = self
        while above.depth > 1 and above.manager:
            above = above.manager
        return DEPARTMENTS[above.number % len(DEPARTMENTS)] if above.number else ""

    @property
    def grade(self) -> str:
        """By who stands above and below them; at the foot of the tree not everybody has the same."""
        from_top = self.depth if self.depth < 3 else 3 + self.number % 3
        return GRADES[max(0, len(GRADES) - 1 - from_top)]


def by_standing(random: Random, staff: Sequence[Worker]) -> list[Worker]:
    """The staff in random order; people higher in the hierarchy tend to come first."""
    return sorted(staff, key=lambda worker: worker.number * random.uniform(0.4, 1.6))
