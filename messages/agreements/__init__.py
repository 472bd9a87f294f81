"""The agreement of two partners: its form in steps, and how it reads."""
