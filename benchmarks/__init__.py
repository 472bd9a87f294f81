"""How fast the bot is, as ratios against a floor or a peer in the same run; README.md says how to run and read it."""
