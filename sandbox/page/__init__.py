"""The page on which a person watches and plays: its routes, its news, and the files it is made of."""
