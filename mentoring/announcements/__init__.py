"""The communication plan of a round: what people hear of the programme, when, and who approved it (D0.12)."""
