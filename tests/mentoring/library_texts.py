"""What people at the made-up library are called, and what they write."""

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

FIRST = (
    *("Ada", "Ben", "Carys", "Dilip", "Esther", "Farah", "Gareth", "Hana", "Idris", "Jonas", "Kavita", "Lowri"),
    *("Mateus", "Nia", "Owen", "Priya", "Quentin", "Rosa", "Sanjay", "Tilda", "Umar", "Vera", "Wanda", "Xavier"),
    *("Yusuf", "Zofia", "Bronwen", "Cedric", "Delphine"),
)
LAST = (
    *("Achebe", "Bevan", "Carvalho", "Dutta", "Evans", "Farrow", "Griffiths", "Hughes", "Iyer", "Jenkins"),
    *("Kaur", "Lloyd", "Mendes", "Nair", "Okafor", "Parry", "Quick", "Rees", "Santos", "Thomas"),
    *("Unwin", "Vaughan", "Watkins", "Yorath", "Zeller"),
)


def hope(topic: str, subject: str) -> str:
    return _WRITTEN[topic][0].format(subject)


def offer(topic: str, subject: str) -> str:
    return _WRITTEN[topic][1].format(subject)
