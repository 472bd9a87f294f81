"""Matching in Slack: the review of proposals, decisions about them, and comparing two people."""
