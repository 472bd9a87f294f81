"""Matching: the round, its hard rules, proposals, decisions, offers, and who is left unmatched."""
