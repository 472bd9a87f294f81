"""Slack's limits, for the tables of this package and for shortening texts.

Characters and counts from https://docs.slack.dev/reference/block-kit and its pages. Where two versions of a page
differ, the smaller number is used.
"""

from typing import Final

# A message: https://docs.slack.dev/reference/methods/chat.postMessage
MESSAGE_TEXT: Final = 4000
MESSAGE_BLOCKS: Final = 50
# Not documented: Slack answers msg_blocks_too_long from about 13,200.
MESSAGE_CHARACTERS: Final = 13_000
MARKDOWN: Final = 12_000
TABLE_CHARACTERS: Final = 10_000
CHARTS: Final = 2
TABLES: Final = 1
"""Of both kinds together, in a message."""
# Every app in the workspace can read metadata, so it holds ids, and ids are short.
METADATA_VALUE: Final = 255

# A modal or a home: https://docs.slack.dev/reference/views
VIEW_BLOCKS: Final = 100
# Slack answers view_too_large above "250kb": https://docs.slack.dev/reference/methods/views.open
VIEW_BYTES: Final = 250_000
VIEW_TITLE: Final = 24
VIEW_BUTTON: Final = 24
PRIVATE_METADATA: Final = 3000
# Our limit: Slack documents none for the error under a field; a hint in the same place may have this many.
FIELD_ERROR: Final = 2000

# Any block, any element
ID: Final = 255
URL: Final = 3000
ALT_TEXT: Final = 2000

SECTION: Final = 3000
SECTION_FIELD: Final = 2000
SECTION_FIELDS: Final = 10
HEADER: Final = 150
ALERT: Final = 200
CONTEXT: Final = 3000
CONTEXT_ELEMENTS: Final = 10
CONTEXT_ACTIONS: Final = 5
ACTIONS: Final = 25
IMAGE_TITLE: Final = 2000
INPUT_LABEL: Final = 2000
INPUT_HINT: Final = 2000
CARD_TITLE: Final = 150
CARD_BODY: Final = 200
CARD_ACTIONS: Final = 3
CAROUSEL_CARDS: Final = 10
CONTAINER_TITLE: Final = 150
CONTAINER_BLOCKS: Final = 10

BUTTON: Final = 75
BUTTON_VALUE: Final = 2000
PLACEHOLDER: Final = 150
TYPED: Final = 3000
OPTION: Final = 75
OPTION_VALUE: Final = 150
OPTIONS: Final = 100
OPTION_GROUPS: Final = 100
CHOICES: Final = 10
OVERFLOW: Final = 5
FILES: Final = 10
LINES: Final = 100

CONFIRM_TITLE: Final = 100
CONFIRM_TEXT: Final = 300
CONFIRM_BUTTON: Final = 30

TABLE_ROWS: Final = 100
TABLE_COLUMNS: Final = 20
# The first row of a data_table is its header.
DATA_TABLE_ROWS: Final = 101
PAGE_SIZE: Final = 100

CHART_TITLE: Final = 50
CHART_LABEL: Final = 20
CHART_AXIS_LABEL: Final = 50
CHART_SEGMENTS: Final = 6
CHART_SERIES: Final = 6
CHART_CATEGORIES: Final = 20
