"""A made-up library of any size: who works there, what they write, and a year's programme in it. Tests use it too."""
