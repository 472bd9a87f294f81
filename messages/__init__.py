"""Everything that people read and fill in: texts, messages, and forms with their parsers."""
