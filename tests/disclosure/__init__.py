"""The proof that what is shown of answers gives nobody away: random years, read by people who know who answered."""
