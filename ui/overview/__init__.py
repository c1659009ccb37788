"""The overview: every indicator of the plan as a card, its trend, the ranking, the towns covered."""
