"""Matching: the round, its hard rules, proposals, decisions, offers and unmatched people."""
